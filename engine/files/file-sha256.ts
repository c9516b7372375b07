/** The checksum by which a manifest knows a file again. */
import { createHash } from "node:crypto";
import type { FileHandle } from "node:fs/promises";

import { failForFile } from "./file-problem.ts";
import { openPlainFile } from "./plain-file.ts";

const PIECE_BYTES = 1 << 20;

/** Hexadecimal sha256 of a file of any size. Problems: those of `openPlainFile`. */
export async function fileSha256(path: string): Promise<string> {
  try {
    const file = await openPlainFile(path);
    try {
      return await sha256Of(file);
    } finally {
      await file.close();
    }
  } catch (error) {
    return failForFile(error, path, "read");
  }
}

/** Always through the same bytes: a stream would leave as much memory behind as the file is long. */
async function sha256Of(file: FileHandle): Promise<string> {
  const hash = createHash("sha256");
  const piece = new Uint8Array(Math.min(PIECE_BYTES, (await file.stat()).size + 1));
  for (;;) {
    const { bytesRead } = await file.read(piece, 0, piece.length);
    if (bytesRead === 0) return hash.digest("hex");
    hash.update(piece.subarray(0, bytesRead));
  }
}
