/** A column of records while its cells are decoded. */
import type { RawType } from "../../../duckdb/column-appender.ts";
import type { TypedArray } from "../../../duckdb/column-chunk.ts";
import type { PhysicalKind } from "../../../schema/physical-table.ts";
import type { ByteWindow } from "../../../table/csv/byte-window.ts";
import type { RowIndex } from "../../../table/csv/row-index.ts";
import type { WrongCells } from "./cell-marks.ts";

/** Decodes the indexed rows, of which the first goes to the place `first`. */
export type Decode = (window: ByteWindow, index: RowIndex, field: number, first: number) => void;

export interface RecordColumn {
  readonly name: string;
  readonly kind: PhysicalKind;
  readonly type: RawType;
  readonly values: TypedArray;
  /** A bit for each row; an empty cell is missing. */
  readonly present: Uint8Array;
  readonly decode: Decode;
  wrong: WrongCells | null;
  /** The words that the values number, and how to begin anew; null for a column that is no text. */
  readonly words: { readonly texts: () => readonly string[]; readonly forget: () => void } | null;
}
