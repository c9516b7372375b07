/** One scan of the plan as one query: the rows that count, spread over index dates, summarised. */
import type { PlacedSummary, Spread } from "../plan/model/cohort-plan.ts";
import { fieldsIn, windowFields } from "../plan/model/walk.ts";
import type { Dialect, NumberRange } from "./dialects/dialect.ts";
import { distinctSql, joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { mergedCodes } from "./merged-codes.ts";
import type { MergedCodes } from "./merged-codes.ts";
import { BITS, existenceBits } from "./group-columns.ts";
import { renderRows } from "./render-rows.ts";
import { fieldsNeeded, renderSummaries } from "./render-summaries.ts";
import { renderTest } from "./render-value.ts";
import { windowSpan, windowTests } from "./render-window.ts";
import { unreachable } from "../base/problems.ts";
import type { ScanPart, ScanContext } from "./scan-part.ts";
import type { Query } from "./query.ts";

export function renderScan(part: ScanPart, context: ScanContext): Query {
  const { named } = context.database.dialect;
  const codes = mergedCodes(part, context.scope);
  const marked = part.summaries.length > 1;
  const counted = renderCounted(part, { codes, marked }, context);
  const ctes = [
    ...(codes === null ? [] : [sql`codes AS (${codes.query})`]),
    named("counted", counted),
    ...spreadRows(part, context),
  ];
  return { ctes, select: renderSummaries(part, marked, context) };
}

/** The rows that count for some summary, with the number or numbers of their index dates. */
function renderCounted(
  part: ScanPart,
  { codes, marked }: { readonly codes: MergedCodes | null; readonly marked: boolean },
  context: ScanContext,
): Sql {
  const { quoteName } = context.database.dialect;
  const scope = {
    ...context.scope,
    field: (name: string): Sql => sql`t.${quoteName(name)}`,
    column: context.dateColumn,
    ...numbering(part, context),
  };
  const testOf = ({ where, id }: PlacedSummary): Sql | null => {
    const rest = codes === null ? where : (codes.tests.get(id)?.rest ?? null);
    const listed = codes?.tests.get(id)?.listed;
    const tests = [...(listed === undefined ? [] : [listed])];
    if (rest !== null) tests.push(renderTest(rest, scope));
    return tests.length === 0 ? null : joinSql(tests, " AND ");
  };
  const tests = part.summaries.map(testOf);
  const { columns, where, joined } = placement(part, scope, context);
  const needed = fieldsNeeded(part);
  const marks = marked ? markColumns(part, tests, context.database.dialect) : [];
  const shown = [
    sql`t.patient_id`,
    ...needed.map((name) => sql`t.${quoteName(name)} AS ${quoteName(name)}`),
    ...marks,
    ...columns,
  ];
  const below = [...new Set([...needed, ...fieldsBelow(part)])];
  const joins = [
    sql`(${renderRows(part.rows, below, context)}) t`,
    ...(codes === null ? [] : [sql`JOIN codes c ON c.code = ${codes.compared(scope)}`]),
    ...datesJoin(part, context),
    ...joined,
  ];
  const kept = keptRows(tests, codes !== null);
  const conditions = [...where, ...(kept === null ? [] : [kept])];
  const filter = conditions.length === 0 ? sql`` : sql` WHERE ${joinSql(conditions, " AND ")}`;
  return sql`SELECT ${joinSql(shown, ", ")} FROM ${joinSql(joins, " ")}${filter}`;
}

/** Which summaries a row is for: a bit where only that matters, otherwise a column. */
function markColumns(
  part: ScanPart,
  tests: readonly (Sql | null)[],
  dialect: Dialect,
): readonly Sql[] {
  const bitOf = existenceBits(part, dialect);
  const bits: Sql[] = [];
  const columns: Sql[] = [];
  for (const [i, { id }] of part.summaries.entries()) {
    const test = tests[i] ?? null;
    const bit = bitOf.get(id);
    if (bit !== undefined) {
      bits.push(test === null ? sql`${bit}` : sql`CASE WHEN ${test} THEN ${bit} ELSE 0 END`);
    } else if (test !== null)
      columns.push(sql`CASE WHEN ${test} THEN 1 ELSE 0 END AS ${word(`m_${id}`)}`);
  }
  return bits.length === 0 ? columns : [...columns, sql`${joinSql(bits, " + ")} AS ${word(BITS)}`];
}

/** A row that no summary wants is dropped; where codes are joined, those have dropped most. */
function keptRows(tests: readonly (Sql | null)[], isJoined: boolean): Sql | null {
  const [only] = tests;
  if (tests.length === 1) return only ?? null;
  const wanted = tests.filter((test) => test !== null);
  if (isJoined || wanted.length < tests.length) return null;
  return sql`(${joinSql(
    distinctSql(wanted).map((test) => sql`(${test})`),
    " OR ",
  )})`;
}

/** Fields that only tests and the window read. */
function fieldsBelow({ summaries, window }: ScanPart): readonly string[] {
  const tests = summaries.flatMap(({ where }) => (where === null ? [] : [where]));
  return [...fieldsIn(tests), ...windowFields(window)];
}

function isNumbered(spread: Spread): boolean {
  return spread === "by-column";
}

function numbering(part: ScanPart, context: ScanContext) {
  const days = context.plan.indexDates;
  if (!isNumbered(part.spread)) return { indexDate: { days, number: null } };
  return { indexDate: { days, number: numberOf(part, context) } };
}

function numberOf(part: ScanPart, context: ScanContext): Sql {
  return datesKeyed(part, context) ? sql`d.k` : sql`i.k`;
}

function datesKeyed(part: ScanPart, { plan }: ScanContext): boolean {
  const dates = plan.parts.find(({ name }) => name === part.dates);
  return dates?.kind === "dates" && dates.keyed === "date";
}

function datesJoin(part: ScanPart, context: ScanContext): readonly Sql[] {
  if (part.dates === null) return [];
  const join = sql`JOIN ${context.database.dialect.keptTable(part.dates)} d ON d.patient_id = t.patient_id`;
  if (!isNumbered(part.spread) || datesKeyed(part, context)) return [join];
  const numbers = context.plan.indexDates.map((_, k) => [sql`${k}`]);
  const { rowsOf } = context.database.dialect;
  return [join, sql`CROSS JOIN (SELECT * FROM ${rowsOf(numbers, ["k"])}) i`];
}

interface Placement {
  readonly columns: readonly Sql[];
  readonly where: readonly Sql[];
  readonly joined: readonly Sql[];
}

/** What tells the index dates of a row, and which rows are out for all of them. */
function placement(part: ScanPart, scope: ScanContext["scope"], context: ScanContext): Placement {
  switch (part.spread) {
    case "once":
      return { columns: [], where: windowTests(part.window, scope), joined: [] };
    case "by-column": {
      const number = sql`${numberOf(part, context)} AS k`;
      return { columns: [number], where: windowTests(part.window, scope), joined: [] };
    }
    case "one-date":
    case "from-then-on":
    case "until-then":
    case "repeated":
    case "spans": {
      const span = windowSpan(part.window, context.plan.indexDates, scope);
      return {
        columns: [sql`${span.from} AS from_k`, sql`${span.until} AS until_k`],
        where: span.tests,
        joined: span.days === null ? [] : [sql`JOIN (${span.days.query}) w ON ${span.days.on}`],
      };
    }
    default:
      return unreachable(part.spread);
  }
}

/** From rows with a span of index dates to rows in groups; the last name is `spread_rows`. */
function spreadRows(part: ScanPart, context: ScanContext): readonly Sql[] {
  const { dialect } = context.database;
  const { named } = dialect;
  // Days that are in some window are looked up; rows of other windows may be in none.
  const isLookedUp = part.spread === "one-date" || part.spread === "repeated";
  const inside = isLookedUp ? sql`counted` : sql`(SELECT * FROM counted WHERE from_k < until_k)`;
  const below = context.plan.indexDates.length;
  const range = { from: sql`from_k`, until: sql`until_k`, below };
  switch (part.spread) {
    case "once":
    case "by-column":
      return [named("spread_rows", sql`SELECT * FROM counted`)];
    case "one-date":
    case "from-then-on":
      return [named("spread_rows", sql`SELECT r.*, r.from_k AS k FROM ${inside} r`)];
    case "until-then":
      return [named("spread_rows", sql`SELECT r.*, r.until_k - 1 AS k FROM ${inside} r`)];
    case "repeated":
      return [named("spread_rows", sql`SELECT * FROM ${dialect.repeated(inside, range)} r`)];
    case "spans":
      return spans(inside, range, dialect);
    default:
      return unreachable(part.spread);
  }
}

/**
 * Nobody has to choose between rows of a patient whose spans do not overlap: those stay whole. The rows of
 * other patients are repeated for each index date, one group for each.
 */
function spans(inside: Sql, range: NumberRange, { named, repeated }: Dialect): readonly Sql[] {
  const earlier = sql`PARTITION BY r.patient_id ORDER BY r.from_k, r.until_k ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING`;
  const before = sql`max(r.until_k) OVER (${earlier})`;
  const until = sql`CASE WHEN clashes = 1 THEN until_k ELSE from_k + 1 END`;
  const each = repeated(sql`judged`, { ...range, until });
  return [
    named(
      "placed",
      sql`SELECT r.*, CASE WHEN ${before} > r.from_k THEN 1 ELSE 0 END AS clash FROM ${inside} r`,
    ),
    named(
      "judged",
      sql`SELECT r.*, max(r.clash) OVER (PARTITION BY r.patient_id) AS clashes FROM placed r`,
    ),
    named(
      "spread_rows",
      sql`SELECT r.*, CASE WHEN r.clashes = 1 THEN r.k + 1 ELSE r.until_k END AS next_k FROM ${each} r`,
    ),
  ];
}
