/** Checks a file that an author supplies in place of generated dummy data. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";

import { cohortFormats, formatOf } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { nearestNames } from "../../base/nearest.ts";
import { problem, ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { CohortColumn, CohortSchema } from "../../table/cohort-schema.ts";
import { readTable } from "../../table/read-table.ts";
import type { TableRow } from "../../table/table-format.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { cellCheck, patientIdCheck } from "./check-cell.ts";
import type { CellCheck } from "./check-cell.ts";
import { tell, told } from "./problem-tally.ts";
import type { ProblemTally } from "./problem-tally.ts";
import { addId, noIds, repeatedIds } from "./seen-ids.ts";
import type { SeenIds } from "./seen-ids.ts";

export interface DummyFileCheck {
  /** Without the header; as far as the file could be read. */
  readonly rows: number;
  /** None: the file can be copied to the output as it is. */
  readonly problems: readonly Problem[];
}

/** A column of the file that the study knows. */
interface KnownColumn {
  readonly name: string;
  /** Place in the row. */
  readonly field: number;
  readonly check: CellCheck;
}

/**
 * Reads the whole file and reports every column and value that does not fit the study, twenty at most
 * and how many more. `format` is that of the output, which the file must share; null accepts any.
 * Memory holds a stretch of the file and sixteen bytes per row. Values are checked by the declared
 * types alone: not against categories or periods. spec/dummy.md 12, decisions.md 21.
 */
export async function validateDummyFile(
  study: CheckedStudy,
  path: string,
  format: CohortFormat | null,
): Promise<DummyFileCheck> {
  const unusable = await fileProblem(path, format);
  if (unusable !== null) return { rows: 0, problems: [unusable] };
  const tally: ProblemTally = { shown: [], more: 0 };
  const seen = noIds();
  let columns: readonly KnownColumn[] | null = null;
  let rows = -1;
  try {
    for await (const row of readTable(path)) {
      rows++;
      if (columns === null) columns = knownColumns(row.cells, cohortSchema(study), { path, tally });
      else checkRow(row, columns, { path, tally, seen });
    }
  } catch (error) {
    // A file that breaks off in the middle has been checked so far.
    if (!(error instanceof ProblemError)) throw error;
    for (const each of error.problems) tell(tally, () => each);
  }
  tellRepeated(seen, path, tally);
  return { rows: Math.max(0, rows), problems: told(tally, path) };
}

async function fileProblem(path: string, format: CohortFormat | null): Promise<Problem | null> {
  const own = formatOf(basename(path));
  if (format !== null && own !== format) {
    return problem("dummy-file-extension", { file: path, format });
  }
  if (own === null) return problem("dummy-file-format", { file: path, formats: cohortFormats });
  return (await exists(path)) ? null : problem("dummy-file-not-found", { file: path });
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Reports columns that are too many, twice there, or missing; spec/dummy.md 12.3. */
function knownColumns(
  header: readonly string[],
  schema: CohortSchema,
  { path: file, tally }: { path: string; tally: ProblemTally },
): readonly KnownColumn[] {
  const wanted = schema.map(({ name }) => name);
  for (const column of new Set(header)) {
    if (!wanted.includes(column)) {
      const nearest = nearestNames(column, wanted);
      tell(tally, () => problem("dummy-file-extra-column", { file, column, nearest }));
    } else if (header.indexOf(column) !== header.lastIndexOf(column)) {
      tell(tally, () => problem("dummy-file-repeated-column", { file, column }));
    }
  }
  return schema.flatMap((column): readonly KnownColumn[] => {
    const { name } = column;
    const field = header.indexOf(name);
    if (field < 0) {
      tell(tally, () => problem("dummy-file-missing-column", { file, column: name }));
      return [];
    }
    return [{ name, field, check: checkOf(column, file) }];
  });
}

function checkOf(column: CohortColumn, file: string): CellCheck {
  const format = formatOf(basename(file));
  const typed = format !== "csv" && format !== "csv.gz";
  return column.name === "patient_id" ? patientIdCheck(typed) : cellCheck(column, typed);
}

function checkRow(
  { cells, row }: TableRow,
  columns: readonly KnownColumn[],
  { path: file, tally, seen }: { path: string; tally: ProblemTally; seen: SeenIds },
): void {
  for (const { name: column, field, check } of columns) {
    const text = cells[field] ?? "";
    if (!check.accepts(text)) {
      tell(tally, () => {
        const value = check.show(text);
        return problem("dummy-file-value", { file, row, column, value, expected: check.expected });
      });
    } else if (column === "patient_id") addId(seen, Number(text), row);
  }
}

function tellRepeated(seen: SeenIds, file: string, tally: ProblemTally): void {
  for (const { id, row, first } of repeatedIds(seen)) {
    const facts = { file, row, first, id: String(id) };
    tell(tally, () => problem("dummy-file-repeated-patient", facts));
  }
}
