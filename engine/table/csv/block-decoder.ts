/** The second pass over a block of indexed rows: every wanted column, each in its own loop. */
import type { CohortBlock, WantedColumns } from "../cohort-reader.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { FieldOf } from "./csv-header.ts";
import { readLabelColumn } from "./label-column.ts";
import { readNumberColumn } from "./number-column.ts";
import type { NumberColumn } from "./number-column.ts";
import type { RowIndex } from "./row-index.ts";
import { readTextColumn } from "./text-column.ts";
import { textDictionary } from "./text-dictionary.ts";

export interface DecoderPlan {
  readonly wanted: WantedColumns;
  readonly fieldOf: FieldOf;
  /** One per wanted text, filled while decoding. */
  readonly dictionaries: readonly string[][];
  /** The most rows of a block. */
  readonly rows: number;
}

type Decode = (window: ByteWindow, index: RowIndex) => void;

/** Gives a function that decodes blocks into arrays which it uses again for every block. */
export function blockDecoder(plan: DecoderPlan): (w: ByteWindow, index: RowIndex) => CohortBlock {
  const numbers = plan.wanted.numbers.map((name) => numberColumn(plan, name));
  const texts = plan.wanted.texts.map((name, at) => textDecoder(plan, numbers, at, name));
  const columns = {
    numbers: numbers.map(({ values }) => values),
    codes: texts.map(({ codes }) => codes),
  };
  return (window, index) => {
    for (const column of numbers) readNumberColumn(window, index, column);
    for (const { decode } of texts) decode(window, index);
    return { rows: index.rows, ...columns };
  };
}

function numberColumn({ fieldOf, rows }: DecoderPlan, name: string): NumberColumn {
  return { name, field: fieldOf(name), values: new Float64Array(rows) };
}

/** A column wanted as both is decoded as a number once, and its label taken from that. */
function textDecoder(
  plan: DecoderPlan,
  numbers: readonly NumberColumn[],
  at: number,
  name: string,
): { codes: Uint32Array; decode: Decode } {
  const codes = new Uint32Array(plan.rows);
  const texts = plan.dictionaries[at] ?? [];
  const number = numbers.find((column) => column.name === name);
  if (number !== undefined) {
    const labels = { numbers: number.values, codes, texts, codeOfNumber: new Map() };
    return { codes, decode: (_, index) => readLabelColumn(labels, index.rows) };
  }
  const column = { name, field: plan.fieldOf(name), codes, dictionary: textDictionary(texts) };
  return { codes, decode: (window, index) => readTextColumn(window, index, column) };
}
