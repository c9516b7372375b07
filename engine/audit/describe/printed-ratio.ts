/** A printed value that says more than the numbers beside it. */
import { floatText } from "../../base/value-types.ts";
import type { PublishedTable } from "./published-table.ts";

/** The ratio of the true numbers is at most `reach` from `value`. */
export interface TrueRatio {
  readonly value: number;
  readonly reach: number;
}

/** Null where there is no value, or only the ratio of what the row shows. */
export function trueRatio(
  { measure, columns, values }: Pick<PublishedTable, "measure" | "columns" | "values">,
  at: number,
): TrueRatio | null {
  const text = values[at] ?? "";
  if (text === "" || !/^[0-9.e-]+$/.test(text)) return null;
  const { from, decimals } = measure.rule.value;
  const value = Number(text);
  const reach = decimals === null ? 0 : 0.5 * 10 ** -decimals + 1e-12;
  const below = measure.numerator === measure.denominator ? 0 : 1;
  const shown = (columns[0]?.numbers[at] ?? NaN) / (columns[below]?.numbers[at] ?? NaN);
  const isOfShown = text === floatText(shown) || Math.abs(shown - value) <= reach;
  return from === "shown" && isOfShown ? null : { value, reach };
}
