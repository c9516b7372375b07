/** What tables of records hold that would make counts wrong. */
import { kind } from "../base/problem-kind.ts";

interface OfTable {
  readonly table: string;
  /** Rounded, and of a few no number. */
  readonly count: string;
}

export const recordProblems = {
  "records-id-repeated": kind<OfTable & { readonly field: string }>(
    1,
    ({ table, field, count }) => `${table}: ${count} ids stand in several rows (${field})`,
    () => "Rows with one id are told apart by nothing: give each row its own id.",
  ),
  "records-several-partners": kind<OfTable & { readonly joined: string }>(
    1,
    ({ table, joined, count }) =>
      `${table}: the left join finds several rows of ${JSON.stringify(joined)} for ${count} keys`,
    () =>
      "It must find one at most, or rows are counted twice: join by more columns, or join a view that has one row for each.",
  ),
  "records-of-nobody": kind<OfTable>(
    1,
    ({ table, count }) =>
      `${table}: ${count} rows are of patients whom the table of patients does not have`,
    () => "Nobody is told by them. Are the ids of both tables of one kind?",
  ),
  "records-outside-life": kind<{ readonly table: string; readonly outside: readonly string[] }>(
    1,
    ({ table, outside }) => `${table}: rows lie outside the patient's life: ${outside.join(", ")}`,
    () => "They count as they are dated; a study can leave them out by its periods.",
  ),
} as const;
