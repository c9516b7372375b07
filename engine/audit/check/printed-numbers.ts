/** What files print of the numbers of layouts, exactly as they are: whoever has the files need not be told it. */
import { sizeOf } from "./layout.ts";
import type { Layout } from "./layout.ts";
import type { Printed } from "./places.ts";

/** Of each layout; NaN where a number is hidden, rounded or not printed. */
export function printedNumbers(
  printed: readonly Printed[],
  layouts: readonly Layout[],
): readonly Float64Array[] {
  const all = layouts.map((layout) => new Float64Array(sizeOf(layout)).fill(NaN));
  for (const { table, layouts: own, rows } of printed) {
    const { rounding, as } = table.measure.rule;
    if (rounding.kind !== "none") continue;
    for (const [at, { numbers }] of table.columns.entries()) {
      const into = all[own[at] ?? -1];
      if (into === undefined) continue;
      for (const [row, places] of rows.entries()) {
        const [place = -1] = places;
        const number = numbers[row] ?? null;
        const isExact = number !== null && places.length === 1 && !(as === "zero" && number === 0);
        if (isExact) into[place] = number;
      }
    }
  }
  return all;
}
