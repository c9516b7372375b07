/** When a row counts, as SQL: tests, and the index dates that it counts for. */
import { fromDayNumber, toDayNumber } from "../base/dates.ts";
import type { IsoDate } from "../base/dates.ts";
import { unreachable } from "../base/problems.ts";
import { daysOf } from "../plan/passes/index-days.ts";
import type { Window } from "../plan/model/rows.ts";
import type { Value } from "../plan/model/value.ts";
import type { DateRange, RangeOfDay } from "./dialects/dialect.ts";
import { sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import { renderValue } from "./render-value.ts";
import type { Scope } from "./scope.ts";

/** The index dates that a row counts for. */
export interface Span {
  /** The number of the first. */
  readonly from: Sql;
  /** The number of the first after those. */
  readonly until: Sql;
  /** What must hold of a row that counts for any. */
  readonly tests: readonly Sql[];
  /** A small table that tells `from_k` and `until_k` of a day, joined as `w`; null where none is needed. */
  readonly days: RangeOfDay | null;
}

/** Tests that a row counts at the one index date of the scope, or at the one that its number says. */
export function windowTests(window: Window, scope: Scope): readonly Sql[] {
  switch (window.kind) {
    case "always":
      return [];
    case "during": {
      const day = scope.dialect.dayOf(scope.field(window.date));
      return [
        ...(window.from === null ? [] : [sql`${day} >= ${renderValue(window.from, scope)}`]),
        ...(window.to === null ? [] : [sql`${day} <= ${renderValue(window.to, scope)}`]),
      ];
    }
    case "covering":
      return [
        sql`${renderValue(window.starts, scope)} <= ${renderValue(window.first, scope)}`,
        sql`${renderValue(window.ends, scope)} > ${renderValue(window.last, scope)}`,
      ];
    default:
      return unreachable(window);
  }
}

/** Of a window that is bounded by the same days for all patients, over several index dates in order. */
export function windowSpan(window: Window, indexDates: readonly IsoDate[], scope: Scope): Span {
  switch (window.kind) {
    case "always":
      return { from: sql`0`, until: sql`${indexDates.length}`, tests: [], days: null };
    case "during":
      return spanDuring(window, indexDates, scope);
    case "covering":
      return spanCovering(window, indexDates, scope);
    default:
      return unreachable(window);
  }
}

function boundDays(bound: Value, indexDates: readonly IsoDate[]): readonly IsoDate[] {
  const days = daysOf(bound, indexDates);
  if (days === null) throw new Error("a bound that differs between patients");
  return days;
}

function spanDuring(
  window: Extract<Window, { kind: "during" }>,
  indexDates: readonly IsoDate[],
  scope: Scope,
): Span {
  const day = scope.dialect.dayOf(scope.field(window.date));
  const from = window.from === null ? null : boundDays(window.from, indexDates);
  const to = window.to === null ? null : boundDays(window.to, indexDates);
  // Rows outside all windows are dropped before anything is computed from them.
  const [first = null, last = null] = [from?.[0], to?.at(-1)];
  const tests = scope.dialect.onDays(scope.field(window.date), first, last);
  const [fromMoves, toMoves] = [from, to].map((days) => days !== null && days[0] !== days.at(-1));
  if (from !== null && to !== null && fromMoves === true && toMoves === true) {
    const names = ["from_k", "until_k"];
    const days = scope.dialect.rangeOfDay(segments(from, to), names, day);
    return { from: sql`w.from_k`, until: sql`w.until_k`, tests, days };
  }
  const { daysBefore } = scope.dialect;
  return {
    from: to !== null && toMoves === true ? daysBefore(to, day, false) : sql`0`,
    until:
      from !== null && fromMoves === true ? daysBefore(from, day, true) : sql`${indexDates.length}`,
    tests,
    days: null,
  };
}

function spanCovering(
  window: Extract<Window, { kind: "covering" }>,
  indexDates: readonly IsoDate[],
  scope: Scope,
): Span {
  const [starts, ends] = [renderValue(window.starts, scope), renderValue(window.ends, scope)];
  const [first, last] = [window.first, window.last].map((bound) => boundDays(bound, indexDates));
  const { day, daysBefore } = scope.dialect;
  const tests = [
    ...(first ?? []).slice(-1).map((latest) => sql`${starts} <= ${day(latest)}`),
    ...(last ?? []).slice(0, 1).map((earliest) => sql`${ends} > ${day(earliest)}`),
  ];
  return {
    from: daysBefore(first ?? [], starts, false),
    until: daysBefore(last ?? [], ends, false),
    tests,
    days: null,
  };
}

/**
 * The days between all bounds in ranges that are in the same windows. Looking a day up in a small table
 * costs a row far less than comparing it with bounds: see dialects/README.md.
 */
function segments(from: readonly IsoDate[], to: readonly IsoDate[]): readonly DateRange[] {
  const starts = from.map(toDayNumber);
  const ends = to.map((day) => toDayNumber(day) + 1);
  const edges = [...new Set([...starts, ...ends])].sort((a, b) => a - b);
  return edges.flatMap((edge, i) => {
    const next = edges[i + 1];
    const fromNumber = ends.filter((end) => end <= edge).length;
    const untilNumber = starts.filter((start) => start <= edge).length;
    if (next === undefined || fromNumber >= untilNumber) return [];
    const [first, last] = [fromDayNumber(edge), fromDayNumber(next - 1)];
    return [{ first, last, values: [fromNumber, untilNumber] }];
  });
}
