/** What the rows of a group are made into, as columns of the grouped query: as few as will do. */
import { unreachable } from "../base/problems.ts";
import type { PlacedSummary } from "../plan/model/cohort-plan.ts";
import type { Output } from "../plan/model/rows.ts";
import { fieldsIn } from "../plan/model/walk.ts";
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

export interface GroupColumns {
  readonly columns: readonly GroupColumn[];
  /** The bit of `BITS` that tells whether a summary has a row, where several only ask that. */
  readonly bitOf: ReadonlyMap<string, number>;
  /** The column that holds the row of a pick: one for all that choose alike. */
  readonly pickOf: ReadonlyMap<string, string>;
}

/** A column of rows and of groups: a bit for each summary that only asks whether there is a row. */
export const BITS = "bits";

const MOST_BITS = 50;

/** The bit of each summary that only asks whether there is a row; none where one asks alone. */
export function existenceBits({ summaries }: ScanPart): ReadonlyMap<string, number> {
  const asking = summaries.filter(({ output }) => output.kind === "exists").slice(0, MOST_BITS);
  if (asking.length < 2) return new Map();
  return new Map(asking.map(({ id }, i) => [id, 2 ** i]));
}

export function groupColumns(part: ScanPart, marked: boolean, context: ScanContext): GroupColumns {
  const bitOf = existenceBits(part);
  const pickOf = new Map<string, string>();
  const leaders = new Map<string, PlacedSummary[]>();
  for (const summary of part.summaries) {
    if (summary.output.kind !== "pick") continue;
    const key = JSON.stringify([summary.output.order, summary.where]);
    const alike = [...(leaders.get(key) ?? []), summary];
    leaders.set(key, alike);
    pickOf.set(summary.id, alike[0]?.id ?? summary.id);
  }
  const { dialect } = context.database;
  const bits: GroupColumn[] =
    bitOf.size === 0
      ? []
      : [{ name: BITS, of: dialect.anyBits(sql`r.${word(BITS)}`), grow: "bits" }];
  const picks = [...leaders.values()].map((alike) => pickColumn(alike, part, marked, context));
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
): GroupColumn {
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
  const of = dialect.pick(fields, order, condition(leader, marked));
  const isLatest = leader.output.order[0]?.descending === true;
  return { name: leader.id, of, grow: isLatest ? "later" : "earlier" };
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
