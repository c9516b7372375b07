/** A column of a Stata file as numbers: those that csv would have in the same cells. */
import { fail } from "../problems.ts";
import { isTooLargeWhole, numberOfText } from "../csv/number-of-text.ts";
import { meaningOf } from "./cell-meaning.ts";
import type { DtaColumn } from "./dta-header.ts";
import { STRIPE_ROWS } from "./dta-stripes.ts";
import type { DtaStripe } from "./dta-stripes.ts";
import { cellNumber } from "./number-cells.ts";
import type { CellNumber } from "./number-cells.ts";
import { codeFiller } from "./text-codes.ts";
import type { DtaDecoding } from "./text-codes.ts";

/** Fills as many numbers as the stripe has rows. */
export type FillNumbers = (stripe: DtaStripe, values: Float64Array) => void;

/**
 * A text that is a number counts as one, as it does in csv. Problems while filling: not-a-number, for a
 * missing value, a date and an empty text too; number-too-large for a text of a whole number beyond 2^53.
 * Stata has no other whole numbers so large: what is stored as a double counts as one.
 */
export function numberFiller(decoding: DtaDecoding, column: DtaColumn): FillNumbers {
  const number = cellNumber(column.type, decoding.header.littleEndian);
  const meaning = meaningOf(column);
  const plain = meaning?.kind === "whole" || meaning?.kind === "float";
  return number !== null && plain
    ? plainFiller(decoding.file, column, number)
    : textFiller(decoding, column);
}

function plainFiller(file: string, { name, offset }: DtaColumn, number: CellNumber): FillNumbers {
  return ({ view, at, stride, rows, firstRow }, values) => {
    for (let row = 0, start = at + offset; row < rows; row++, start += stride) {
      const value = number(view, start);
      if (!Number.isFinite(value))
        fail("not-a-number", { file, row: firstRow + row, column: name });
      values[row] = value;
    }
  };
}

function textFiller(decoding: DtaDecoding, column: DtaColumn): FillNumbers {
  const texts: string[] = [];
  const numbers: number[] = [];
  const tooLarge = new Set<number>();
  const codes = new Uint32Array(STRIPE_ROWS);
  const fill = codeFiller(decoding, column, texts);
  return (stripe, values) => {
    fill(stripe, codes);
    for (let code = numbers.length; code < texts.length; code++) {
      const text = texts[code] ?? "";
      if (isTooLargeWhole(text)) tooLarge.add(code);
      numbers.push(tooLarge.has(code) ? NaN : numberOfText(text));
    }
    for (let row = 0; row < stripe.rows; row++) {
      const code = codes[row] ?? 0;
      const value = numbers[code] ?? NaN;
      if (Number.isNaN(value)) {
        const place = { file: decoding.file, row: stripe.firstRow + row, column: column.name };
        fail(tooLarge.has(code) ? "number-too-large" : "not-a-number", place);
      }
      values[row] = value;
    }
  };
}
