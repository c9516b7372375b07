/** Whether a cohort is the recorded one, as far as the case asserts it. */
import type { CohortRow } from "../naive/naive-cohort.ts";
import { expectEqual, mismatch } from "./case.ts";

type Value = string | number | boolean | null;

export interface ExpectedCohort {
  readonly rows?: readonly Readonly<Record<string, Value>>[];
  /** Of rows that do not tell whose they are. */
  readonly row_registration_ids?: readonly number[];
  readonly asserted_columns?: readonly string[];
  /** null = not asserted. */
  readonly row_count?: number | null;
  readonly row_count_check?: readonly [comparison: string, limit: number];
  readonly rows_are_partial?: boolean;
  readonly unordered?: boolean;
  readonly columns_exact?: readonly string[];
  readonly columns_absent?: readonly string[];
  readonly comparators?: Readonly<Record<string, string>>;
  /** Numbers compare by value unless the case wants the text. */
  readonly exact?: boolean;
}

export interface Compared {
  /** Of the cohort, `patient_id` not among them. */
  readonly columns: readonly string[];
  /** Begins each message. */
  readonly where: string;
}

export function compareCohort(
  rows: readonly CohortRow[],
  expected: ExpectedCohort,
  { columns, where }: Compared,
): void {
  compareColumns(expected, ["patient_id", ...columns], where);
  compareCount(expected, rows.length, where);
  if (expected.rows === undefined || expected.rows_are_partial === true) return;
  const ids = expected.row_registration_ids;
  const told = expected.rows.map((row, i) => ({
    ...(ids === undefined ? {} : { patient_id: ids[i] ?? null }),
    ...row,
  }));
  const isKnown = told.every((row) => "patient_id" in row);
  const [actual, wanted] = [inOrder(rows, expected, isKnown), inOrder(told, expected, isKnown)];
  const patient = (row: Readonly<Record<string, Value>>) => String(row["patient_id"]);
  if (isKnown) expectEqual(actual.map(patient), wanted.map(patient), `${where}patients`);
  for (const [i, row] of wanted.entries()) {
    for (const [name, value] of Object.entries(row)) {
      if (!isAsserted(name, expected)) continue;
      compareCell(actual[i]?.[name], value, { expected, name, where });
    }
  }
}

function compareColumns(expected: ExpectedCohort, columns: readonly string[], where: string): void {
  const { columns_exact: exact, columns_absent: absent = [] } = expected;
  if (exact !== undefined) expectEqual([...columns].sort(), [...exact].sort(), `${where}columns`);
  for (const name of absent) if (columns.includes(name)) mismatch(`${where}column ${name} shows`);
  for (const name of expected.asserted_columns ?? []) {
    if (!columns.includes(name)) mismatch(`${where}column ${name} is missing`);
  }
}

function compareCount(expected: ExpectedCohort, count: number, where: string): void {
  const { row_count: wanted, row_count_check: check } = expected;
  if (typeof wanted === "number") expectEqual(count, wanted, `${where}number of rows`);
  if (check === undefined) return;
  const [comparison, limit] = check;
  const holds: Readonly<Record<string, boolean>> = {
    Lt: count < limit,
    LtE: count <= limit,
    Gt: count > limit,
    GtE: count >= limit,
    Eq: count === limit,
  };
  const held = holds[comparison] ?? mismatch(`unknown comparison ${comparison}`);
  if (!held) mismatch(`${where}${count} rows, expected ${comparison} ${limit}`);
}

function isAsserted(name: string, { asserted_columns: asserted }: ExpectedCohort): boolean {
  return asserted === undefined || asserted.includes(name);
}

/** Rows in their own order; where the case leaves that open, by patient, or by what they hold. */
function inOrder<Row extends Readonly<Record<string, Value>>>(
  rows: readonly Row[],
  { unordered, asserted_columns: asserted = [] }: ExpectedCohort,
  isKnown: boolean,
): readonly Row[] {
  if (unordered !== true) return rows;
  const shown = (row: Row): string => JSON.stringify(asserted.map((name) => row[name]));
  if (!isKnown) return [...rows].sort((a, b) => (shown(a) < shown(b) ? -1 : 1));
  return [...rows].sort((a, b) => Number(a["patient_id"]) - Number(b["patient_id"]));
}

interface CellAt {
  readonly expected: ExpectedCohort;
  readonly name: string;
  readonly where: string;
}

function compareCell(actual: string | undefined, wanted: Value, at: CellAt): void {
  const { expected, name, where } = at;
  const same =
    expected.comparators?.[name] === "sorted_comma_list" ? sortedList : (text: string) => text;
  const [a, b] = [same(actual ?? ""), same(plain(wanted))];
  if (a === b) return;
  if (expected.exact !== true && isNumeral(a) && isNumeral(b) && Number(a) === Number(b)) return;
  mismatch(`${where}${name}: got ${JSON.stringify(a)}, expected ${JSON.stringify(b)}`);
}

function plain(value: Value): string {
  if (value === null) return "";
  return typeof value === "boolean" ? String(Number(value)) : String(value);
}

function sortedList(text: string): string {
  return text.split(",").sort().join(",");
}

function isNumeral(text: string): boolean {
  return text.trim() !== "" && !Number.isNaN(Number(text));
}
