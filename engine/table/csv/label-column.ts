/** Labels for a column that is wanted both as numbers and as texts. */
import { floatText } from "../../base/value-types.ts";

export interface LabelColumn {
  readonly numbers: Float64Array;
  readonly codes: Uint32Array;
  readonly texts: string[];
  readonly codeOfNumber: Map<number, number>;
}

/**
 * Fills `codes` of the rows from `first` to before `end` with the text of each number: `1.0` for `1`
 *.
 */
export function readLabelColumn(column: LabelColumn, first: number, end: number): void {
  const { numbers, codes, texts, codeOfNumber } = column;
  for (let row = first; row < end; row++) {
    const number = numbers[row] ?? 0;
    let code = codeOfNumber.get(number);
    if (code === undefined) {
      // A Map takes -0 for 0, so both have the label of 0, whichever comes first.
      code = texts.push(floatText(number === 0 ? 0 : number)) - 1;
      codeOfNumber.set(number, code);
    }
    codes[row] = code;
  }
}
