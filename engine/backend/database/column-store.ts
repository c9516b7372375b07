/** Values of a cohort's columns as they come from the database, kept where they belong. */
import { unreachable } from "../../base/problems.ts";
import type { BatchColumn, CohortColumn, ColumnValues } from "../../table/cohort-schema.ts";
import type { ColumnChunk } from "./session.ts";

/** How the texts of a column come, and go. */
export interface Wording {
  /** Texts come as numbers of these words; null where they come as they are. */
  readonly numbered: readonly string[] | null;
  readonly tidy: ((word: string) => string) | null;
}

export interface WordTable {
  readonly words: readonly string[];
  /** Null where the database has numbered them already. */
  readonly codeOf: ((word: string) => number) | null;
}

/** Words that are tidied to the same text share its code. */
export function wordTable({ numbered, tidy: tidied }: Wording): WordTable {
  if (numbered !== null) return { words: numbered, codeOf: null };
  const words: string[] = [];
  const codes = new Map<string, number>();
  const tidyCodes = new Map<string, number>();
  const codeOf = (word: string): number => {
    const known = codes.get(word);
    if (known !== undefined) return known;
    const shown = tidied === null ? word : tidied(word);
    const code = tidyCodes.get(shown) ?? words.push(shown) - 1;
    tidyCodes.set(shown, code);
    codes.set(word, code);
    return code;
  };
  return { words, codeOf };
}

export function emptyColumn({ type }: CohortColumn, rows: number, table: WordTable): ColumnValues {
  switch (type) {
    case "bool":
      return { type, values: new Uint8Array(rows) };
    case "int":
    case "float":
      return { type, values: new Float64Array(rows) };
    case "date":
      return { type, values: new Int32Array(rows) };
    case "str":
      return { type, codes: new Uint32Array(rows), values: table.words };
    default:
      return unreachable(type);
  }
}

export type PatientIds = Float64Array | BigInt64Array;

/** Whole numbers of 64 bits, from whatever the database gives for them. */
export function longsOf(values: readonly unknown[]): BigInt64Array {
  return BigInt64Array.from(values, (value) => BigInt(String(value)));
}

/** As the first column of a batch. */
export function idColumn(values: PatientIds): BatchColumn {
  return values instanceof BigInt64Array ? { type: "long", values } : { type: "int", values };
}

export type Cells = Uint8Array | Uint32Array | Int32Array | Float64Array;

export function cellsOf(column: ColumnValues): Cells {
  return column.type === "str" ? column.codes : column.values;
}

/** The column's values of a piece; texts as codes. */
export function chunkCells(
  column: ColumnValues,
  { chunk, place }: { readonly chunk: ColumnChunk; readonly place: number },
  table: WordTable,
): Cells {
  switch (column.type) {
    case "bool":
      return chunk.raw(place, Uint8Array);
    case "int":
    case "float":
      return chunk.raw(place, Float64Array);
    case "date":
      return chunk.raw(place, Int32Array);
    case "str": {
      const { codeOf } = table;
      if (codeOf === null) return chunk.raw(place, Uint32Array);
      const texts = chunk.values(place);
      const codes = new Uint32Array(texts.length);
      // Uint32Array.from with a function takes three times as long.
      for (let i = 0; i < codes.length; i++) codes[i] = codeOf(String(texts[i]));
      return codes;
    }
    default:
      return unreachable(column);
  }
}

/** The first rows of a column. */
export function firstRows(column: ColumnValues, rows: number): ColumnValues {
  switch (column.type) {
    case "bool":
      return { type: column.type, values: column.values.subarray(0, rows) };
    case "int":
    case "float":
      return { type: column.type, values: column.values.subarray(0, rows) };
    case "date":
      return { type: column.type, values: column.values.subarray(0, rows) };
    case "str":
      return { ...column, codes: column.codes.subarray(0, rows) };
    default:
      return unreachable(column);
  }
}
