/** What the rows of a group are made into, as columns of the grouped query: as few as will do. */
import { unreachable } from "../base/problems.ts";
import type { PlacedSummary } from "../plan/model/cohort-plan.ts";
import type { Output } from "../plan/model/rows.ts";
import { fieldsIn } from "../plan/model/walk.ts";
import type { Dialect } from "./dialects/dialect.ts";
import { sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { chooseRow } from "./chosen-rows.ts";
import type { Choosing, GroupColumn, Grow, Pick } from "./chosen-rows.ts";
import { fieldsOf, fieldType, orderHolds, renderAggregate } from "./render-rows.ts";
import type { ScanContext, ScanPart } from "./scan-part.ts";
import { renderValue } from "./render-value.ts";

export interface GroupColumns {
  readonly columns: readonly GroupColumn[];
  /** Columns that the rows have before they are grouped. */
  readonly ranks: readonly Sql[];
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

/** Rows are grouped by `keys`. */
export function groupColumns(
  part: ScanPart,
  { marked, keys }: { readonly marked: boolean; readonly keys: readonly Sql[] },
  context: ScanContext,
): GroupColumns {
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
    const choosing = choosingOf(alike, { part, marked, keys }, context);
    const pick = { id: choosing.id, fields: Object.keys(choosing.fields) };
    for (const { id } of alike) pickOf.set(id, pick);
    return chooseRow(choosing, dialect);
  });
  const others = part.summaries
    .filter(({ id, output }) => output.kind !== "pick" && !bitOf.has(id))
    .flatMap((summary) => aggregateColumns(summary, marked, context));
  return {
    columns: [...bits, ...picks.flatMap(({ columns }) => columns), ...others],
    ranks: picks.flatMap(({ rank }) => (rank === null ? [] : [rank])),
    bitOf,
    pickOf,
  };
}

function condition({ id, where }: PlacedSummary, marked: boolean): Sql | null {
  return marked && where !== null ? sql`r.${word(`m_${id}`)} = 1` : null;
}

interface Grouping {
  readonly part: ScanPart;
  readonly marked: boolean;
  readonly keys: readonly Sql[];
}

/** What summaries ask of a row that all of them choose alike. */
function choosingOf(
  alike: readonly PlacedSummary[],
  { part, marked, keys }: Grouping,
  context: ScanContext,
): Choosing {
  const [leader] = alike;
  if (leader?.output.kind !== "pick") throw new Error("a pick without a summary");
  const scope = fieldsOf("r", context);
  const takes = alike.flatMap(({ output }) =>
    output.kind === "pick" ? Object.values(output.take) : [],
  );
  const names = fieldsIn(takes);
  const order = leader.output.order.map(({ of, descending }) => ({
    of: renderValue(of, scope),
    descending,
    holds: of.kind === "field" ? orderHolds(part.rows, of.name) : ("other" as const),
  }));
  return {
    id: leader.id,
    fields: Object.fromEntries(names.map((name) => [name, scope.field(name)])),
    flags: new Set(names.filter((name) => fieldType(part.rows, name) === "flag")),
    order,
    when: condition(leader, marked),
    keys,
    grow: leader.output.order[0]?.descending === true ? "later" : "earlier",
  };
}

const least = (of: Sql): Sql => sql`min(${of})`;
const greatest = (of: Sql): Sql => sql`max(${of})`;

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
      return [{ name: id, of: dialect.aggregate(greatest, sql`1`, when), grow: "max" }];
    case "aggregate": {
      const of = renderAggregate(output.aggregate, when, scope);
      return [{ name: id, of, grow: growOf(output.aggregate.kind) }];
    }
    case "agreed": {
      const of = renderValue(output.of, scope);
      return [
        { name: `${id}_least`, of: dialect.aggregate(least, of, when), grow: "min" },
        { name: `${id}_most`, of: dialect.aggregate(greatest, of, when), grow: "max" },
        { name: `${id}_rows`, of: dialect.aggregate(greatest, sql`1`, when), grow: "max" },
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
