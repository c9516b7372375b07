/** Reading a file of the workspace, and never one outside it. */
import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, statSync } from "node:fs";
import { realpathSync } from "node:fs";
import { isAbsolute, join, posix, relative, sep } from "node:path";
import { fail } from "../base/problems.ts";
import { nearestInFolder } from "./nearest-file.ts";

/** A file's place as the file system has it, below the workspace, symbolic links followed. */
export interface FoundFile {
  readonly path: string;
}

export interface Workspace {
  /** Its real absolute path. */
  readonly root: string;
  /** Follows every symbolic link of an absolute path. Injected so that a test can race it. */
  readonly realpath: (path: string) => string;
}

/** Throws (a bug of the caller) if there is no such folder. */
export function openWorkspace(folder: string, realpath = realpathSync.native): Workspace {
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

/**
 * Where the path leads, or null if to nothing. Problems: outside the workspace, through a symbolic
 * link or not; hidden; something else than an ordinary file.
 */
export function findFile(workspace: Workspace, path: string): FoundFile | null {
  const real = realPathOf(workspace, normalisePath(path));
  if (real === null) return null;
  const inside = insideOf(workspace, real, path);
  if (!lstatSync(real).isFile()) fail("study-path-not-a-file", { path });
  return { path: inside };
}

/** The bytes of a file. `path` in problems is what the author wrote. Problem: nothing is there. */
export function readWorkspaceFile(workspace: Workspace, path: string): Buffer {
  const real = realPathOf(workspace, normalisePath(path));
  if (real === null) {
    return fail("study-path-missing", { path, nearest: nearestInFolder(workspace.root, path) });
  }
  insideOf(workspace, real, path);
  const descriptor = openReal(real, path);
  try {
    if (!fstatSync(descriptor).isFile()) fail("study-path-not-a-file", { path });
    refuseSwapped(workspace, { real, descriptor, path });
    return readFileSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** O_NONBLOCK so that a pipe without a writer does not hold the engine; O_NOFOLLOW against a swap. */
function openReal(real: string, path: string): number {
  try {
    return openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    const code = codeOf(error);
    if (code === "ELOOP") fail("study-path-outside-workspace", { path });
    if (code === undefined) throw error;
    return fail("study-path-unreadable", { path, reason: code });
  }
}

interface Opened {
  readonly real: string;
  readonly descriptor: number;
  readonly path: string;
}

/**
 * A folder above the file may have become a symbolic link between the check and the opening, so what
 * was opened is checked again: it must still be the file that this path leads to, inside the workspace.
 */
function refuseSwapped(workspace: Workspace, { real, descriptor, path }: Opened): void {
  const opened = fstatSync(descriptor, { bigint: true });
  const again = realPathOf(workspace, relative(workspace.root, real));
  const seen = again === real ? statSync(again, { bigint: true }) : null;
  if (seen?.ino !== opened.ino || seen.dev !== opened.dev) {
    fail("study-path-outside-workspace", { path });
  }
}

function realPathOf({ root, realpath }: Workspace, path: string): string | null {
  try {
    return realpath(join(root, path));
  } catch (error) {
    const code = codeOf(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    if (code === undefined) throw error;
    return fail("study-path-unreadable", { path, reason: code });
  }
}

function insideOf({ root }: Workspace, real: string, path: string): string {
  const inside = relative(root, real);
  const leaves = inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  if (leaves) fail("study-path-outside-workspace", { path });
  const plain = inside.split(sep).join("/");
  refuseHidden(plain, path);
  return plain;
}

function refuseHidden(plain: string, path: string): void {
  if (plain.split("/").some((part) => part.startsWith(".") && part !== ".")) {
    fail("study-path-hidden", { path });
  }
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
