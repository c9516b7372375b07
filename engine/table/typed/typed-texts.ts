/** Groups from typed columns, with the texts they have in csv. */
import { growCodes } from "./grow-codes.ts";
import { cellText } from "./cell-text.ts";
import { MISSING_WORD } from "./typed-table.ts";
import type { TypedBlock, TypedValues } from "./typed-table.ts";

export interface TextReader {
  /** The codes of a block's rows in the dictionary. */
  read(block: TypedBlock, values: TypedValues): Uint32Array;
}

interface TextColumn {
  readonly file: string;
  readonly column: string;
  readonly texts: string[];
  readonly codeOfText: Map<string, number>;
  /** By number, day or code in the file; -1 = not seen. */
  readonly codeOfNumber: Map<number, number>;
  codeOfCode: Int32Array;
  codes: Uint32Array;
}

const NOT_SEEN = -1;

/**
 * Fills `texts` in order of first appearance: a text of the file's own list that no row has is not
 * among them. Missing is "", and the same as an empty text. Problems: those of `cellText`.
 */
export function textReader(file: string, column: string, texts: string[]): TextReader {
  const state: TextColumn = {
    ...{ file, column, texts },
    codeOfText: new Map(),
    codeOfNumber: new Map(),
    codeOfCode: new Int32Array(0),
    codes: new Uint32Array(0),
  };
  return {
    read: (block, values) => {
      if (state.codes.length < block.rows) state.codes = new Uint32Array(block.rows);
      if (values.kind === "word") codesOfWords(state, block, values);
      else codesOfNumbers(state, block, values);
      return state.codes;
    },
  };
}

function codesOfWords(
  state: TextColumn,
  block: TypedBlock,
  values: Extract<TypedValues, { kind: "word" }>,
): void {
  const { codes } = state;
  for (let row = 0; row < block.rows; row++) {
    // Missing is looked up at 0, the codes of the file behind it.
    const place = (values.codes[row] ?? MISSING_WORD) + 1;
    let code = state.codeOfCode[place] ?? NOT_SEEN;
    if (code === NOT_SEEN) {
      code = codeOfCell(state, block, values, row);
      state.codeOfCode = growCodes(state.codeOfCode, place + 1, NOT_SEEN);
      state.codeOfCode[place] = code;
    }
    codes[row] = code;
  }
}

function codesOfNumbers(state: TextColumn, block: TypedBlock, values: TypedValues): void {
  if (values.kind === "word") return;
  const { codes, codeOfNumber } = state;
  for (let row = 0; row < block.rows; row++) {
    const number = values.values[row] ?? NaN;
    // A Map takes -0 for 0, but csv shows the sign.
    const known = Object.is(number, -0) ? undefined : codeOfNumber.get(number);
    const code = known ?? codeOfCell(state, block, values, row);
    if (known === undefined && !Object.is(number, -0)) codeOfNumber.set(number, code);
    codes[row] = code;
  }
}

function codeOfCell(
  { file, column, texts, codeOfText }: TextColumn,
  block: TypedBlock,
  values: TypedValues,
  row: number,
): number {
  const text = cellText(values, row, () => ({ file, column, row: block.first + row }));
  const known = codeOfText.get(text);
  if (known !== undefined) return known;
  const code = texts.push(text) - 1;
  codeOfText.set(text, code);
  return code;
}
