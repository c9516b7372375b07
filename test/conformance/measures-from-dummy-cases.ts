/** measures/smoketest_*: from expectations to cohort files to measure files. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { generateCohort } from "../../engine/commands/generate-cohort.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import { generateMeasures } from "../../engine/commands/generate-measures.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { expectEqual, mismatch } from "./case.ts";
import type { Recorded } from "./case.ts";
import { quietContext } from "./quiet-context.ts";
import { inScratchFolder } from "./scratch-folder.ts";

type Row = Readonly<Record<string, string>>;

interface ExpectedFile {
  readonly header: readonly string[];
  readonly row_count?: number;
  readonly dates?: readonly string[];
  readonly dates_in_order?: readonly string[];
  readonly population_in_every_row?: number;
}

interface SuppressionStep {
  readonly population_size: number;
  readonly expect_first_row: Row;
}

export async function measuresFromDummyDataCase(recorded: Recorded): Promise<void> {
  const steps = recorded["cases"] as readonly SuppressionStep[] | undefined;
  const range = recorded["index_date_range"] as string;
  for (const step of steps ?? []) {
    const measures = [recorded["measure"]];
    const stp = { STP1: 1 };
    const run = { measures, range, patients: step.population_size, incidence: 1, stp };
    const [rows] = await measured({ ...run, format: "csv" }, ["measure_liver_disease_by_stp.csv"]);
    for (const [column, value] of Object.entries(step.expect_first_row)) {
      expectEqual(rows?.[0]?.[column], value, column);
    }
  }
  for (const format of (recorded["formats"] ?? []) as CohortFormat[]) {
    const patients = recorded["population_size"] as number;
    const stp = { STP1: 0.5, STP2: 0.5 };
    const measures = recorded["measures"] as unknown[];
    const run = { measures, range, patients, incidence: 0.1, stp, format };
    const expected = Object.entries(recorded["expect"] as Record<string, ExpectedFile>);
    const files = await measured(
      run,
      expected.map(([name]) => name),
    );
    for (const [i, [name, file]] of expected.entries()) checkFile(file, files[i] ?? [], name);
  }
}

interface Run {
  readonly measures: readonly unknown[];
  readonly range: string;
  readonly patients: number;
  readonly incidence: number;
  readonly stp: Readonly<Record<string, number>>;
  readonly format: CohortFormat;
}

function measured(run: Run, files: readonly string[]): Promise<readonly (readonly Row[])[]> {
  return inScratchFolder(async (folder) => {
    mkdirSync(join(folder, "analysis"));
    writeFileSync(join(folder, "analysis/study_definition.js"), studySource(run));
    const context = quietContext(folder);
    const { patients: expectationsPopulation, range: indexDateRange, format: outputFormat } = run;
    await generateCohort(
      requestFor("generate_cohort", { expectationsPopulation, indexDateRange, outputFormat }),
      context,
    );
    await generateMeasures(requestFor("generate_measures"), context);
    return files.map((file): Row[] =>
      parse(readFileSync(join(folder, "output", file), "utf8"), { columns: true }),
    );
  });
}

function studySource({ measures, incidence, stp }: Run): string {
  const category = (ratios: unknown) => ({ rate: "universal", category: { ratios } });
  const study = {
    population: { function: "all", args: {} },
    default_expectations: { date: { earliest: "2020-01-01", latest: "today" } },
    columns: {
      has_chronic_liver_disease: {
        function: "with_these_clinical_events",
        args: {
          codelist: { system: "ctv3", codes: ["X1..."] },
          return_expectations: incidence === 1 ? { rate: "universal" } : { incidence },
        },
      },
      stp: {
        function: "registered_practice_as_of",
        args: { date: "2020-01-01", returning: "stp_code", return_expectations: category(stp) },
      },
      sex: { function: "sex", args: { return_expectations: category({ M: 0.5, F: 0.5 }) } },
    },
  };
  return `import { studyFromJson } from "cohortline";
export default studyFromJson(${JSON.stringify(study)});
export const measures = ${JSON.stringify(measures)};
`;
}

function checkFile(expected: ExpectedFile, rows: readonly Row[], name: string): void {
  const first = rows[0] ?? mismatch(`${name} has no row`);
  expectEqual(Object.keys(first), expected.header, `${name}: header`);
  if (expected.row_count !== undefined)
    expectEqual(rows.length, expected.row_count, `${name}: rows`);
  const dates = rows.map((row) => row["date"] ?? "");
  if (expected.dates_in_order !== undefined) expectEqual(dates, expected.dates_in_order, name);
  if (expected.dates !== undefined) expectEqual([...new Set(dates)], expected.dates, name);
  const all = expected.population_in_every_row;
  if (all !== undefined && rows.some((row) => Number(row["population"]) !== all)) {
    mismatch(`${name}: a population is not ${all}`);
  }
}
