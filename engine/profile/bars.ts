/** The values of a column as a few bars, the same at each index date. */
import type { ColumnCounts } from "./count-cohort.ts";
import { RARE } from "./treatment.ts";
import type { Treatment } from "./treatment.ts";

export interface Bars {
  readonly labels: readonly string[];
  /** For each date, patients in each bar: exact, to be shown only by `shownCount`. */
  readonly counts: readonly (readonly number[])[];
  /** How many values are in the last bar together, because few patients have them or there are too many; 0 = none. */
  readonly pooled: number;
}

const MOST_BARS = 12;

/** `dates` has one column of a name for each index date. */
export function barsOf(dates: readonly ColumnCounts[], treatment: Treatment): Bars {
  const type = dates[0]?.type ?? "str";
  if (type === "bool") return flagBars(dates);
  if (type === "date") return dateBars(dates, treatment);
  return type === "str" ? categoryBars(dates, treatment) : histogram(dates, treatment);
}

function flagBars(dates: readonly ColumnCounts[]): Bars {
  return { labels: ["yes"], counts: dates.map(({ filled }) => [filled]), pooled: 0 };
}

function categoryBars(dates: readonly ColumnCounts[], treatment: Treatment): Bars {
  const most = new Map<string, number>();
  for (const { values } of dates) {
    for (const [text, count] of values ?? []) most.set(text, Math.max(most.get(text) ?? 0, count));
  }
  const named = [...most]
    .filter(([, count]) => treatment === "exact" || count > RARE)
    .sort(([a, most1], [b, most2]) => most2 - most1 || (a < b ? -1 : 1))
    .slice(0, MOST_BARS)
    .map(([text]) => text);
  const counts = dates.map(({ values }) => named.map((text) => values?.get(text) ?? 0));
  const pooled = most.size - named.length;
  if (pooled === 0) return { labels: named, counts, pooled };
  const rest = dates.map(({ filled }, at) => filled - sum(counts[at] ?? []));
  return {
    labels: [...named, pooled === 1 ? "1 other" : `${pooled} others`],
    counts: counts.map((each, at) => [...each, rest[at] ?? 0]),
    pooled,
  };
}

/** By year, or by month where there are few years. */
function dateBars(dates: readonly ColumnCounts[], treatment: Treatment): Bars {
  const years = new Set(dates.flatMap(({ values }) => [...(values?.keys() ?? [])].map(yearOf)));
  const short = years.size <= 1 ? 7 : 4;
  const grouped = dates.map((column) => {
    const values = new Map<string, number>();
    for (const [text, count] of column.values ?? []) {
      const period = text.slice(0, short);
      values.set(period, (values.get(period) ?? 0) + count);
    }
    return values;
  });
  const periods = [...new Set(grouped.flatMap((each) => [...each.keys()]))].sort();
  const every = Math.ceil(periods.length / (2 * MOST_BARS));
  const bins = periods.flatMap((_, at) =>
    at % every === 0 ? [periods.slice(at, at + every)] : [],
  );
  return withoutRareEnds(
    bins.map((bin) => ({ first: bin[0] ?? "", last: bin.at(-1) ?? "" })),
    grouped.map((values) => bins.map((bin) => sum(bin.map((each) => values.get(each) ?? 0)))),
    treatment,
  );
}

const yearOf = (date: string): string => date.slice(0, 4);

function histogram(dates: readonly ColumnCounts[], treatment: Treatment): Bars {
  const keys = dates.flatMap(({ numbers }) => [...(numbers?.keys() ?? [])]);
  const low = keys.reduce((least, each) => Math.min(least, each), Infinity);
  const high = keys.reduce((most, each) => Math.max(most, each), -Infinity);
  if (keys.length === 0) return { labels: [], counts: dates.map(() => []), pooled: 0 };
  const isWhole = keys.every(Number.isInteger);
  const step = niceStep((high - low) / MOST_BARS, isWhole);
  const first = Math.floor(low / step);
  const bins = Math.floor(high / step) - first + 1;
  const counts = dates.map(({ numbers }) => {
    const of = Array<number>(bins).fill(0);
    for (const [value, count] of numbers ?? []) {
      const at = Math.floor(value / step) - first;
      of[at] = (of[at] ?? 0) + count;
    }
    return of;
  });
  const edges = Array.from({ length: bins }, (_, at) => ({
    first: shortNumber((first + at) * step),
    last: shortNumber((first + at + 1) * step - (isWhole ? 1 : 0)),
  }));
  return withoutRareEnds(edges, counts, treatment);
}

function niceStep(least: number, isWhole: boolean): number {
  if (isWhole && least <= 1) return 1;
  if (!(least > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= least) ?? least;
  return isWhole ? Math.ceil(step) : step;
}

function shortNumber(value: number): string {
  return String(Number(value.toPrecision(6)));
}

interface Bin {
  readonly first: string;
  readonly last: string;
}

/** An end of the range that only few patients reach would show what they have: it joins the bar beside it. */
function withoutRareEnds(
  bins: readonly Bin[],
  counts: readonly (readonly number[])[],
  treatment: Treatment,
): Bars {
  const isRare = (from: number, to: number): boolean =>
    treatment !== "exact" && counts.every((each) => sum(each.slice(from, to)) <= RARE);
  if (bins.length > 0 && isRare(0, bins.length)) {
    return { labels: ["any value"], counts: counts.map((each) => [sum(each)]), pooled: 0 };
  }
  let [from, to] = [0, bins.length];
  while (from < to - 1 && isRare(0, from + 1)) from++;
  while (to > from + 1 && isRare(to - 1, bins.length)) to--;
  const labels = bins.slice(from, to).map(({ first, last }, at, kept) => {
    if (at === 0 && from > 0) return `to ${last}`;
    if (at === kept.length - 1 && to < bins.length) return `from ${first}`;
    return first === last ? first : `${first}–${last}`;
  });
  return {
    labels,
    counts: counts.map((each) => [
      ...(from > 0 ? [sum(each.slice(0, from + 1))] : each.slice(from, from + 1)),
      ...each.slice(from + 1, to - 1),
      ...(to > from + 1 ? [sum(each.slice(to - 1))] : []),
    ]),
    pooled: 0,
  };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, each) => all + each, 0);
}
