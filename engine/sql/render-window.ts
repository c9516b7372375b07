/** When a row counts, as SQL: tests, and the index dates that it counts for. */
import type { IsoDate } from "../base/dates.ts";
import { unreachable } from "../base/problems.ts";
import { daysOf } from "../plan/passes/index-days.ts";
import type { Window } from "../plan/model/rows.ts";
import type { Value } from "../plan/model/value.ts";
import type { Sql } from "./dialects/dialect.ts";
import { renderValue } from "./render-value.ts";
import type { Scope } from "./scope.ts";

/** The numbers of the first index date a row counts for, and of the first after that it does not. */
export interface Span {
  readonly from: Sql;
  readonly until: Sql;
}

/** Tests that a row counts at the one index date of the scope, or at the one that its number says. */
export function windowTests(window: Window, scope: Scope): readonly Sql[] {
  switch (window.kind) {
    case "always":
      return [];
    case "during": {
      const day = scope.dialect.dayOf(scope.field(window.date));
      return [
        ...(window.from === null ? [] : [`${day} >= ${renderValue(window.from, scope)}`]),
        ...(window.to === null ? [] : [`${day} <= ${renderValue(window.to, scope)}`]),
      ];
    }
    case "covering":
      return [
        `${renderValue(window.starts, scope)} <= ${renderValue(window.first, scope)}`,
        `${renderValue(window.ends, scope)} > ${renderValue(window.last, scope)}`,
      ];
    default:
      return unreachable(window);
  }
}

/** Of a window that is bounded by the same days for all patients, over several index dates in order. */
export function windowSpan(
  window: Window,
  indexDates: readonly IsoDate[],
  scope: Scope,
): { readonly span: Span; readonly tests: readonly Sql[] } {
  const days = (bound: Value): readonly IsoDate[] => {
    const known = daysOf(bound, indexDates);
    if (known === null) throw new Error("a bound that differs between patients");
    return known;
  };
  const count = indexDates.length;
  switch (window.kind) {
    case "always":
      return { span: { from: "0", until: String(count) }, tests: [] };
    case "during": {
      const day = scope.dialect.dayOf(scope.field(window.date));
      const [from, to] = [window.from, window.to].map((end) => (end === null ? null : days(end)));
      const span = {
        from: to ? countBefore(to, day, "<", scope) : "0",
        until: from ? countBefore(from, day, "<=", scope) : String(count),
      };
      return { span, tests: outerTests(day, from ?? null, to ?? null, scope) };
    }
    case "covering": {
      const [starts, ends] = [renderValue(window.starts, scope), renderValue(window.ends, scope)];
      const [first, last] = [days(window.first), days(window.last)];
      const span = {
        from: countBefore(first, starts, "<", scope),
        until: countBefore(last, ends, "<", scope),
      };
      const { day } = scope.dialect;
      const tests = [
        ...first.slice(-1).map((latest) => `${starts} <= ${day(latest)}`),
        ...last.slice(0, 1).map((earliest) => `${ends} > ${day(earliest)}`),
      ];
      return { span, tests };
    }
    default:
      return unreachable(window);
  }
}

/** Rows outside all windows are dropped before anything is reckoned of them. */
function outerTests(
  day: Sql,
  from: readonly IsoDate[] | null,
  to: readonly IsoDate[] | null,
  { dialect }: Scope,
): readonly Sql[] {
  return [
    ...(from ?? []).slice(0, 1).map((earliest) => `${day} >= ${dialect.day(earliest)}`),
    ...(to ?? []).slice(-1).map((latest) => `${day} <= ${dialect.day(latest)}`),
  ];
}

/**
 * How many of the days, which ascend, come before a date: by halves, so that hundreds of index dates cost a
 * row a few comparisons.
 */
function countBefore(
  days: readonly IsoDate[],
  date: Sql,
  operator: "<" | "<=",
  { dialect }: Scope,
): Sql {
  const within = (low: number, high: number): Sql => {
    if (low === high) return String(low);
    const middle = Math.floor((low + high) / 2);
    const day = days[middle];
    if (day === undefined) throw new Error("beyond the last index date");
    const more = within(middle + 1, high);
    return `CASE WHEN ${dialect.day(day)} ${operator} ${date} THEN ${more} ELSE ${within(low, middle)} END`;
  };
  return within(0, days.length);
}
