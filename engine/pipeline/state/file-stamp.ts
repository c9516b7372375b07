/** Knowing files again: by their bytes, and quicker by what the file system says of them. */
import { createHash } from "node:crypto";
import { lstatSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileSha256 } from "../../files/file-sha256.ts";

/**
 * Size, times and number of a file. While they are the same the bytes are the same: writing changes
 * the second time (ctime), which no program can set back.
 */
export type FileStamp = string;

const LARGE = 4 * 1024 * 1024;

/** "" where there is no ordinary file. */
export function stampOf(path: string): FileStamp {
  const found = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  if (found?.isFile() !== true) return "";
  return [found.size, found.mtimeNs, found.ctimeNs, found.ino].join(" ");
}

/** The same but for the second time, which a hard link made and removed changes as well. */
export function isSameButForLinks(a: FileStamp, b: FileStamp): boolean {
  const [as, bs] = [a.split(" "), b.split(" ")];
  return a !== "" && [0, 1, 3].every((part) => as[part] === bs[part]);
}

/** Gives hashes of files below a folder, each read once; null where there is no such file. */
export type HashFile = (path: string) => Promise<string | null>;

export function fileHashes(folder: string): HashFile {
  const known = new Map<string, Promise<string | null>>();
  return (path) => {
    const found = known.get(path) ?? hashOf(join(folder, path));
    known.set(path, found);
    return found;
  };
}

async function hashOf(path: string): Promise<string | null> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isFile() !== true) return null;
  if (found.size > LARGE) return fileSha256(path);
  // Small files at once: handing hundreds of them to other threads takes longer than reading them.
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
