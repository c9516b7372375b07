/** The unit in which rates are drawn and written. */
import type { RateUnit } from "../base/rate-units.ts";
import { groupedDigits } from "../base/shown-numbers.ts";

export const factors: Readonly<Record<RateUnit, number>> = {
  "per-1000": 1000,
  "per-100000": 100_000,
  percent: 100,
};

/** "per 1,000 population", "% of population". */
export function rateWords(unit: RateUnit, denominator: string): string {
  if (unit === "percent") return `% of ${denominator}`;
  return `per ${groupedDigits(factors[unit])} ${denominator}`;
}

/** With three digits that count, or whole: what an axis and a sentence need. */
export function rateText(rate: number): string {
  if (rate === 0) return "0";
  const size = Math.abs(rate);
  if (size >= 99.95) return signed(rate, groupedDigits(Math.round(size)));
  return rate.toFixed(size >= 9.995 ? 1 : 2);
}

function signed(rate: number, digits: string): string {
  return rate < 0 ? `-${digits}` : digits;
}
