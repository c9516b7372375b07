/** The text of code as it was at some time, wherever it can still be had: in the commit of then, or where it lies now. */
import { createHash } from "node:crypto";
import { ProblemError } from "../base/problems.ts";
import { readFileIn } from "../files/enclosed-file.ts";
import { enclose } from "../files/enclosure.ts";
import { filesOfCommit } from "../pipeline/record/git-facts.ts";

export interface CodeThen {
  /** SHA-256 by path. */
  readonly code: Readonly<Record<string, string>>;
  readonly commit: string | null;
}

/** Null where nothing has the hash of then. */
export type CodeText = (path: string) => string | null;

interface CodeAt {
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const MOST_BYTES = 1024 * 1024;

export function codeTexts({ folder, environment }: CodeAt, { code, commit }: CodeThen): CodeText {
  const committed = commit === null ? () => null : filesOfCommit(folder, environment, commit);
  return (path) => {
    const isIt = (bytes: Buffer | null): boolean => bytes !== null && sumOf(bytes) === code[path];
    const old = committed(path);
    if (isIt(old)) return old?.toString("utf8") ?? null;
    const now = fileNow(folder, path);
    return isIt(now) ? (now?.toString("utf8") ?? null) : null;
  };
}

function fileNow(folder: string, path: string): Buffer | null {
  try {
    return readFileIn(enclose(folder), path, MOST_BYTES);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return null;
  }
}

function sumOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}
