/** Whether a file is as git knows it: by what the file system says of it, then by its bytes. */
import { createHash } from "node:crypto";
import { lstatSync, readlinkSync } from "node:fs";
import type { Stats } from "node:fs";
import { objectName } from "./index-tree.ts";
import { readPlainFile } from "./plain-file.ts";
import { objectOf } from "./read-index.ts";
import type { GitIndex, IndexEntry } from "./read-index.ts";

const MOST_BYTES = 2 ** 31 - 1;

/**
 * Whether the file holds what was added to the index. Line ends alone are no difference, since git may turn
 * them round when it checks a file out; neither is a large file whose place in the repository is taken by a
 * pointer of Git LFS with its sum. No filter is asked, so what another filter makes counts as changed.
 */
export function isAsAdded(
  path: string,
  entry: IndexEntry,
  index: GitIndex,
  written: number,
): boolean {
  const found = statOf(path);
  if (found === null) return false;
  if (isUntouched(found, entry, index, written)) return true;
  const bytes = found.isSymbolicLink()
    ? readlinkSync(path, { encoding: "buffer" })
    : readPlainFile(path, MOST_BYTES);
  if (bytes === null) return false;
  const object = objectOf(index, entry);
  const isObject = (content: Buffer): boolean =>
    objectName("blob", content, index.hashBytes) === object;
  if (isObject(bytes)) return true;
  return found.isFile() && (isObject(withoutReturns(bytes)) || isObject(largeFilePointer(bytes)));
}

function statOf(path: string): Stats | null {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

const WORD = 2 ** 32;

/**
 * The same times, number and length as when git looked. A file changed in the moment in which the index was
 * written may have the same of all.
 */
function isUntouched(
  { mtimeMs, ctimeMs, size, ino }: Stats,
  { at }: IndexEntry,
  { bytes }: GitIndex,
  written: number,
): boolean {
  const word = (i: number): number => bytes.readUInt32BE(at + i * 4);
  // RelativeDate as Node does of seconds and billionths, so that equal times are equal numbers.
  const time = (i: number): number => word(i) * 1000 + word(i + 1) / 1_000_000;
  return (
    ctimeMs === time(0) &&
    mtimeMs === time(2) &&
    ino % WORD === word(5) &&
    size % WORD === word(9) &&
    mtimeMs < written
  );
}

/** Of each carriage return and line feed only the line feed. */
function withoutReturns(bytes: Buffer): Buffer {
  return Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}

function largeFilePointer(bytes: Buffer): Buffer {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return Buffer.from(
    `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256}\nsize ${bytes.length}\n`,
  );
}
