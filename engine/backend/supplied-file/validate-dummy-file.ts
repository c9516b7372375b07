/** Checks a file that an author supplies in place of generated dummy data. */
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { cohortFormats, formatOf } from "../../base/file-names.ts";
import type { CohortFormat } from "../../base/file-names.ts";
import { nearestNames } from "../../base/nearest.ts";
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import { problem as problemOfTable } from "../../table/problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { readTable } from "../../table/read-table.ts";
import type { TableRow } from "../../table/table-format.ts";
import type { CellCheck } from "./check-cell.ts";
import { isTooLarge } from "./read-cell.ts";
import { addId, isAscending, noIds, repeatedIds } from "./seen-ids.ts";
import type { SeenIds } from "./seen-ids.ts";
import { numberColumns, suppliedColumns } from "./supplied-columns.ts";
import type { SuppliedColumn } from "./supplied-columns.ts";

interface DummyFileCheck {
  /** Without the header; as far as the file could be read. */
  readonly rows: number;
  /** None: the file's cohort can be written. */
  readonly problems: readonly Problem[];
  /** Whether each row's id is greater than the one before. */
  readonly ascending: boolean;
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
 * types alone: not against categories or periods.
 */
export async function validateDummyFile(
  study: CheckedStudy,
  path: string,
  format: CohortFormat | null,
): Promise<DummyFileCheck> {
  const unusable = await fileProblem(path, format);
  if (unusable !== null) return { rows: 0, problems: [unusable], ascending: true };
  const tally: ProblemTally = { shown: [], more: 0 };
  const seen = noIds();
  const wanted = suppliedColumns(study, path);
  let columns: readonly KnownColumn[] | null = null;
  let rows = -1;
  try {
    for await (const row of readTable(path, numberColumns(wanted))) {
      rows++;
      if (columns === null) columns = knownColumns(row.cells, wanted, { path, tally });
      else checkRow(row, columns, { path, tally, seen });
    }
  } catch (error) {
    // A file that breaks off in the middle has been checked so far.
    if (!(error instanceof ProblemError)) throw error;
    for (const each of error.problems) tell(tally, () => each);
  }
  tellRepeated(seen, path, tally);
  return { rows: Math.max(0, rows), problems: told(tally, path), ascending: isAscending(seen) };
}

/** What is wrong with the file without a look into it; null: nothing. */
export async function fileProblem(
  path: string,
  format: CohortFormat | null,
): Promise<Problem | null> {
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

/** Reports columns that are too many, twice there, or missing. */
function knownColumns(
  header: readonly string[],
  supplied: readonly SuppliedColumn[],
  { path: file, tally }: { path: string; tally: ProblemTally },
): readonly KnownColumn[] {
  const wanted = supplied.map(({ column }) => column.name);
  for (const column of new Set(header)) {
    if (!wanted.includes(column)) {
      const nearest = nearestNames(column, wanted);
      tell(tally, () => problem("dummy-file-extra-column", { file, column, nearest }));
    } else if (header.indexOf(column) !== header.lastIndexOf(column)) {
      tell(tally, () => problem("dummy-file-repeated-column", { file, column }));
    }
  }
  return supplied.flatMap(({ column: { name }, check }): readonly KnownColumn[] => {
    const field = header.indexOf(name);
    if (field < 0) {
      tell(tally, () => problem("dummy-file-missing-column", { file, column: name }));
      return [];
    }
    return [{ name, field, check }];
  });
}

function checkRow(
  { cells, row }: TableRow,
  columns: readonly KnownColumn[],
  { path: file, tally, seen }: { path: string; tally: ProblemTally; seen: SeenIds },
): void {
  for (const { name: column, field, check } of columns) {
    const text = cells[field] ?? "";
    const read = check.read(text);
    if (read === null) {
      tell(tally, () => refusedCell(check, text, { file, row, column }));
    } else if (column === "patient_id") addId(seen, read, row);
  }
}

/** As readers of binary formats say it, where a whole number has too many digits to be reported from its neighbours. */
function refusedCell(
  { show, expected, ofWholes }: CellCheck,
  text: string,
  place: { readonly file: string; readonly row: number; readonly column: string },
): Problem {
  return ofWholes && isTooLarge(text)
    ? problemOfTable("number-too-large", place)
    : problem("dummy-file-value", { ...place, value: show(text), expected });
}

function tellRepeated(seen: SeenIds, file: string, tally: ProblemTally): void {
  for (const { id, row, first } of repeatedIds(seen)) {
    const facts = { file, row, first, id: String(id) };
    tell(tally, () => problem("dummy-file-repeated-patient", facts));
  }
}

const SHOWN = 20;

interface ProblemTally {
  readonly shown: Problem[];
  more: number;
}

/** Makes the problem only if it is shown: a wrong file can have millions. */
function tell(tally: ProblemTally, make: () => Problem): void {
  if (tally.shown.length < SHOWN) tally.shown.push(make());
  else tally.more++;
}

/** Those shown, and one that says how many are not. */
export function told({ shown, more }: ProblemTally, file: string): readonly Problem[] {
  return more === 0 ? shown : [...shown, problem("dummy-file-more", { file, count: more })];
}
