/** What the rows of a group are made into, as columns of the grouped query: as few as will do. */
import { unreachable } from "../base/problems.ts";
import type { PlacedSummary } from "../plan/model/cohort-plan.ts";
import type { Output } from "../plan/model/rows.ts";
import { fieldsIn } from "../plan/model/walk.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { aggregateCall, fieldsOf, orderHolds } from "./render-rows.ts";
import type { ScanContext, ScanPart } from "./scan-part.ts";
import { renderValue } from "./render-value.ts";

/** How the answer for more rows follows from two answers. */
export type Grow = "max" | "min" | "sum" | "bits" | "earlier" | "later";

export interface GroupColumn {
  readonly name: string;
  readonly of: Sql;
  readonly grow: Grow;
}

/** A row of a group, chosen by a column of groups. */
export interface Pick {
  readonly column: string;
  /** All that were taken of it, in order. */
  readonly fields: readonly string[];
}

export interface GroupColumns {
  readonly columns: readonly GroupColumn[];
  /** The bit of `BITS` that tells whether a summary has a row, where several only ask that. */
  readonly bitOf: ReadonlyMap<string, number>;
  /** The row that a summary picks: one for all that choose alike. */
  readonly pickOf: ReadonlyMap<string, Pick>;
}

/** A column of rows and of groups: a bit for each summary that only asks whether there is a row. */
export const BITS = "bits";

const MOST_BITS = 50;

/** The bit of each summary that only asks whether there is a row; none where one asks alone. */
export function existenceBits(
  { summaries }: ScanPart,
  dialect: Dialect,
): ReadonlyMap<string, number> {
  if (dialect.bits === null) return new Map();
  const asking = summaries.filter(({ output }) => output.kind === "exists").slice(0, MOST_BITS);
  if (asking.length < 2) return new Map();
  return new Map(asking.map(({ id }, i) => [id, 2 ** i]));
}

export function groupColumns(part: ScanPart, marked: boolean, context: ScanContext): GroupColumns {
  const { dialect } = context.database;
  const bitOf = existenceBits(part, dialect);
  const leaders = new Map<string, PlacedSummary[]>();
  for (const summary of part.summaries) {
    if (summary.output.kind !== "pick") continue;
    const key = JSON.stringify([summary.output.order, summary.where]);
    leaders.set(key, [...(leaders.get(key) ?? []), summary]);
  }
  const bits: GroupColumn[] =
    bitOf.size === 0 || dialect.bits === null
      ? []
      : [{ name: BITS, of: dialect.bits.any(sql`r.${word(BITS)}`), grow: "bits" }];
  const pickOf = new Map<string, Pick>();
  const picks = [...leaders.values()].map((alike) => {
    const { fields, ...column } = pickColumn(alike, part, marked, context);
    for (const { id } of alike) pickOf.set(id, { column: column.name, fields });
    return column;
  });
  const others = part.summaries
    .filter(({ id, output }) => output.kind !== "pick" && !bitOf.has(id))
    .flatMap((summary) => aggregateColumns(summary, marked, context));
  return { columns: [...bits, ...picks, ...others], bitOf, pickOf };
}

function condition({ id, where }: PlacedSummary, marked: boolean): Sql | null {
  return marked && where !== null ? sql`r.${word(`m_${id}`)} = 1` : null;
}

function pickColumn(
  alike: readonly PlacedSummary[],
  part: ScanPart,
  marked: boolean,
  context: ScanContext,
): GroupColumn & { readonly fields: readonly string[] } {
  const [leader] = alike;
  if (leader?.output.kind !== "pick") throw new Error("a pick without a summary");
  const { dialect } = context.database;
  const scope = fieldsOf("r", context);
  const takes = alike.flatMap(({ output }) =>
    output.kind === "pick" ? Object.values(output.take) : [],
  );
  const fields = Object.fromEntries(fieldsIn(takes).map((name) => [name, scope.field(name)]));
  const order = leader.output.order.map(({ of, descending }) => ({
    of: renderValue(of, scope),
    descending,
    holds: of.kind === "field" ? orderHolds(part.rows, of.name) : ("other" as const),
  }));
  const of = dialect.picks.pick(fields, order, condition(leader, marked));
  const isLatest = leader.output.order[0]?.descending === true;
  const grow = isLatest ? "later" : "earlier";
  return { name: leader.id, of, grow, fields: Object.keys(fields) };
}

function aggregateColumns(
  summary: PlacedSummary,
  marked: boolean,
  context: ScanContext,
): readonly GroupColumn[] {
  const { dialect } = context.database;
  const scope = fieldsOf("r", context);
  const when = condition(summary, marked);
  const { id } = summary;
  const output: Output = summary.output;
  switch (output.kind) {
    case "exists":
      return [{ name: id, of: dialect.aggregate(sql`max(1)`, when), grow: "max" }];
    case "aggregate": {
      const of = dialect.aggregate(aggregateCall(output.aggregate, scope), when);
      return [{ name: id, of, grow: growOf(output.aggregate.kind) }];
    }
    case "agreed": {
      const of = renderValue(output.of, scope);
      return [
        { name: `${id}_least`, of: dialect.aggregate(sql`min(${of})`, when), grow: "min" },
        { name: `${id}_most`, of: dialect.aggregate(sql`max(${of})`, when), grow: "max" },
        { name: `${id}_rows`, of: dialect.aggregate(sql`max(1)`, when), grow: "max" },
      ];
    }
    case "pick":
    case "each":
      throw new Error(`${output.kind} is no aggregate`);
    default:
      return unreachable(output);
  }
}

function growOf(kind: "rows" | "sum" | "decimal-sum" | "present" | "least" | "greatest"): Grow {
  if (kind === "least") return "min";
  return kind === "greatest" ? "max" : "sum";
}
