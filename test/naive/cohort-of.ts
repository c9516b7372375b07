/** Small studies over small tables, for tests of the oracle. */
import { isoDateOf } from "../../engine/base/dates.ts";
import { checked } from "../definition/study-of.ts";
import type { Call, Calls } from "../definition/study-of.ts";
import { naiveCohort } from "./naive-cohort.ts";
import type { CohortRow } from "./naive-cohort.ts";
import type { Cell, Records } from "./row.ts";

export interface Setting {
  readonly indexDate?: string;
  readonly population?: Call;
  readonly files?: Readonly<Record<string, string>>;
  readonly includeOptedOut?: boolean;
}

/** The rows of the cohort; everybody is in it, unless the setting says otherwise. */
export function cohortOf(
  columns: Calls,
  records: Records,
  { indexDate, population, files = {}, includeOptedOut = true }: Setting = {},
): readonly CohortRow[] {
  return naiveCohort({
    study: checked(columns, population),
    records,
    indexDate: indexDate === undefined ? null : isoDateOf(indexDate),
    today: isoDateOf("2021-06-15"),
    includeOptedOut,
    readFile: (path) => files[path] ?? "",
  });
}

/** What the first patient's columns hold. */
export function answers(columns: Calls, records: Records, setting: Setting = {}): CohortRow {
  const [row] = cohortOf(columns, records, setting);
  if (row === undefined) throw new Error("nobody in the cohort");
  return Object.fromEntries(Object.entries(row).filter(([name]) => name !== "patient_id"));
}

type Facts = Readonly<Record<string, Cell>>;

/** Tables about patient 1, born in January 1950. */
export function aboutOne(tables: Readonly<Record<string, readonly Facts[]>>): Records {
  const own = Object.entries(tables).map(
    ([name, rows]) => [name, rows.map((row) => ({ Patient_ID: 1, ...row }))] as const,
  );
  return { Patient: [{ Patient_ID: 1, DateOfBirth: "1950-01-01" }], ...Object.fromEntries(own) };
}

/** Rows of a table out of lists of cells, as a page of paper would show them. */
export function table(
  names: readonly string[],
  ...rows: readonly (readonly Cell[])[]
): readonly Facts[] {
  return rows.map((cells) =>
    Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null] as const)),
  );
}
