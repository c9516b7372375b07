/** The command `check_records`: what stands in the tables that records are provided from. */
import { FEWEST_SHOWN, roughCount } from "../base/rounded-count.ts";
import { ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { withRecords } from "../backend/connect.ts";
import { checkedRecords } from "../backend/database/checked-records.ts";
import type { CheckedField, CheckedTable } from "../backend/database/checked-records.ts";
import { databaseKind } from "../backend/database-kind.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";
import { databaseOutside, neededDatabase } from "./database-outside.ts";
import { problem } from "./problems.ts";

/**
 * Lines for each table: rows, what is missing, which years. Warnings: records-of-nobody, records-outside-life.
 * Problems: usage, those of the database, records-id-repeated, records-several-partners.
 */
export async function checkRecords(
  request: RequestOf<"check_records">,
  context: RunContext,
): Promise<readonly string[]> {
  const { workspace, reporter } = context;
  const url = neededDatabase(request.databaseUrl, context);
  databaseKind(url, workspace);
  const tables = await withRecords(
    url,
    { workspace, outside: databaseOutside(context) },
    checkedRecords,
  );
  for (const warning of tables.flatMap(warningsOf)) {
    reporter.report({ kind: "warning", problem: warning });
  }
  const problems = tables.flatMap(problemsOf);
  if (problems.length > 0) throw new ProblemError(problems);
  return tables.flatMap(linesOf);
}

function problemsOf({ table, repeated, joins }: CheckedTable): readonly Problem[] {
  const several = joins.filter(({ keys }) => keys > 0);
  return [
    ...(repeated === null || repeated.ids === 0
      ? []
      : [
          problem("records-id-repeated", {
            table,
            field: repeated.field,
            count: roughCount(repeated.ids),
          }),
        ]),
    ...several.map(({ joined, keys }) =>
      problem("records-several-partners", { table, joined, count: roughCount(keys) }),
    ),
  ];
}

function warningsOf({
  table,
  strangers,
  beforeBirth,
  afterDeath,
}: CheckedTable): readonly Problem[] {
  const outside = [
    ...(beforeBirth > 0 ? [`${roughCount(beforeBirth)} before birth`] : []),
    ...(afterDeath > 0 ? [`${roughCount(afterDeath)} after death`] : []),
  ];
  return [
    ...(strangers > 0
      ? [problem("records-of-nobody", { table, count: roughCount(strangers) })]
      : []),
    ...(outside.length > 0 ? [problem("records-outside-life", { table, outside })] : []),
  ];
}

function linesOf({ table, rows, fields }: CheckedTable): readonly string[] {
  return [
    `${table}: ${roughCount(rows)} rows`,
    ...fields.map((field) => `  ${field.field}: ${fieldText(field, rows)}`),
  ];
}

function fieldText({ missing, years }: CheckedField, rows: number): string {
  const share = missingText(missing, rows);
  return years === null ? share : `${share}, ${yearsText(years)}`;
}

function missingText(missing: number, rows: number): string {
  const given = rows - missing;
  if (missing === 0) return rows === 0 ? "no row" : "never missing";
  if (given === 0) return "always missing";
  if (missing < FEWEST_SHOWN) return "missing in a few";
  if (given < FEWEST_SHOWN) return "given in a few";
  const percent = Math.min(99, Math.max(1, Math.round((missing / rows) * 100)));
  return `${percent}% missing`;
}

/** The first and last year with enough rows; what lies outside is told as a number. */
function yearsText(years: ReadonlyMap<number, number>): string {
  const usual = [...years].filter(([, count]) => count >= FEWEST_SHOWN).map(([year]) => year);
  if (usual.length === 0) return "too few to tell the years";
  const [first, last] = [Math.min(...usual), Math.max(...usual)];
  const outside = [...years]
    .filter(([year]) => year < first || year > last)
    .reduce((sum, [, count]) => sum + count, 0);
  const span = `years ${first} to ${last}`;
  return outside === 0 ? span : `${span}, ${roughCount(outside)} outside`;
}
