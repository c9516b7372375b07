/** The text of code as it was at some time, wherever it can still be had: in the commit of then, or where it lies now. */
import { filesOfCommit } from "../pipeline/record/git-facts.ts";
import { fileWithHash, sha256Of } from "../files/file-with-hash.ts";

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
    const sha256 = code[path] ?? "";
    const old = committed(path);
    const isOld = old !== null && sha256Of(old) === sha256;
    const found = isOld ? old : fileWithHash(folder, { path, sha256, most: MOST_BYTES });
    return found?.toString("utf8") ?? null;
  };
}
