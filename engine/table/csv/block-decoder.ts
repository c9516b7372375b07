/** Rows of a window made into a block: every wanted column, each in its own loop. */
import type { CohortBlock, WantedColumns } from "../cohort-reader.ts";
import type { ByteWindow } from "./byte-window.ts";
import type { FieldOf } from "./csv-header.ts";
import { readLabelColumn } from "./label-column.ts";
import { readNumberColumn } from "./number-column.ts";
import type { NumberColumn } from "./number-column.ts";
import { indexRows } from "./row-index.ts";
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

/** Gives the next rows of the window, none if it holds no whole row; arrays are used again. */
export type NextBlock = (window: ByteWindow, index: RowIndex) => CohortBlock;

interface TextDecoder {
  readonly codes: Uint32Array;
  readonly decode: (window: ByteWindow, index: RowIndex, first: number) => void;
}

export function blockDecoder(plan: DecoderPlan): NextBlock {
  const numbers = plan.wanted.numbers.map((name) => numberColumn(plan, name));
  const texts = plan.wanted.texts.map((name, at) => textDecoder(plan, numbers, at, name));
  const columns = {
    numbers: numbers.map(({ values }) => values),
    codes: texts.map(({ codes }) => codes),
  };
  return (window, index) => {
    let rows = 0;
    while (rows + index.numbers.length <= plan.rows) {
      indexRows(window, index);
      if (index.rows === 0) break;
      for (const column of numbers) readNumberColumn(window, index, column, rows);
      for (const { decode } of texts) decode(window, index, rows);
      rows += index.rows;
    }
    return { rows, ...columns };
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
): TextDecoder {
  const codes = new Uint32Array(plan.rows);
  const texts = plan.dictionaries[at] ?? [];
  const number = numbers.find((column) => column.name === name);
  if (number !== undefined) {
    const labels = { numbers: number.values, codes, texts, codeOfNumber: new Map() };
    return {
      codes,
      decode: (_, index, first) => {
        readLabelColumn(labels, first, first + index.rows);
      },
    };
  }
  const column = { name, field: plan.fieldOf(name), codes, dictionary: textDictionary(texts) };
  return {
    codes,
    decode: (window, index, first) => {
      readTextColumn(window, index, column, first);
    },
  };
}
