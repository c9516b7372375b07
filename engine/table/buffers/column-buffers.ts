/**
 * A file's columns as buffers that keep its types, for a program that has these types itself: nothing is
 * made a cohort's column, and nothing is rounded.
 */

/** Of the values of a column. Days count from 1970; moments count units from then. */
export type BufferType =
  | { readonly kind: "bool" | "text" | "null" | "day" }
  | { readonly kind: "int"; readonly bits: number; readonly signed: boolean }
  | { readonly kind: "float"; readonly bits: number }
  | { readonly kind: "moment"; readonly unit: MomentUnit; readonly zone: string | null };

export type MomentUnit = "s" | "ms" | "us" | "ns";

export interface BufferColumn {
  readonly name: string;
  readonly type: BufferType;
  /** Of a column of codes for values of that type; null where it holds the values themselves. */
  readonly codes: { readonly isOrdered: boolean } | null;
}

/** The values of a column, one after another. */
export interface ColumnBuffers {
  /** A byte a row, 0 where nothing is recorded; null where everything is. */
  readonly recorded: Uint8Array | null;
  /**
   * Numbers have their own width, the lowest byte first; flags a byte, days 4. Of texts and of codes: 4 bytes,
   * the place in `words` or in `values`, and -1 where nothing is recorded.
   */
  readonly data: Uint8Array;
  /** Distinct texts. */
  readonly words: readonly string[] | null;
  /** What codes mean. */
  readonly values: ColumnBuffers | null;
}

export interface BufferTable {
  readonly rows: number;
  readonly columns: readonly BufferColumn[];
  /** What pandas wrote about the table, as JSON; "" where it did not. */
  readonly pandas: string;
  /** Problems: broken-table, unsupported-table, unsupported-column-type, not-utf8-text, text-too-long. */
  readonly read: (column: number) => Promise<ColumnBuffers>;
  readonly close: () => Promise<void>;
}

/** A column with its values, to be written. */
export interface FilledColumn extends BufferColumn {
  readonly buffers: ColumnBuffers;
}

/** A byte a row from a bit a row, the lowest of a byte first. */
export function bytesOfBits(bits: Uint8Array, rows: number): Uint8Array {
  const bytes = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) bytes[row] = ((bits[row >>> 3] ?? 0) >> (row & 7)) & 1;
  return bytes;
}

/** And back. */
export function bitsOfBytes(bytes: Uint8Array): Uint8Array {
  const bits = new Uint8Array(Math.ceil(bytes.length / 8));
  for (let row = 0; row < bytes.length; row++) {
    if (bytes[row] !== 0) bits[row >>> 3] = (bits[row >>> 3] ?? 0) | (1 << (row & 7));
  }
  return bits;
}

/** Bytes of one value in `data`. */
export function widthOf({ type, codes }: Pick<BufferColumn, "type" | "codes">): number {
  if (codes !== null) return 4;
  switch (type.kind) {
    case "bool":
      return 1;
    case "text":
    case "day":
      return 4;
    case "null":
      return 0;
    case "moment":
      return 8;
    case "int":
    case "float":
      return type.bits / 8;
  }
}
