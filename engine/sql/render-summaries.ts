/** The answers of a scan: groups of its rows, one for each patient and index date. */
import { unreachable } from "../base/problems.ts";
import type { PlacedSummary } from "../plan/model/cohort-plan.ts";
import type { Output } from "../plan/model/rows.ts";
import { fieldsIn, nodesOf } from "../plan/model/walk.ts";
import type { Dialect, Sql } from "./dialects/dialect.ts";
import { BITS, groupColumns } from "./group-columns.ts";
import type { Grow } from "./group-columns.ts";
import { fieldsOf } from "./render-rows.ts";
import type { ScanContext, ScanPart } from "./scan-part.ts";
import { renderValue } from "./render-value.ts";

/** The column of a part that holds what a summary took. */
export function answerName(id: string, take: string): string {
  return `${id}_${take}`;
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
  const { columns, bitOf, pickOf } = groupColumns(part, marked, context);
  const groups =
    `SELECT r.patient_id, ${[...keys.shown, ...columns.map(({ of, name }) => `${of} AS ${name}`)].join(", ")} ` +
    `FROM spread_rows r GROUP BY ${["r.patient_id", ...keys.by].join(", ")}`;
  const answers = part.summaries.flatMap((summary) =>
    answersOf(summary, { bit: bitOf.get(summary.id), pick: pickOf.get(summary.id) }, context),
  );
  const growing = growth(part);
  if (growing === null) {
    return `SELECT ${["g.patient_id", ...keys.kept, ...answers].join(", ")} FROM (${groups}) g`;
  }
  const carried = columns.map(
    ({ name, grow }) => `${growing.carry(name, grow, dialect)} AS ${name}`,
  );
  const running =
    `SELECT b.patient_id, ${[...growing.span(context.plan.indexDates.length), ...carried].join(", ")} ` +
    `FROM (${groups}) b`;
  return `SELECT ${["g.patient_id", "g.from_k", "g.until_k", ...answers].join(", ")} FROM (${running}) g`;
}

function renderEach(
  part: ScanPart,
  id: string,
  { take }: Extract<Output, { kind: "each" }>,
  context: ScanContext,
): Sql {
  const scope = fieldsOf("r", context);
  const taken = Object.entries(take).map(
    ([name, value]) => `${renderValue(value, scope)} AS ${answerName(id, name)}`,
  );
  const key = part.spread === "once" ? [] : ["r.k"];
  return `SELECT ${["r.patient_id", ...key, ...taken].join(", ")} FROM spread_rows r`;
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
        shown: ["r.k AS from_k", "r.next_k AS until_k"],
        by: ["r.k", "r.next_k"],
        kept: ["g.from_k", "g.until_k"],
      };
    case "one-date":
    case "repeated":
    case "by-column":
    case "from-then-on":
    case "until-then":
      return { shown: ["r.k"], by: ["r.k"], kept: ["g.k"] };
    default:
      return unreachable(spread);
  }
}

/** What a part shows of a summary, from the group `g`. */
function answersOf(
  { id, output }: PlacedSummary,
  held: { readonly bit: number | undefined; readonly pick: string | undefined },
  context: ScanContext,
): readonly Sql[] {
  const { dialect } = context.database;
  switch (output.kind) {
    case "exists": {
      const of = held.bit === undefined ? `g.${id}` : dialect.hasBit(`g.${BITS}`, held.bit);
      return [`${of} AS ${answerName(id, "value")}`];
    }
    case "aggregate": {
      const isDecimal = output.aggregate.kind === "decimal-sum";
      const of = isDecimal ? dialect.asNumber(`g.${id}`) : `g.${id}`;
      return [`${of} AS ${answerName(id, "value")}`];
    }
    case "agreed":
      return [
        `g.${id}_least AS ${answerName(id, "value")}`,
        `g.${id}_rows AS ${answerName(id, "found")}`,
        `CASE WHEN g.${id}_least <> g.${id}_most THEN 1 ELSE 0 END AS ${answerName(id, "disagree")}`,
      ];
    case "pick": {
      const picked = `g.${held.pick ?? id}`;
      const scope = { ...context.scope, field: (name: string) => dialect.member(picked, name) };
      return Object.entries(output.take).map(([name, value]) => {
        // A constant tells that there was a row at all.
        const of = renderValue(value, scope);
        const shown =
          fieldsIn([value]).length > 0 ? of : `CASE WHEN ${picked} IS NOT NULL THEN ${of} END`;
        return `${shown} AS ${answerName(id, name)}`;
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
  readonly carry: (name: string, grow: Grow, dialect: Dialect) => Sql;
}

/** Groups of one index date become spans of index dates: from each group's own to the next group's. */
function growth({ spread }: ScanPart): Growth | null {
  if (spread !== "from-then-on" && spread !== "until-then") return null;
  const isForward = spread === "from-then-on";
  const window = `(PARTITION BY b.patient_id ORDER BY b.k ${isForward ? "ASC" : "DESC"}`;
  const running = `${window} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)`;
  return {
    span: (dates) =>
      isForward
        ? ["b.k AS from_k", `lead(b.k, 1, ${dates}) OVER ${window}) AS until_k`]
        : [`lead(b.k, 1, -1) OVER ${window}) + 1 AS from_k`, "b.k + 1 AS until_k"],
    carry: (name, grow, dialect) => {
      if (grow === "bits") return `${dialect.anyBits(`b.${name}`)} OVER ${running}`;
      if (grow === "max" || grow === "min" || grow === "sum") {
        return `${grow}(b.${name}) OVER ${running}`;
      }
      // Forward, rows come later and later: the earliest stays, the latest moves on. Backward, the reverse.
      const end = (grow === "earlier") === isForward ? "first" : "last";
      return dialect.carried(`b.${name}`, running, end);
    },
  };
}
