/** How the rows of a scan are spread over the index dates. */
import type { IsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import type { Keyed, Spread } from "../model/cohort-plan.ts";
import type { Output, Window } from "../model/rows.ts";
import type { Value } from "../model/value.ts";
import { boundsOf, columnsIn, everything } from "../model/walk.ts";
import { daysOf } from "./index-days.ts";
import type { Scan } from "./merge-scans.ts";

/** Whether a value differs between index dates; `moving` are the columns that do. */
export function isMoving(value: Value, moving: ReadonlySet<string>): boolean {
  for (const node of everything(value)) {
    if (node.kind === "from-index-date") return true;
    if (node.kind === "column" && moving.has(node.name)) return true;
  }
  return false;
}

export function chooseSpread(
  scan: Scan,
  indexDates: readonly IsoDate[],
  moving: ReadonlySet<string>,
): Spread {
  const { window, summaries } = scan;
  const bounds = boundsOf(window);
  if (indexDates.length < 2 || !bounds.some((bound) => isMoving(bound, moving))) return "once";
  if (columnsIn(bounds).length > 0) return "by-column";
  if (summaries.some(({ output }) => output.kind === "each")) return "repeated";
  switch (window.kind) {
    case "always":
      return "once";
    case "covering":
      return "spans";
    case "during":
      return spreadDuring(window, summaries, indexDates);
    default:
      return unreachable(window);
  }
}

function spreadDuring(
  window: Extract<Window, { kind: "during" }>,
  summaries: Scan["summaries"],
  indexDates: readonly IsoDate[],
): Spread {
  const from = window.from === null ? null : daysOf(window.from, indexDates);
  const to = window.to === null ? null : daysOf(window.to, indexDates);
  if (from !== null && to !== null && areApart(from, to)) return "one-date";
  const grows = summaries.every(({ output }) => canGrow(output, window.date));
  if (grows && (from === null || isConstant(from))) return "from-then-on";
  if (grows && (to === null || isConstant(to))) return "until-then";
  return "repeated";
}

/** No day is in the windows of two index dates. */
function areApart(from: readonly IsoDate[], to: readonly IsoDate[]): boolean {
  return from.every((day, i) => i === 0 || day > (to[i - 1] ?? day));
}

function isConstant(days: readonly IsoDate[]): boolean {
  return days.every((day) => day === days[0]);
}

/** Whether the answer for more rows, all later or all earlier, follows from two answers. */
function canGrow(output: Output, date: string): boolean {
  if (output.kind !== "pick") return output.kind !== "each";
  const of = output.order[0]?.of;
  return of?.kind === "field" && of.name === date;
}

const keys: { readonly [S in Spread]: Keyed } = {
  once: "patient",
  "one-date": "date",
  "from-then-on": "span",
  "until-then": "span",
  repeated: "date",
  spans: "span",
  "by-column": "date",
};

export function keyOf(spread: Spread): Keyed {
  return keys[spread];
}
