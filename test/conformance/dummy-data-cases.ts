/** expectations/, dummy_data/ and study_definition/: definitions, dummy data and supplied files. */
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cohortSchema } from "../../engine/backend/cohort-columns.ts";
import { connect } from "../../engine/backend/connect.ts";
import type { ConnectOptions } from "../../engine/backend/connect.ts";
import { validateDummyFile } from "../../engine/backend/supplied-file/validate-dummy-file.ts";
import { formatOf } from "../../engine/base/file-names.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { dataSource } from "../../engine/commands/cohorts/planned-cohorts.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import { expectEqual, expectProblem, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";
import { dummyTable, writeDummyFile } from "./dummy-table.ts";
import { writeRows } from "./rows-file.ts";
import { inScratchFolder } from "./scratch-folder.ts";
import { studyForDummyData, studyOf, today } from "./study-of-case.ts";
import { checkDraws } from "./table-checks.ts";
import type { TableCheck } from "./table-checks.ts";

const quietConnection: ConnectOptions = {
  workspace: ".",
  today: today(),
  readFile: (path) => Promise.reject(new Error(`nobody reads ${path}`)),
  evaluate: "one-pass",
};

/** operation define: the study is accepted, or refused with a problem. */
export async function defineCase(recorded: Recorded): Promise<void> {
  const url = (recorded["environment"] as Recorded | undefined)?.["DATABASE_URL"];
  const act = async (): Promise<void> => {
    studyOf(recorded);
    if (typeof url === "string") await connect(url, quietConnection);
  };
  if (recorded["expect_error"] === undefined) await act();
  else await expectProblem(recorded["expect_error"], act);
}

/** operation extract: there is no database to ask. */
export async function extractCase(recorded: Recorded): Promise<void> {
  studyOf(recorded);
  await expectProblem(recorded["expect_error"], () =>
    dataSource(requestFor("generate_cohort"), undefined),
  );
}

/** operation dummy_data. */
export async function dummyDataCase(recorded: Recorded): Promise<void> {
  const patients = recorded["population_size"] as number;
  const format = recorded["format"] as CohortFormat | undefined;
  const act = () => dummyTable(studyForDummyData(recorded), { patients, format });
  if (recorded["expect_error"] !== undefined) {
    await expectProblem(recorded["expect_error"], act);
    return;
  }
  const expected = recorded["expect"] as Recorded;
  const table = await act();
  const checks = (expected["checks"] ?? []) as TableCheck[];
  await checkDraws(checks, table, (seed) =>
    dummyTable(studyOf(recorded), { patients, seed, format }),
  );
  if (typeof expected["row_count"] === "number") {
    expectEqual(table.get("patient_id")?.length, expected["row_count"], "rows");
  }
  for (const name of (expected["columns_present"] ?? []) as string[]) {
    if (!table.has(name)) mismatch(`no column ${name}`);
  }
  checkBooleans(expected, table.get(String(expected["column"])) ?? []);
  if (expected["valid_as_dummy_data_file"] === true) await checkOwnFile(recorded);
}

function checkBooleans(expected: Recorded, cells: readonly string[]): void {
  const least = expected["each_boolean_value_more_than"];
  if (typeof least !== "number") return;
  // Whatever a format makes of yes and no, their cells read as 1 and 0.
  const wanted = (expected["boolean_values_in_file"] as unknown[]).map((value) =>
    String(Number(value)),
  );
  expectEqual([...new Set(cells)].sort(), [...wanted].sort(), "values in the file");
  for (const value of wanted) {
    if (!(cells.filter((cell) => cell === value).length > least)) mismatch(`too few ${value}`);
  }
}

/** What is made here must be accepted here. */
async function checkOwnFile(recorded: Recorded): Promise<void> {
  const study = studyForDummyData(recorded);
  await inScratchFolder(async (folder) => {
    const format = recorded["format"] as CohortFormat;
    const path = join(folder, `dummy.${format}`);
    const patients = recorded["population_size"] as number;
    await writeDummyFile(study, { patients, seed: "1" }, path);
    await accept(study, path, format);
  });
}

async function accept(
  study: CheckedStudy,
  path: string,
  format: CohortFormat | null,
): Promise<void> {
  const { problems } = await validateDummyFile(study, path, format);
  if (problems.length > 0) throw new ProblemError(problems);
}

/** operations dummy_data_then_use_as_dummy_data_file and use_dummy_data_file. */
export async function useDummyFileCase(recorded: Recorded): Promise<void> {
  if (recorded["expect_error"] === undefined) {
    await checkOwnFile(recorded);
    return;
  }
  const { dummy_data_file: name, output_file: output } = recorded as Readonly<
    Record<string, string>
  >;
  await inScratchFolder(async (folder) => {
    const path = join(folder, name ?? "");
    if (!existsSync(path)) writeFileSync(path, "patient_id\n1\n");
    const format = formatOf(output ?? "");
    const study = studyOf(recorded);
    await expectProblem(recorded["expect_error"], () => accept(study, path, format));
  });
}

interface Swaps {
  readonly swaps: readonly (readonly [string, string])[];
  readonly expect_error: unknown;
}

/** operation validate_dummy_data. */
export async function validateDummyFileCase(recorded: Recorded): Promise<void> {
  const definition = recorded["study"] as Recorded;
  await inScratchFolder(async (folder) => {
    const path = await prepareFile(recorded, folder);
    const act = () => accept(studyOf(definition), path, null);
    if (recorded["expect_error"] !== undefined) {
      await expectProblem(recorded["expect_error"], act);
      return;
    }
    await act();
    const swaps = (recorded["expect"] as Recorded)["for_each_swap"] as Swaps | undefined;
    for (const [a, b] of swaps?.swaps ?? []) {
      const study = studyOf(swapped(definition, a, b));
      await expectProblem(swaps?.expect_error, () => accept(study, path, null));
    }
  });
}

async function prepareFile(recorded: Recorded, folder: string): Promise<string> {
  const { content, rows, file_name: name, file_exists: exists } = recorded;
  const format = (recorded["format"] ?? "csv") as CohortFormat;
  const path = join(folder, typeof name === "string" ? name : `dummy.${format}`);
  if (typeof content === "string") writeFileSync(path, content);
  else if (rows !== undefined) {
    await writeRows(rows, path, cohortSchema(studyOf(recorded["study"] as Recorded)));
  } else if (exists !== false) writeFileSync(path, "");
  return path;
}

function swapped(definition: Recorded, a: string, b: string): Recorded {
  const columns = definition["columns"] as Recorded;
  return { ...definition, columns: { ...columns, [a]: columns[b], [b]: columns[a] } };
}
