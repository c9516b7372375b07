/** The checksum by which a manifest knows a file again. */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";

import { failForFile } from "./file-problem.ts";

/** Hexadecimal sha256 of a file of any size. Problems: file-not-found, file-is-a-folder, and kin. */
export async function fileSha256(path: string): Promise<string> {
  const hash = createHash("sha256");
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      hash.update(chunk as Buffer);
    }
  } catch (error) {
    return failForFile(error, path, "read");
  }
  return hash.digest("hex");
}
