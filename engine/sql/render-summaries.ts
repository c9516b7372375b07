/** The answers of a scan: groups of its rows, one for each patient and index date. */
import { unreachable } from "../base/problems.ts";
import type { PlacedSummary } from "../plan/model/cohort-plan.ts";
import type { Output } from "../plan/model/rows.ts";
import { fieldsIn, nodesOf } from "../plan/model/walk.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { carriedField, chosenAt, chosenField, isChosen } from "./chosen-rows.ts";
import type { GroupColumn, Grow, Pick } from "./chosen-rows.ts";
import { BITS, groupColumns } from "./group-columns.ts";
import { fieldsOf } from "./render-rows.ts";
import type { ScanContext, ScanPart } from "./scan-part.ts";
import { renderValue } from "./render-value.ts";

/** The column of a part that holds what a summary took. */
export function answerName(id: string, take: string): string {
  return `${id}_${take}`;
}

function answerColumn(id: string, take: string): Sql {
  return word(answerName(id, take));
}

/** Fields of rows that the outputs read. */
export function fieldsNeeded({ summaries }: ScanPart): readonly string[] {
  return [...new Set(summaries.flatMap(({ output }) => fieldsIn(nodesOf(output))))];
}

export function renderSummaries(part: ScanPart, marked: boolean, context: ScanContext): Sql {
  const [only] = part.summaries;
  if (only?.output.kind === "each") return renderEach(part, only.id, only.output, context);
  const { dialect } = context.database;
  const keys = groupKeys(part);
  const by = [sql`r.patient_id`, ...keys.by];
  const { columns, ranks, bitOf, pickOf } = groupColumns(part, { marked, keys: by }, context);
  const grouped = [...keys.shown, ...columns.map(({ of, name }) => sql`${of} AS ${word(name)}`)];
  const from =
    ranks.length === 0
      ? sql`spread_rows`
      : sql`(SELECT r.*, ${joinSql(ranks, ", ")} FROM spread_rows r)`;
  const groups = sql`SELECT r.patient_id, ${joinSql(grouped, ", ")} FROM ${from} r GROUP BY ${joinSql(by, ", ")}`;
  const answers = part.summaries.flatMap((summary) =>
    answersOf(summary, { bit: bitOf.get(summary.id), pick: pickOf.get(summary.id) }, context),
  );
  const growing = growth(part);
  if (growing === null) {
    const shown = [sql`g.patient_id`, ...keys.kept, ...answers];
    return sql`SELECT ${joinSql(shown, ", ")} FROM (${groups}) g`;
  }
  const carried = columns.map(
    (column) => sql`${growing.carry(column, dialect)} AS ${word(column.name)}`,
  );
  const spans = [...growing.span(context.plan.indexDates.length), ...carried];
  const placed = placedPicks(groups, columns, growing);
  const running = sql`SELECT b.patient_id, ${joinSql(spans, ", ")} FROM (${placed}) b`;
  const shown = [sql`g.patient_id`, sql`g.from_k`, sql`g.until_k`, ...answers];
  return sql`SELECT ${joinSql(shown, ", ")} FROM (${running}) g`;
}

function renderEach(
  part: ScanPart,
  id: string,
  { take }: Extract<Output, { kind: "each" }>,
  context: ScanContext,
): Sql {
  const scope = fieldsOf("r", context);
  const taken = Object.entries(take).map(
    ([name, value]) => sql`${renderValue(value, scope)} AS ${answerColumn(id, name)}`,
  );
  const key = part.spread === "once" ? [] : [sql`r.k`];
  return sql`SELECT ${joinSql([sql`r.patient_id`, ...key, ...taken], ", ")} FROM spread_rows r`;
}

interface Keys {
  readonly shown: readonly Sql[];
  readonly by: readonly Sql[];
  readonly kept: readonly Sql[];
}

function groupKeys({ spread }: ScanPart): Keys {
  switch (spread) {
    case "once":
      return { shown: [], by: [], kept: [] };
    case "spans":
      return {
        shown: [sql`r.k AS from_k`, sql`r.next_k AS until_k`],
        by: [sql`r.k`, sql`r.next_k`],
        kept: [sql`g.from_k`, sql`g.until_k`],
      };
    case "one-date":
    case "repeated":
    case "by-column":
    case "from-then-on":
    case "until-then":
      return { shown: [sql`r.k`], by: [sql`r.k`], kept: [sql`g.k`] };
    default:
      return unreachable(spread);
  }
}

/** What a part shows of a summary, from the group `g`. */
function answersOf(
  { id, output }: PlacedSummary,
  held: { readonly bit: number | undefined; readonly pick: Pick | undefined },
  context: ScanContext,
): readonly Sql[] {
  const { dialect } = context.database;
  switch (output.kind) {
    case "exists": {
      const { bits } = dialect;
      const of =
        held.bit === undefined || bits === null
          ? sql`g.${word(id)}`
          : bits.has(sql`g.${word(BITS)}`, held.bit);
      return [sql`${of} AS ${answerColumn(id, "value")}`];
    }
    case "aggregate": {
      const isDecimal = output.aggregate.kind === "decimal-sum";
      const of = isDecimal ? dialect.asNumber(sql`g.${word(id)}`) : sql`g.${word(id)}`;
      return [sql`${of} AS ${answerColumn(id, "value")}`];
    }
    case "agreed": {
      const least = word(`${id}_least`);
      return [
        sql`g.${least} AS ${answerColumn(id, "value")}`,
        sql`g.${word(`${id}_rows`)} AS ${answerColumn(id, "found")}`,
        sql`CASE WHEN g.${least} <> g.${word(`${id}_most`)} THEN 1 ELSE 0 END AS ${answerColumn(id, "disagree")}`,
      ];
    }
    case "pick": {
      const pick = held.pick ?? { id, fields: [] };
      const member = (name: string): Sql => chosenField(pick, name, dialect);
      const scope = { ...context.scope, field: member };
      return Object.entries(output.take).map(([name, value]) => {
        // A constant tells that there was a row at all.
        const of = renderValue(value, scope);
        const shown =
          fieldsIn([value]).length > 0
            ? of
            : sql`CASE WHEN ${isChosen(pick, dialect)} THEN ${of} END`;
        return sql`${shown} AS ${answerColumn(id, name)}`;
      });
    }
    case "each":
      return [];
    default:
      return unreachable(output);
  }
}

interface Growth {
  readonly span: (dates: number) => readonly Sql[];
  readonly carry: (column: GroupColumn, dialect: Dialect) => Sql;
  /** For a pick of several columns, where it was chosen. */
  readonly place: (pick: string, grow: Grow) => Sql;
}

/** Groups, with where each pick of several columns was chosen. */
function placedPicks(groups: Sql, columns: readonly GroupColumn[], { place }: Growth): Sql {
  const picks = new Map(columns.map(({ pick, grow }) => [pick, grow] as const));
  const places = [...picks].flatMap(([pick, grow]) =>
    pick === undefined ? [] : [place(pick, grow)],
  );
  return places.length === 0
    ? groups
    : sql`SELECT b.*, ${joinSql(places, ", ")} FROM (${groups}) b`;
}

/** Groups of one index date become spans of index dates: from each group's own to the next group's. */
function growth({ spread }: ScanPart): Growth | null {
  if (spread !== "from-then-on" && spread !== "until-then") return null;
  const isForward = spread === "from-then-on";
  const direction = isForward ? sql`ASC` : sql`DESC`;
  const window = sql`(PARTITION BY b.patient_id ORDER BY b.k ${direction}`;
  const running = sql`${window} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
  return {
    place: (pick, grow) => chosenAt(pick, running, grow === "later"),
    span: (dates) =>
      isForward
        ? [sql`b.k AS from_k`, sql`lead(b.k, 1, ${dates}) OVER ${window}) AS until_k`]
        : [sql`lead(b.k, 1, -1) OVER ${window}) + 1 AS from_k`, sql`b.k + 1 AS until_k`],
    carry: ({ name, grow, pick }, dialect) => {
      if (pick !== undefined) return carriedField(name, pick, direction);
      if (grow === "bits" && dialect.bits !== null) {
        return sql`${dialect.bits.any(sql`b.${word(name)}`)} OVER ${running}`;
      }
      if (grow === "max" || grow === "min" || grow === "sum") {
        return sql`${word(grow)}(b.${word(name)}) OVER ${running}`;
      }
      // Forward, rows come later and later: the earliest stays, the latest moves on. Backward, the reverse.
      const end = (grow === "earlier") === isForward ? "first" : "last";
      if (dialect.picks.kind !== "rows") throw new Error(`nothing carries ${grow}`);
      return dialect.picks.carried(sql`b.${word(name)}`, running, end);
    },
  };
}
