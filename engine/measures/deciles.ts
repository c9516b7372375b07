/** Percentiles of a measure's values at each date: what a decile chart and its table show. */
import type { IsoDate } from "../base/dates.ts";
import { byCodePoint } from "../base/value-types.ts";
import type { MeasureRow } from "./read-measure.ts";

/** 10 % to 90 %. */
export const deciles: readonly number[] = [10, 20, 30, 40, 50, 60, 70, 80, 90];

const lowest = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** Of the lowest and of the highest tenth: 1 % to 9 %, and 91 % to 99 %. */
export const outerPercentiles: readonly number[] = [...lowest, ...lowest.map((each) => 90 + each)];

/** Fewer values than this at a date are no distribution: their deciles come close to single values. */
export const FEWEST_VALUES = 10;

export interface Deciles {
  readonly date: IsoDate;
  /** Labels of the group columns behind the first, if the measure has two or more. */
  readonly groups: readonly string[];
  /** Values that the percentiles are of. */
  readonly values: number;
  /** Rows left out because their value is hidden. */
  readonly hidden: number;
  /** Rows left out because their denominator is 0. */
  readonly withoutDenominator: number;
  /** In ascending order; the value is null where no row has one. */
  readonly percentiles: readonly { readonly percentile: number; readonly value: number | null }[];
}

/**
 * By date, then by the labels of the further group columns. The first group column is what the values are spread
 * over (practices), each further one (sex) has deciles of its own. Rows without a date, as in a file of one
 * date by another name, are a bug.
 */
export async function decilesOf(
  rows: AsyncIterable<MeasureRow> | Iterable<MeasureRow>,
  { outer }: { readonly outer: boolean },
): Promise<readonly Deciles[]> {
  const gathered = new Map<string, Gathered>();
  for await (const row of rows) gather(gathered, row);
  return [...gathered.entries()]
    .sort(([a], [b]) => byCodePoint(a, b))
    .map(([, { values, ...facts }]) => ({
      ...facts,
      values: values.length,
      percentiles: percentilesOf(values, { outer }),
    }));
}

const everyPercentile = [...deciles, ...outerPercentiles].sort((a, b) => a - b);

export function percentilesOf(
  values: readonly number[],
  { outer }: { readonly outer: boolean },
): Deciles["percentiles"] {
  const sorted = Float64Array.from(values).sort();
  return (outer ? everyPercentile : deciles).map((percentile) => ({
    percentile,
    value: percentileOf(sorted, percentile),
  }));
}

interface Gathered {
  readonly date: IsoDate;
  readonly groups: readonly string[];
  readonly values: number[];
  hidden: number;
  withoutDenominator: number;
}

function gather(gathered: Map<string, Gathered>, { date, ...row }: MeasureRow): void {
  if (date === null) throw new Error("a row of a measure without a date has no place in time");
  const groups = row.groups.slice(1);
  const key = groups.length === 0 ? date : JSON.stringify([date, ...groups]);
  const held = gathered.get(key) ?? { date, groups, values: [], hidden: 0, withoutDenominator: 0 };
  gathered.set(key, held);
  if (row.denominator === 0) held.withoutDenominator++;
  else if (row.value === null) held.hidden++;
  else held.values.push(row.value);
}

/**
 * The value below which so many per cent of the ascending values lie, on a straight line between the two around
 * place (n - 1) × percent / 100; null where there are none. As numpy and pandas do by default.
 */
export function percentileOf(ascending: Float64Array, percent: number): number | null {
  const place = (ascending.length - 1) * percent;
  const lower = Math.floor(place / 100);
  const value = ascending[lower];
  if (value === undefined) return null;
  // Whole numbers until here, so that a place meant to be whole is: 0.1 × 3 × 10 is not.
  const fraction = (place % 100) / 100;
  return value + ((ascending[lower + 1] ?? value) - value) * fraction;
}
