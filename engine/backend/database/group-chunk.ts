/** A piece of the groups that a database counted, column by column. */
import type { Grouping } from "../../sql/groups-statement.ts";
import type { CohortColumn, ColumnValues } from "../../table/cohort-schema.ts";
import { chunkCells, emptyColumn, wordTable } from "./column-store.ts";
import type { Cells, WordTable, Wording } from "./column-store.ts";
import type { ColumnChunk } from "./session.ts";

export interface KeyColumn {
  readonly name: string;
  readonly type: CohortColumn["type"];
  /** As it comes: a date as its text, a number with a fraction as one too. */
  readonly sent: ColumnValues;
  readonly table: WordTable;
}

export interface KeyColumns {
  readonly schema: ReadonlyMap<string, CohortColumn>;
  readonly wording: (name: string) => Wording;
}

export function keyColumn(name: string, { schema, wording }: KeyColumns): KeyColumn {
  const known = schema.get(name)?.type ?? "str";
  const type = known === "date" ? "str" : known;
  const table = wordTable(wording(name));
  const sent = emptyColumn({ name, type: type === "float" ? "str" : type }, 0, table);
  return { name, type, sent, table };
}

export interface GroupChunk {
  readonly rows: number;
  /** `groupingId` of each row. */
  readonly way: Float64Array;
  readonly patients: Float64Array;
  /** Different patients. */
  readonly ids: Float64Array;
  readonly keys: readonly Cells[];
  readonly sums: readonly Float64Array[];
  /** The largest size of each number. */
  readonly sizes: readonly Float64Array[];
}

export function groupChunk(
  chunk: ColumnChunk,
  { numbers, countsIds }: Grouping,
  keys: readonly KeyColumn[],
): GroupChunk {
  const numbersFrom = (place: number): Float64Array => chunk.raw(place, Float64Array);
  const firstKey = countsIds ? 3 : 2;
  const firstNumber = firstKey + keys.length;
  const patients = numbersFrom(1);
  return {
    rows: chunk.rows,
    way: numbersFrom(0),
    patients,
    ids: countsIds ? numbersFrom(2) : patients,
    keys: keys.map(({ sent, table }, at) =>
      chunkCells(sent, { chunk, place: firstKey + at }, table),
    ),
    sums: numbers.map((_, at) => numbersFrom(firstNumber + 2 * at)),
    sizes: numbers.map((_, at) => numbersFrom(firstNumber + 2 * at + 1)),
  };
}

/** The values of a key, by the cells that came for it. */
export function keyValues(
  { type, sent }: KeyColumn,
  cells: readonly number[],
): Exclude<ColumnValues, { type: "date" }> {
  if (sent.type !== "str") {
    return type === "bool"
      ? { type, values: Uint8Array.from(cells) }
      : { type: "int", values: Float64Array.from(cells) };
  }
  if (type !== "float") return { ...sent, codes: Uint32Array.from(cells) };
  const values = sent.values.map(numberIn);
  return { type, values: Float64Array.from(cells, (code) => values[code] ?? 0) };
}

/** Databases write what is no number or without end in their own ways. */
function numberIn(text: string): number {
  const [, sign = "", word = ""] = /^(-?)(inf|nan)/i.exec(text) ?? [];
  if (word === "") return Number(text);
  if (word.toLowerCase() === "nan") return NaN;
  return sign === "-" ? -Infinity : Infinity;
}
