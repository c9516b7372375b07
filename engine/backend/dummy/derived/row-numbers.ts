/** One number for each row, or one for all of them; what conditions compare and work out. */
import type { Arithmetic, Comparison } from "../../../definition/conditions/condition.ts";

export interface RowNumbers {
  readonly values: Uint8Array | Uint32Array | Float64Array;
  /** 1, or 0 where the first value is that of every row. */
  readonly step: 0 | 1;
  /** Whether a division drops the fraction. */
  readonly whole: boolean;
}

export function everywhere(value: number, whole: boolean): RowNumbers {
  return { values: Float64Array.of(value), step: 0, whole };
}

/** For less, equal and greater: 1 where the comparison holds. */
const holds: { readonly [C in Comparison]: readonly [number, number, number] } = {
  "=": [0, 1, 0],
  "!=": [1, 0, 1],
  "<": [1, 0, 0],
  "<=": [1, 1, 0],
  ">": [0, 0, 1],
  ">=": [0, 1, 1],
};

/** 1 for those rows of `among` in which the comparison holds. */
export function comparedRows(
  left: RowNumbers,
  operator: Comparison,
  right: RowNumbers,
  among: Uint8Array,
): Uint8Array {
  const [less, equal, greater] = holds[operator];
  const rows = new Uint8Array(among.length);
  for (let row = 0; row < rows.length; row++) {
    const a = left.values[row * left.step] ?? 0;
    const b = right.values[row * right.step] ?? 0;
    rows[row] = (among[row] ?? 0) & (a < b ? less : a > b ? greater : equal);
  }
  return rows;
}

/** Null where a row of `among` is divided by zero. */
export function calculatedRows(
  left: RowNumbers,
  operator: Arithmetic,
  right: RowNumbers,
  among: Uint8Array,
): RowNumbers | null {
  const step = left.step === 0 && right.step === 0 ? 0 : 1;
  const whole = left.whole && right.whole;
  const values = new Float64Array(step === 0 ? 1 : among.length);
  const calculate = calculators[operator];
  for (let row = 0; row < values.length; row++) {
    values[row] = calculate(left.values[row * left.step] ?? 0, right.values[row * right.step] ?? 0);
    if (whole && operator === "/") values[row] = Math.trunc(values[row] ?? 0);
  }
  if (operator === "/" && dividesByZero(right, among)) return null;
  return { values, step, whole };
}

const calculators: { readonly [A in Arithmetic]: (a: number, b: number) => number } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

function dividesByZero({ values, step }: RowNumbers, among: Uint8Array): boolean {
  return among.some((asked, row) => asked === 1 && values[row * step] === 0);
}
