/** One scan of the plan as one query: the rows that count, spread over index dates, summarised. */
import type { PlacedSummary, Spread } from "../plan/model/cohort-plan.ts";
import { fieldsIn, windowFields } from "../plan/model/walk.ts";
import type { Dialect, Sql } from "./dialects/dialect.ts";
import { codesOf } from "./merged-codes.ts";
import type { MergedCodes } from "./merged-codes.ts";
import { BITS, existenceBits } from "./group-columns.ts";
import { renderRows } from "./render-rows.ts";
import { fieldsNeeded, renderSummaries } from "./render-summaries.ts";
import { renderTest } from "./render-value.ts";
import { windowSpan, windowTests } from "./render-window.ts";
import { unreachable } from "../base/problems.ts";
import type { ScanPart, ScanContext } from "./scan-part.ts";

export function renderScan(part: ScanPart, context: ScanContext): Sql {
  const { named } = context.database.dialect;
  const codes = codesOf(part);
  const marked = part.summaries.length > 1;
  const counted = renderCounted(part, { codes, marked }, context);
  const ctes = [
    ...(codes === null ? [] : [`codes AS (${codes.query})`]),
    named("counted", counted),
    ...spreadRows(part, context),
  ];
  return `WITH ${ctes.join(",\n")}\n${renderSummaries(part, marked, context)}`;
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
    field: (name: string): Sql => `t.${quoteName(name)}`,
    column: context.dateColumn,
    ...numbering(part, context),
  };
  const testOf = ({ where, id }: PlacedSummary): Sql | null => {
    const rest = codes === null ? where : (codes.tests.get(id)?.rest ?? null);
    const listed = codes?.tests.get(id)?.listed;
    const tests = [...(listed === undefined ? [] : [listed])];
    if (rest !== null) tests.push(renderTest(rest, scope));
    return tests.length === 0 ? null : tests.join(" AND ");
  };
  const tests = part.summaries.map(testOf);
  const { columns, where, joined } = placement(part, scope, context);
  const needed = fieldsNeeded(part);
  const marks = marked ? markColumns(part, tests) : [];
  const shown = [
    "t.patient_id",
    ...needed.map((name) => `t.${quoteName(name)} AS ${quoteName(name)}`),
    ...marks,
    ...columns,
  ];
  const below = [...new Set([...needed, ...fieldsBelow(part)])];
  const joins = [
    `(${renderRows(part.rows, below, context)}) t`,
    ...(codes === null ? [] : [`JOIN codes c ON c.code = ${codes.compared(scope)}`]),
    ...datesJoin(part, context),
    ...joined,
  ];
  const kept = keptRows(tests, codes !== null);
  const conditions = [...where, ...(kept === null ? [] : [kept])];
  const filter = conditions.length === 0 ? "" : ` WHERE ${conditions.join(" AND ")}`;
  return `SELECT ${shown.join(", ")} FROM ${joins.join(" ")}${filter}`;
}

/** Which summaries a row is for: a bit where only that matters, otherwise a column. */
function markColumns(part: ScanPart, tests: readonly (Sql | null)[]): readonly Sql[] {
  const bitOf = existenceBits(part);
  const bits: Sql[] = [];
  const columns: Sql[] = [];
  for (const [i, { id }] of part.summaries.entries()) {
    const test = tests[i] ?? null;
    const bit = bitOf.get(id);
    if (bit !== undefined) {
      bits.push(test === null ? String(bit) : `CASE WHEN ${test} THEN ${bit} ELSE 0 END`);
    } else if (test !== null) columns.push(`CASE WHEN ${test} THEN 1 ELSE 0 END AS m_${id}`);
  }
  return bits.length === 0 ? columns : [...columns, `${bits.join(" + ")} AS ${BITS}`];
}

/** A row that no summary wants is dropped; where codes are joined, those have dropped most. */
function keptRows(tests: readonly (Sql | null)[], isJoined: boolean): Sql | null {
  const [only] = tests;
  if (tests.length === 1) return only ?? null;
  if (isJoined || tests.includes(null)) return null;
  return `(${[...new Set(tests)].map((test) => `(${test ?? ""})`).join(" OR ")})`;
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
  return { indexDate: { days, number: datesKeyed(part, context) ? "d.k" : "i.k" } };
}

function datesKeyed(part: ScanPart, { plan }: ScanContext): boolean {
  const dates = plan.parts.find(({ name }) => name === part.dates);
  return dates?.kind === "dates" && dates.keyed === "date";
}

function datesJoin(part: ScanPart, context: ScanContext): readonly Sql[] {
  if (part.dates === null) return [];
  const join = `JOIN ${part.dates} d ON d.patient_id = t.patient_id`;
  if (!isNumbered(part.spread) || datesKeyed(part, context)) return [join];
  const numbers = context.plan.indexDates.map((_, k) => [String(k)]);
  const { rowsOf } = context.database.dialect;
  return [join, `CROSS JOIN (SELECT * FROM ${rowsOf(numbers, ["k"])}) i`];
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
      const number = datesKeyed(part, context) ? "d.k" : "i.k";
      return { columns: [`${number} AS k`], where: windowTests(part.window, scope), joined: [] };
    }
    case "one-date":
    case "from-then-on":
    case "until-then":
    case "repeated":
    case "spans": {
      const span = windowSpan(part.window, context.plan.indexDates, scope);
      return {
        columns: [`${span.from} AS from_k`, `${span.until} AS until_k`],
        where: span.tests,
        joined: span.days === null ? [] : [`JOIN (${span.days.query}) w ON ${span.days.on}`],
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
  const inside = isLookedUp ? "counted" : "(SELECT * FROM counted WHERE from_k < until_k)";
  switch (part.spread) {
    case "once":
    case "by-column":
      return [named("spread_rows", "SELECT * FROM counted")];
    case "one-date":
    case "from-then-on":
      return [named("spread_rows", `SELECT r.*, r.from_k AS k FROM ${inside} r`)];
    case "until-then":
      return [named("spread_rows", `SELECT r.*, r.until_k - 1 AS k FROM ${inside} r`)];
    case "repeated":
      return [
        named("spread_rows", `SELECT * FROM ${dialect.repeated(inside, "from_k", "until_k")} r`),
      ];
    case "spans":
      return spans(inside, dialect);
    default:
      return unreachable(part.spread);
  }
}

/**
 * Nobody has to choose between rows of a patient whose spans do not overlap: those stay whole. The rows of
 * other patients are repeated for each index date, one group for each.
 */
function spans(inside: Sql, { named, repeated }: Dialect): readonly Sql[] {
  const before =
    "max(r.until_k) OVER (PARTITION BY r.patient_id ORDER BY r.from_k, r.until_k " +
    "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)";
  const clashing = "(SELECT * FROM judged WHERE clashes = 1)";
  return [
    named(
      "placed",
      `SELECT r.*, CASE WHEN ${before} > r.from_k THEN 1 ELSE 0 END AS clash FROM ${inside} r`,
    ),
    "judged AS (SELECT r.*, max(r.clash) OVER (PARTITION BY r.patient_id) AS clashes FROM placed r)",
    named(
      "spread_rows",
      "SELECT r.*, r.from_k AS k, r.until_k AS next_k FROM judged r WHERE r.clashes = 0 " +
        `UNION ALL SELECT r.*, r.k + 1 AS next_k FROM ${repeated(clashing, "from_k", "until_k")} r`,
    ),
  ];
}
