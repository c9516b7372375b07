/** Groups from typed columns, with the texts they have in csv. */
import { mustBeLabel, mustFit } from "../csv/text-limits.ts";
import { cellText } from "./cell-text.ts";
import { NOT_SEEN, translated, translatedNumbers } from "./translated.ts";
import { MISSING_CODE } from "./typed-table.ts";
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
  /** By number or day. */
  readonly codeOfNumber: Map<number, number>;
  /** By whole number from 0 on; NOT_SEEN where there was none. */
  codeOfSmall: Int32Array;
  /** By code in the file plus one; NOT_SEEN where there was none. */
  codeOfValue: Int32Array;
  codes: Uint32Array;
  /** Characters of all texts together. */
  total: number;
}

/**
 * Fills `texts` in order of first appearance: a text of the file's own list that no row has is not
 * among them. Missing is "", and the same as an empty text. Problems: those of `cellText`,
 * text-too-long, too-much-text.
 */
export function textReader(file: string, column: string, texts: string[]): TextReader {
  const state: TextColumn = {
    ...{ file, column, texts },
    codeOfText: new Map(),
    codeOfNumber: new Map(),
    codeOfSmall: new Int32Array(0),
    codeOfValue: new Int32Array(0),
    codes: new Uint32Array(0),
    total: 0,
  };
  return {
    read: (block, values) => {
      if (state.codes.length < block.rows) state.codes = new Uint32Array(block.rows);
      if (values.kind === "coded") codesOfValues(state, block, values);
      else codesOfNumbers(state, block, values);
      return state.codes;
    },
  };
}

function codesOfValues(
  state: TextColumn,
  block: TypedBlock,
  values: Extract<TypedValues, { kind: "coded" }>,
): void {
  const { rows } = block;
  for (let row = 0; ; row++) {
    row = translated(values.codes, state.codeOfValue, state.codes, { row, rows });
    if (row === rows) return;
    const place = (values.codes[row] ?? MISSING_CODE) + 1;
    const code = codeOfCell(state, block, values, row);
    state.codeOfValue = growCodes(state.codeOfValue, place + 1, NOT_SEEN);
    state.codeOfValue[place] = code;
    state.codes[row] = code;
  }
}

/** Ages, practices and the like are looked up in a list, all other numbers in a map. */
const SMALL = 65_536;

function codesOfNumbers(
  state: TextColumn,
  block: TypedBlock,
  values: Exclude<TypedValues, { kind: "coded" }>,
): void {
  const { rows } = block;
  const whole = values.kind === "number" && values.of !== "float";
  for (let row = 0; ; row++) {
    if (whole)
      row = translatedNumbers(values.values, state.codeOfSmall, state.codes, { row, rows });
    if (row === rows) return;
    const number = values.values[row] ?? NaN;
    const isSmall = whole && number >= 0 && number < SMALL;
    const code = isSmall
      ? codeOfCell(state, block, values, row)
      : codeOfNumber(state, block, values, row);
    state.codes[row] = code;
    if (!isSmall) continue;
    state.codeOfSmall = growCodes(state.codeOfSmall, number + 1, NOT_SEEN);
    state.codeOfSmall[number] = code;
  }
}

function codeOfNumber(
  state: TextColumn,
  block: TypedBlock,
  values: Exclude<TypedValues, { kind: "coded" }>,
  row: number,
): number {
  const number = values.values[row] ?? NaN;
  // A Map takes -0 for 0, but csv shows the sign.
  if (Object.is(number, -0)) return codeOfCell(state, block, values, row);
  const known = state.codeOfNumber.get(number);
  if (known !== undefined) return known;
  const code = codeOfCell(state, block, values, row);
  state.codeOfNumber.set(number, code);
  return code;
}

function codeOfCell(
  state: TextColumn,
  block: TypedBlock,
  values: TypedValues,
  row: number,
): number {
  const { file, column, texts, codeOfText } = state;
  const place = () => ({ file, column, row: block.first + row });
  const text = cellText(values, row, place);
  const known = codeOfText.get(text);
  if (known !== undefined) return known;
  mustBeLabel(text, place);
  mustFit((state.total += text.length), place);
  const code = texts.push(text) - 1;
  codeOfText.set(text, code);
  return code;
}

/** The same codes in an array of at least that length; twice as long, so that growing is rare. */
function growCodes(codes: Int32Array, length: number, fill: number): Int32Array {
  if (length <= codes.length) return codes;
  const longer = new Int32Array(Math.max(length, 2 * codes.length, 256)).fill(fill, codes.length);
  longer.set(codes);
  return longer;
}
