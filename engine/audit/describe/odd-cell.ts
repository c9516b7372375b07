/** Cells that the rules of a measure cannot have printed. */
import { floatText } from "../../base/value-types.ts";
import { domainOfPrinted } from "./printed-number.ts";
import type { PublishedTable } from "./published-table.ts";

export interface OddCell {
  /** From 1 below the header. */
  readonly row: number;
  readonly column: string;
}

/**
 * The first number that is small where small ones are hidden or is not rounded as it must be, and the first value
 * that is not the ratio of the numbers beside it. Null where all are as they could be.
 */
export function oddCell(table: PublishedTable): OddCell | null {
  const { columns, values, rows, measure } = table;
  const below = measure.numerator === measure.denominator ? 0 : 1;
  const { rounding, threshold } = measure.rule;
  for (const [at, row] of rows.entries()) {
    for (const { name, numbers, hasThreshold } of columns) {
      const printed = numbers[at] ?? null;
      if (printed === null) {
        if (!hasThreshold || threshold === null) return { row, column: name };
        continue;
      }
      const isRounded = rounding.kind !== "multiple" || printed % rounding.of === 0;
      const isMiddle = rounding.kind !== "midpoint6" || printed === 0 || printed % 6 === 3;
      const limit = hasThreshold ? threshold : null;
      const { lo, hi } = domainOfPrinted(printed, measure.rule, limit, "rules");
      if (!isRounded || !isMiddle || lo > hi) return { row, column: name };
    }
    const [n, d] = [columns[0]?.numbers[at] ?? NaN, columns[below]?.numbers[at] ?? NaN];
    if (values[at] !== floatText(n / d)) return { row, column: "value" };
  }
  return null;
}
