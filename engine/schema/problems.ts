/** Problems of what a database must have: its tables and columns. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { nearestHint, quotedList } from "../base/wording.ts";

export interface Needed {
  readonly table: string;
  /** Columns of the study that cannot do without. */
  readonly columns: readonly string[];
  /** What else can be done; "" for nothing. */
  readonly wayOut: string;
}

function needs({ columns, wayOut }: Needed): string {
  const by = neededBy(columns);
  return wayOut === "" ? by : `${by} ${wayOut}`;
}

function neededBy(columns: readonly string[]): string {
  if (columns.length === 0) return "Every study needs it.";
  return `${columns.length === 1 ? "The column" : "The columns"} ${quotedList(columns)} of the study ${columns.length === 1 ? "needs" : "need"} it.`;
}

export const schemaProblems = {
  "database-table-missing": kind<
    Needed & { readonly provider: string; readonly nearest: readonly string[] }
  >(
    1,
    ({ table, provider }) =>
      `The database has no table ${JSON.stringify(table)}, as ${provider} has`,
    (facts) => [nearestHint(facts.nearest), needs(facts)].filter((text) => text !== "").join(" "),
  ),
  "database-being-rebuilt": kind<Needed>(
    4,
    ({ table }) =>
      `The table ${JSON.stringify(table)} is not there: the database is perhaps being rebuilt`,
    (facts) => `${needs(facts)} Try again later.`,
  ),
  "database-column-missing": kind<
    Needed & { readonly column: string; readonly nearest: readonly string[] }
  >(
    1,
    ({ table, column }) =>
      `The table ${JSON.stringify(table)} of the database has no column ${JSON.stringify(column)}`,
    (facts) => [nearestHint(facts.nearest), needs(facts)].filter((text) => text !== "").join(" "),
  ),
  "database-column-type": kind<
    Needed & { readonly column: string; readonly type: string; readonly wanted: string }
  >(
    1,
    ({ table, column, type, wanted }) =>
      `The column ${JSON.stringify(column)} of the table ${JSON.stringify(table)} holds ${type}; it must hold ${wanted}`,
    needs,
  ),
} as const;

export const { fail, problem } = problemsOf(schemaProblems);
