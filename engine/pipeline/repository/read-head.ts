/** The branch and the commit that are checked out. */
import { join } from "node:path";
import { readPlainFile } from "./plain-file.ts";
import type { RepositoryFolder } from "./repository-folder.ts";

export interface Head {
  /** Null where no branch is checked out. */
  readonly branch: string | null;
  /** Null before the first commit, or where it is not known. */
  readonly commit: string | null;
}

const MOST_REF_BYTES = 64 * 1024;
const MOST_PACKED_BYTES = 256 * 1024 * 1024;
const MOST_STEPS = 5;

/** Where branches are kept in tables (`git refs migrate`), both are null. */
export function readHead({ git, common, hashBytes }: RepositoryFolder): Head {
  const isCommit = new RegExp(`^[0-9a-f]{${hashBytes * 2}}$`);
  let text = textOf(join(git, "HEAD"));
  let branch: string | null = null;
  for (let step = 0; step < MOST_STEPS; step++) {
    const name = /^ref:\s*(.+)$/.exec(text ?? "")?.[1];
    if (name === undefined)
      return { branch, commit: text !== null && isCommit.test(text) ? text : null };
    if (!isRefName(name)) return { branch: null, commit: null };
    branch ??= name.replace(/^refs\/heads\//, "");
    text = textOf(join(common, name)) ?? packedRef(common, name);
  }
  return { branch, commit: null };
}

/** It is made a path of: it must not lead anywhere else. git's documentation `check-ref-format`. */
function isRefName(name: string): boolean {
  const parts = name.split("/");
  const isOdd = (part: string): boolean =>
    part === "" || part.startsWith(".") || part.endsWith(".lock");
  return parts[0] === "refs" && !parts.some(isOdd) && !/[\p{Cc} ~^:?*[\\]|\.\./u.test(name);
}

function textOf(file: string): string | null {
  return readPlainFile(file, MOST_REF_BYTES)?.toString("utf8").trim() ?? null;
}

/** `COMMIT NAME` on a line of its own. */
function packedRef(common: string, name: string): string | null {
  const packed = readPlainFile(join(common, "packed-refs"), MOST_PACKED_BYTES);
  const at = packed?.indexOf(` ${name}\n`) ?? -1;
  if (packed === null || at === -1) return null;
  return packed.toString("latin1", packed.lastIndexOf("\n", at) + 1, at);
}
