/** Numerators and denominators from typed columns, with the meaning they have in csv. */
import { unreachable } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import { isTooLargeWhole, numberOfText } from "../csv/number-of-text.ts";
import { NOT_LISTED } from "../cohort-reader.ts";
import { cellText } from "./cell-text.ts";
import { MISSING_CODE } from "./typed-table.ts";
import type { TypedBlock, TypedValues } from "./typed-table.ts";

export interface NumberReader {
  /** The numbers of a block's rows. */
  read(block: TypedBlock, values: TypedValues): Float64Array;
}

interface NumberColumn {
  readonly file: string;
  readonly column: string;
  /** Number of each distinct text or day; NaN for one that is no number. */
  readonly known: Map<number, number>;
  numbers: Float64Array;
}

/**
 * A number in every row, as csv demands. Problems: not-a-number, also where missing or infinite;
 * number-too-large beyond 2^53.
 */
export function numberReader(file: string, column: string): NumberReader {
  const state: NumberColumn = { file, column, known: new Map(), numbers: new Float64Array(0) };
  return {
    read: (block, values) => {
      switch (values.kind) {
        case "number":
          if (values.of === "float") mustBeFinite(state, block, values.values);
          // Flags of which the ones are listed are all there.
          else if ((values.nonZero?.count ?? NOT_LISTED) === NOT_LISTED)
            mustBeExact(state, block, values.values);
          return values.values;
        case "day":
        case "coded":
          return numbersOfTexts(state, block, values);
        default:
          return unreachable(values);
      }
    },
  };
}

function mustBeFinite(state: NumberColumn, { rows, first }: TypedBlock, values: Float64Array) {
  const row = firstBeyond(values, rows, Number.MAX_VALUE);
  if (row < rows) fail("not-a-number", placeIn(state, first + row));
}

function mustBeExact(state: NumberColumn, { rows, first }: TypedBlock, values: Float64Array) {
  const row = firstBeyond(values, rows, Number.MAX_SAFE_INTEGER);
  if (row === rows) return;
  const problem = Number.isNaN(values[row]) ? "not-a-number" : "number-too-large";
  fail(problem, placeIn(state, first + row));
}

/** The first row whose number is missing or larger than `most`, or the number of rows. */
function firstBeyond(values: Float64Array, rows: number, most: number): number {
  for (let row = 0; row < rows; row++) if (!(Math.abs(values[row] ?? NaN) <= most)) return row;
  return rows;
}

/** Texts such as `12`, and years, are numbers in csv. */
function numbersOfTexts(
  state: NumberColumn,
  { rows, first }: TypedBlock,
  values: Exclude<TypedValues, { kind: "number" }>,
): Float64Array {
  if (state.numbers.length < rows) state.numbers = new Float64Array(rows);
  const { numbers, known } = state;
  const keys = values.kind === "day" ? values.values : values.codes;
  for (let row = 0; row < rows; row++) {
    const key = keys[row] ?? MISSING_CODE;
    let number = known.get(key);
    if (number === undefined) {
      const text = cellText(values, row, () => placeIn(state, first + row));
      if (isTooLargeWhole(text)) fail("number-too-large", placeIn(state, first + row));
      number = numberOfText(text);
      known.set(key, number);
    }
    if (Number.isNaN(number)) fail("not-a-number", placeIn(state, first + row));
    numbers[row] = number;
  }
  return numbers;
}

function placeIn({ file, column }: NumberColumn, row: number) {
  return { file, row, column };
}
