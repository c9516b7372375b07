/** A column of a Stata file as texts, each a code in the column's list of distinct texts. */
import { fail } from "../problems.ts";
import type { CsvFile } from "../csv/byte-source.ts";
import { addText, codeOf, textDictionary } from "../csv/text-dictionary.ts";
import { mustFit } from "../csv/text-limits.ts";
import { meaningOf, textOfNumber } from "./cell-meaning.ts";
import { failForDamage, textOf } from "./dta-cursor.ts";
import type { DtaColumn, DtaHeader } from "./dta-header.ts";
import type { DtaStripe } from "./dta-stripes.ts";
import { longTextsFor } from "./long-texts.ts";
import type { LongTexts } from "./long-texts.ts";
import { cellNumber } from "./number-cells.ts";
import type { CellNumber } from "./number-cells.ts";
import { valueLabelsFor } from "./value-labels.ts";
import type { ValueLabels } from "./value-labels.ts";

export interface DtaDecoding {
  readonly file: string;
  readonly header: DtaHeader;
  /** Null where no wanted column has long texts. */
  readonly longTexts: LongTexts | null;
  readonly valueLabels: ValueLabels;
}

/** What must be known before the rows, though it stands behind them. */
export async function dtaDecoding(
  csv: CsvFile,
  header: DtaHeader,
  columns: readonly DtaColumn[],
): Promise<DtaDecoding> {
  const longTexts = await longTextsFor(csv, columns);
  const valueLabels = await valueLabelsFor(csv, columns);
  return { file: csv.file, header, longTexts, valueLabels };
}

/** Fills as many codes as the stripe has rows; texts are those that csv would have. */
export type FillCodes = (stripe: DtaStripe, codes: Uint32Array) => void;

/**
 * New texts are put behind `texts`, which must start empty. A missing value is "", a number with a
 * value label is that label. Problems while
 * filling: not-utf8-text, stata-not-a-date, broken-stata-file.
 */
export function codeFiller(decoding: DtaDecoding, column: DtaColumn, texts: string[]): FillCodes {
  switch (column.type.kind) {
    case "str":
      return shortTextFiller(decoding, column, texts);
    case "strL":
      return longTextFiller(decoding, column, texts);
    case "byte":
    case "int":
    case "long":
    case "float":
    case "double":
      return numberTextFiller(decoding, column, texts);
  }
}

function shortTextFiller(decoding: DtaDecoding, column: DtaColumn, texts: string[]): FillCodes {
  const { file, header } = decoding;
  const dictionary = textDictionary(texts);
  const width = column.type.bytes;
  return ({ bytes, view, at, stride, rows, firstRow }, codes) => {
    dictionary.input = view;
    for (let row = 0, start = at + column.offset; row < rows; row++, start += stride) {
      let end = start;
      while (end < start + width && bytes[end] !== 0) end++;
      let code = codeOf(dictionary, start, end);
      if (code < 0) {
        const place = () => ({ file, row: firstRow + row, column: column.name });
        mustFit(dictionary.total, place);
        const text = textOf(header.layout, bytes.subarray(start, end), place);
        code = addText(dictionary, text, start, end);
      }
      codes[row] = code;
    }
  };
}

function longTextFiller(decoding: DtaDecoding, column: DtaColumn, texts: string[]): FillCodes {
  const { file, longTexts } = decoding;
  if (longTexts === null) throw new Error("long texts are read before the rows");
  /** By place among all long texts, which are not all of this column. */
  const ownCodes = new Map<number, number>();
  return ({ bytes, at, stride, rows, firstRow }, codes) => {
    for (let row = 0, start = at + column.offset; row < rows; row++, start += stride) {
      const found = longTexts.find(bytes.subarray(start, start + 8));
      if (found === undefined) {
        const cell = `${JSON.stringify(column.name)}, row ${firstRow + row}`;
        return failForDamage({ file }, `the long text of ${cell} is not there`);
      }
      let code = ownCodes.get(found);
      if (code === undefined) {
        code = texts.push(longTexts.texts[found] ?? "") - 1;
        ownCodes.set(found, code);
      }
      codes[row] = code;
    }
  };
}

function numberTextFiller(decoding: DtaDecoding, column: DtaColumn, texts: string[]): FillCodes {
  const { file, header } = decoding;
  const number = cellNumber(column.type, header.littleEndian) ?? neverText;
  const meaning = meaningOf(column);
  if (meaning === null) throw new Error("columns of other dates are refused before");
  const labels = decoding.valueLabels.get(column.valueLabels);
  const codeOfText = textNumbers(texts);
  const codeOfNumber = new Map<number, number>();
  const newCode = (value: number, row: number): number => {
    const label = labels?.get(value);
    const text = Number.isNaN(value) ? "" : (label ?? textOfNumber(meaning, value));
    if (text === null) return fail("stata-not-a-date", { file, row, column: column.name });
    const code = codeOfText(text);
    if (!Object.is(value, -0)) codeOfNumber.set(value, code);
    return code;
  };
  return ({ view, at, stride, rows, firstRow }, codes) => {
    for (let row = 0, start = at + column.offset; row < rows; row++, start += stride) {
      const value = number(view, start);
      // A Map takes -0 for 0, which prints differently.
      const known = Object.is(value, -0) ? undefined : codeOfNumber.get(value);
      codes[row] = known ?? newCode(value, firstRow + row);
    }
  };
}

const neverText: CellNumber = () => {
  throw new Error("a column of texts has no numbers");
};

/** Gives each distinct text its code. */
function textNumbers(texts: string[]): (text: string) => number {
  const codes = new Map<string, number>();
  return (text) => {
    const known = codes.get(text);
    if (known !== undefined) return known;
    const code = texts.push(text) - 1;
    codes.set(text, code);
    return code;
  };
}
