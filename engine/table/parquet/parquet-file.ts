/** A parquet file with its footer read; nothing else of it is in memory. */
import { readSync } from "node:fs";
import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";

import { fail } from "../../base/problems.ts";
import { failForFile } from "../../files/file-problem.ts";
import { openPlainFile } from "../../files/plain-file.ts";
import { readFooter } from "./parquet-footer.ts";
import type { ParquetFooter } from "./parquet-footer.ts";

export interface ParquetFile {
  readonly file: string;
  readonly handle: FileHandle;
  /** Where the footer begins: all values are in front of it. */
  readonly end: number;
  /** Null where it is too large to be read here. */
  readonly footer: ParquetFooter | null;
}

/** Problems: file-not-found and kin, wrong-magic, broken-table for a file cut short or a damaged footer. */
export async function openParquetFile(file: string): Promise<ParquetFile> {
  const handle = await openPlainFile(file);
  try {
    const { size } = await handle.stat();
    return { file, handle, ...footerOf(file, handle.fd, size) };
  } catch (error) {
    await handle.close();
    return failForFile(error, file, "read");
  }
}

const MAGIC = "PAR1";

/** Magic; the length of the footer, magic. */
const LEAST = 12;

/** What it says becomes objects, many times larger. */
const LONGEST_FOOTER = 1 << 24;

/** The footer of a whole file, and where it begins. */
export async function footerBytes(file: string): Promise<{ end: number; footer: Uint8Array }> {
  const handle = await open(file, "r");
  try {
    const { size } = await handle.stat();
    const length = bytesAt(file, handle.fd, size - 8, 8).readUInt32LE(0);
    const end = size - 8 - length;
    return { end, footer: bytesAt(file, handle.fd, end, length) };
  } finally {
    await handle.close();
  }
}

/** A footer, its length and the magic behind it: what a file ends with. */
export function closingBytes(footer: Uint8Array): Uint8Array {
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([footer, length, Buffer.from(MAGIC)]);
}

function footerOf(file: string, descriptor: number, size: number) {
  const start = bytesAt(file, descriptor, 0, Math.min(MAGIC.length, size));
  if (start.toString("latin1") !== MAGIC) {
    fail("wrong-magic", { file, format: "parquet", found: null });
  }
  if (size < LEAST) return brokenParquet(file);
  const tail = bytesAt(file, descriptor, size - 8, 8);
  const length = tail.readUInt32LE(0);
  const end = size - 8 - length;
  if (tail.toString("latin1", 4) !== MAGIC || end < MAGIC.length) return brokenParquet(file);
  if (length > LONGEST_FOOTER) return { end, footer: null };
  const bytes = bytesAt(file, descriptor, end, length);
  return { end, footer: undamaged(file, () => readFooter(bytes)) };
}

/** What `read` makes of bytes. Problem: broken-table, where they are damaged. */
export function undamaged<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return brokenParquet(file);
    throw error;
  }
}

function brokenParquet(file: string): never {
  return fail("broken-table", { file, format: "parquet" });
}

function bytesAt(file: string, descriptor: number, from: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const count = readSync(descriptor, bytes, at, length - at, from + at);
    if (count === 0) return brokenParquet(file);
    at += count;
  }
  return bytes;
}
