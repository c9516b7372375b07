/** A file of the study, held to its hash after it was read: whatever lies at its place by now, only what was meant is given. */
import { createHash } from "node:crypto";
import { ProblemError } from "../base/problems.ts";
import { readFileIn } from "./enclosed-file.ts";
import { enclose } from "./enclosure.ts";

export interface WantedFile {
  /** From the study's folder. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes; a larger one is not read. */
  readonly most: number;
}

/** Null where it is another, is gone, is a link out of the study, no ordinary file or too large. */
export function fileWithHash(folder: string, { path, sha256, most }: WantedFile): Buffer | null {
  try {
    const bytes = readFileIn(enclose(folder), path, most);
    return bytes !== null && sha256Of(bytes) === sha256 ? bytes : null;
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return null;
  }
}

export function sha256Of(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
