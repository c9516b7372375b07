/** Stripes of a Stata file made into blocks: every wanted column in a loop of its own. */
import type { CohortBlock } from "../cohort-reader.ts";
import { readLabelColumn } from "../csv/label-column.ts";
import { mustBeLabel } from "../csv/text-limits.ts";
import type { DtaColumn } from "./dta-header.ts";
import { STRIPE_ROWS } from "./dta-stripes.ts";
import type { DtaStripe } from "./dta-stripes.ts";
import { numberFiller } from "./number-values.ts";
import { codeFiller } from "./text-codes.ts";
import type { DtaDecoding } from "./text-codes.ts";
import type { FoundColumns } from "./wanted-dta-columns.ts";

interface ColumnFiller<Values> {
  readonly values: Values;
  readonly fill: (stripe: DtaStripe) => void;
}

/** Arrays are used again for the next stripe. `dictionaries` are those of the wanted texts. */
export function blockDecoder(
  decoding: DtaDecoding,
  columns: FoundColumns,
  dictionaries: readonly string[][],
): (stripe: DtaStripe) => CohortBlock {
  const numbers = columns.numbers.map((column) => numbersOf(decoding, column));
  const codes = columns.texts.map((column, at) => {
    const texts = dictionaries[at] ?? [];
    const asNumber = numbers[columns.numbers.indexOf(column)];
    return asNumber === undefined
      ? codesOf(decoding, column, texts)
      : labelsOf(asNumber.values, texts);
  });
  const arrays = {
    numbers: numbers.map(({ values }) => values),
    codes: codes.map(({ values }) => values),
  };
  return (stripe) => {
    // Numbers first: labels are made of them.
    for (const { fill } of [...numbers, ...codes]) fill(stripe);
    return { rows: stripe.rows, ...arrays };
  };
}

function numbersOf(decoding: DtaDecoding, column: DtaColumn): ColumnFiller<Float64Array> {
  const values = new Float64Array(STRIPE_ROWS);
  const fill = numberFiller(decoding, column);
  return {
    values,
    fill: (stripe) => {
      fill(stripe, values);
    },
  };
}

function codesOf(
  decoding: DtaDecoding,
  column: DtaColumn,
  texts: string[],
): ColumnFiller<Uint32Array> {
  const values = new Uint32Array(STRIPE_ROWS);
  const fill = codeFiller(decoding, column, texts);
  return {
    values,
    fill: (stripe) => {
      const known = texts.length;
      fill(stripe, values);
      for (let code = known; code < texts.length; code++) {
        const row = stripe.firstRow + values.indexOf(code);
        mustBeLabel(texts[code] ?? "", () => ({ file: decoding.file, row, column: column.name }));
      }
    },
  };
}

/** A column wanted as both is decoded as a number once, and its label taken from that. */
function labelsOf(numbers: Float64Array, texts: string[]): ColumnFiller<Uint32Array> {
  const values = new Uint32Array(STRIPE_ROWS);
  const labels = { numbers, codes: values, texts, codeOfNumber: new Map<number, number>() };
  return {
    values,
    fill: ({ rows }) => {
      readLabelColumn(labels, 0, rows);
    },
  };
}
