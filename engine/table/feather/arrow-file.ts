/** The parts of an Arrow file, read where they stand; nothing else of the file is in memory. */
import type { FileHandle } from "node:fs/promises";
import { readSync } from "node:fs";

import { ProblemError } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import { failForFile } from "../../files/file-problem.ts";
import { openPlainFile } from "../../files/plain-file.ts";
import { readFooter } from "./arrow-schema.ts";
import type { ArrowBlock, ArrowFooter } from "./arrow-schema.ts";
import { rootTable } from "./flat-table.ts";

export interface ArrowFile {
  readonly file: string;
  readonly handle: FileHandle;
  readonly bytes: number;
  readonly footer: ArrowFooter;
}

const FORMAT = "feather";

/** Opens the file and reads its footer. Problems: file-not-found and kin, wrong-magic, broken-table. */
export async function openArrowFile(file: string): Promise<ArrowFile> {
  const handle = await openPlainFile(file);
  try {
    const { size: bytes } = await handle.stat();
    return { file, handle, bytes, footer: footerOf(file, handle.fd, bytes) };
  } catch (error) {
    await handle.close();
    return failForFile(error, file, "read");
  }
}

const MAGIC = "ARROW1";
const OLD_MAGIC = "FEA1";

/** Magic, two bytes to fill up; footer, its length, magic. */
const LEAST = 8 + 4 + MAGIC.length;

function footerOf(file: string, descriptor: number, bytes: number): ArrowFooter {
  const start = textOf(
    bytesAt(file, descriptor, { from: 0, length: Math.min(MAGIC.length, bytes) }),
  );
  if (start !== MAGIC) {
    const found = start.startsWith(OLD_MAGIC) ? "feather version 1" : null;
    return fail("wrong-magic", { file, format: FORMAT, found });
  }
  if (bytes < LEAST) return brokenFeather(file);
  const end = bytesAt(file, descriptor, { from: bytes - 10, length: 10 });
  const length = new DataView(end.buffer, end.byteOffset).getInt32(0, true);
  if (textOf(end.subarray(4)) !== MAGIC || length <= 0 || length > bytes - LEAST) {
    return brokenFeather(file);
  }
  const footer = bytesAt(file, descriptor, { from: bytes - 10 - length, length });
  const read = decoded(file, () => readFooter(rootTable(footer)));
  return read.littleEndian ? read : fail("unsupported-table", { file, what: "big-endian numbers" });
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** What `read` makes of metadata. Problem: broken-table, where offsets lead out of the bytes. */
export function decoded<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    return error instanceof RangeError ? brokenFeather(file) : failForBug(error);
  }
}

function failForBug(error: unknown): never {
  if (error instanceof ProblemError || error instanceof Error) throw error;
  throw new Error(String(error));
}

export function brokenFeather(file: string): never {
  return fail("broken-table", { file, format: FORMAT });
}

/** The message of a block; the body stands behind it. */
export function messageOf(file: ArrowFile, { offset, metadata }: ArrowBlock): Uint8Array {
  return bytesOf(file, offset, metadata);
}

/** Bytes of the file. Problem: broken-table, where the file does not have them. */
export function bytesOf(arrow: ArrowFile, from: number, length: number): Uint8Array<ArrayBuffer> {
  if (from < 0 || length < 0 || from + length > arrow.bytes) return brokenFeather(arrow.file);
  return bytesAt(arrow.file, arrow.handle.fd, { from, length });
}

interface ByteRange {
  readonly from: number;
  readonly length: number;
}

function bytesAt(file: string, descriptor: number, { from, length }: ByteRange) {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length;) {
    // At once: the reader has nothing else to do meanwhile.
    const count = readSync(descriptor, bytes, at, length - at, from + at);
    if (count === 0) return brokenFeather(file);
    at += count;
  }
  return bytes;
}
