/**
 * The names of columns, which DuckDB does not keep: it takes `BMI` and `bmi` for one, has no empty name, and
 * renames what it takes for double. So it is given names of ours, and files get the true ones.
 */
import { open } from "node:fs/promises";

import type { SmallRow } from "../../duckdb/duckdb.ts";

/** The name that DuckDB reads the column at that place by. */
export function placeName(at: number): string {
  return `c${at}`;
}

/** A column of the table, however much is nested in it. */
export interface SchemaColumn {
  readonly name: string;
  /** The place of its values, or of the first of them, among those of a row group. */
  readonly chunk: number;
}

/** The columns of the table, from the schema: the root, then all columns depth first. */
export function schemaColumns(schema: readonly SmallRow[]): readonly SchemaColumn[] {
  const columns: SchemaColumn[] = [];
  // How many entries that follow lie within the last column; how many have had values so far.
  let [within, chunk] = [0, 0];
  for (const { name, children } of schema.slice(1)) {
    if (within === 0) columns.push({ name: String(name), chunk });
    else within--;
    within += Number(children ?? 0);
    if (children === null) chunk++;
  }
  return columns;
}

const DIGITS = 9;

/** What the column at that place is called while DuckDB writes it; `unique` occurs nowhere else in the file. */
export function passingName(unique: string, at: number): string {
  return unique + String(at).padStart(DIGITS, "0");
}

/** The footer with `names` in place of the passing ones, in front of each of which is its length. */
export function namedFooter(footer: Buffer, unique: string, names: readonly string[]): Buffer {
  const pieces: Buffer[] = [];
  let done = 0;
  for (let at = footer.indexOf(unique); at >= 0; at = footer.indexOf(unique, done)) {
    pieces.push(footer.subarray(done, at - 1));
    const digits = at + unique.length;
    done = digits + DIGITS;
    pieces.push(withLength(names[Number(footer.toString("latin1", digits, done))] ?? ""));
  }
  return Buffer.concat([...pieces, footer.subarray(done)]);
}

/** Its length in bytes, seven bits at a time, then the text, as Thrift has texts. */
function withLength(text: string): Buffer {
  const bytes = Buffer.from(text, "utf8");
  const length: number[] = [];
  let rest = bytes.length;
  for (; rest > 127; rest >>>= 7) length.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([...length, rest]), bytes]);
}

/** The footer of a file that DuckDB wrote, and where it begins. */
export async function footerOf(file: string): Promise<{ readonly start: number; footer: Buffer }> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const tail = await handle.read(Buffer.alloc(8), 0, 8, size - 8);
    const length = tail.buffer.readUInt32LE(0);
    const start = size - 8 - length;
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, start);
    return { start, footer: buffer };
  } finally {
    await handle.close();
  }
}

/** What a file ends with: the footer, its length, the magic. */
export function closingBytes(footer: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([footer, length, Buffer.from("PAR1")]);
}
