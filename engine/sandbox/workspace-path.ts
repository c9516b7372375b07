/** Paths of a workspace as authors write them, and where they really lead. */
import { lstatSync, realpathSync } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import { fail } from "./problems.ts";

export interface Workspace {
  /** Its real absolute path. */
  readonly root: string;
  /** Follows every symbolic link of an absolute path. Injected so that a test can race it. */
  readonly realpath: (path: string) => string;
}

/** A workspace's folder. Throws (a bug of the caller) if there is no such folder. */
export function openWorkspace(
  folder: string,
  realpath: Workspace["realpath"] = realpathSync.native,
): Workspace {
  return { root: realpath(folder), realpath };
}

/**
 * The path in its shortest form, without touching the file system. Problems: it is absolute, leaves
 * the workspace, or has a hidden part.
 */
export function normalisePath(path: string): string {
  const plain = posix.normalize(path);
  const leaves = plain === ".." || plain.startsWith("../") || posix.isAbsolute(plain);
  if (leaves || /[\0\\]|^[A-Za-z]:/.test(path)) fail("study-path-outside-workspace", { path });
  refuseHidden(plain, path);
  return plain;
}

/** The real absolute path that a path leads to, or null if to nothing. Same problems as below. */
export function realPath({ root, realpath }: Workspace, path: string): string | null {
  try {
    return realpath(join(root, normalisePath(path)));
  } catch (error) {
    const reason = errorCode(error);
    if (reason === "ENOENT" || reason === "ENOTDIR") return null;
    if (reason === null) throw error;
    return fail("study-path-unreadable", { path, reason });
  }
}

/**
 * The path of a real absolute path below the workspace. Problems, in terms of the author's `path`: it
 * is outside, because a symbolic link led there, or hidden.
 */
export function pathInside({ root }: Workspace, real: string, path: string): string {
  const inside = relative(root, real);
  const leaves = inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  if (leaves) fail("study-path-outside-workspace", { path });
  const plain = inside.split(sep).join("/");
  refuseHidden(plain, path);
  return plain;
}

/**
 * Where the path leads below the workspace, symbolic links followed, or null if to nothing or a
 * folder. Problems: outside, hidden, neither file nor folder.
 */
export function findFile(workspace: Workspace, path: string): string | null {
  const real = realPath(workspace, path);
  if (real === null) return null;
  const inside = pathInside(workspace, real, path);
  const kind = lstatSync(real);
  if (kind.isDirectory()) return null;
  if (!kind.isFile()) fail("study-path-not-a-file", { path });
  return inside;
}

/** The operating system's name for an error, such as ENOENT; null if the error is not its. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

function refuseHidden(plain: string, path: string): void {
  if (plain.split("/").some((part) => part.startsWith(".") && part !== ".")) {
    fail("study-path-hidden", { path });
  }
}
