/** A file of ours that grows line by line while something happens. */
import { createHash } from "node:crypto";
import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { ProblemError } from "../base/problems.ts";
import type { Problem } from "../base/problems.ts";
import { failForFile } from "./file-problem.ts";
import { refuseForeignFolder } from "./own-folder.ts";
import { makeFolder } from "./make-folder.ts";

export interface OwnLog {
  readonly write: (text: string) => void;
  readonly close: () => void;
  /** Why it lacks what was written since; null while it is complete. */
  readonly fault: () => Problem | null;
  /** Of what was written; null where nothing was, or not all of it. */
  readonly sha256: () => string | null;
}

/**
 * Begins it anew when the first text comes. What stands there gives way and is not written into: it could be
 * a link, or have another name elsewhere. Whoever writes goes on after a fault, such as a full disk.
 */
export function openOwnLog(root: string, path: string): OwnLog {
  let fault: Problem | null = null;
  let descriptor: number | null = null;
  const hash = createHash("sha256");
  let length = 0;
  const guarded = (work: () => void): void => {
    if (fault !== null) return;
    try {
      work();
    } catch (error) {
      fault = problemOf(error, path);
    }
  };
  return {
    write: (text) => {
      guarded(() => {
        descriptor ??= begin(root, path);
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
        hash.update(bytes);
        length += bytes.length;
      });
    },
    close: () => {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
    fault: () => fault,
    sha256: () => (fault === null && length > 0 ? hash.copy().digest("hex") : null),
  };
}

/** What programs print may be of patients. */
const OWNER_ONLY = 0o600;

function begin(root: string, path: string): number {
  refuseForeignFolder(root, dirname(path));
  makeFolder(dirname(path));
  rmSync(path, { force: true });
  return openSync(path, "wx", OWNER_ONLY);
}

function problemOf(error: unknown, path: string): Problem | null {
  try {
    return failForFile(error, path, "write");
  } catch (told) {
    if (told instanceof ProblemError) return told.problems[0] ?? null;
    throw told;
  }
}
