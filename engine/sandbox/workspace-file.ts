/** Reading a file of the workspace, and never one outside it. */
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { MANIFEST_FILE } from "../base/file-names.ts";
import { fail } from "./problems.ts";
import { nearestFiles } from "./nearest-files.ts";
import { MEGABYTE } from "./sandbox-limits.ts";
import { errorCode, pathInside, realPath } from "./workspace-path.ts";
import type { Workspace } from "./workspace-path.ts";

/** What a number of files may hold together; spent as they are read or written. */
export interface FileBudget {
  /** Plural, for the problem: "source files". */
  readonly what: string;
  readonly megabytes: number;
  spentBytes: number;
}

export interface WorkspaceFile {
  /** Below the workspace, symbolic links followed. */
  readonly path: string;
  readonly bytes: Buffer;
}

/**
 * Reads a file. Problems, naming `path` as the author wrote it: nothing there, outside the workspace,
 * hidden, not an ordinary file, larger than what is left of the budget, not readable.
 */
export function readWorkspaceFile(
  workspace: Workspace,
  path: string,
  budget: FileBudget,
): WorkspaceFile {
  const real = realPath(workspace, path);
  if (real === null) {
    return fail("study-path-missing", { path, nearest: nearestFiles(workspace, path) });
  }
  const inside = pathInside(workspace, real, path);
  refusePatientData(real, path);
  const descriptor = openReal(real, path);
  try {
    const { size } = checkOpened(workspace, { inside, descriptor, path });
    spend(budget, path, size);
    return { path: inside, bytes: readFileSync(descriptor) };
  } finally {
    closeSync(descriptor);
  }
}

/**
 * A study may write what it reads into one of its outputs, which others may see; so it must not read
 * cohort files, which only the engine may. They lie beside a manifest, whatever their folder's name.
 */
function refusePatientData(real: string, path: string): void {
  if (existsSync(join(dirname(real), MANIFEST_FILE))) fail("study-path-patient-data", { path });
}

/** Problem: the budget does not reach. */
export function spend(budget: FileBudget, path: string, bytes: number): void {
  budget.spentBytes += bytes;
  const { megabytes, what } = budget;
  if (budget.spentBytes > megabytes * MEGABYTE) {
    fail("study-files-too-large", { path, megabytes, what });
  }
}

/** O_NONBLOCK so that a pipe without a writer does not hold the engine; O_NOFOLLOW against a swap. */
function openReal(real: string, path: string): number {
  try {
    return openSync(real, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
  } catch (error) {
    const reason = errorCode(error);
    if (reason === "ELOOP") return fail("study-path-outside-workspace", { path });
    if (reason === null) throw error;
    return fail("study-path-unreadable", { path, reason });
  }
}

interface Opened {
  readonly inside: string;
  readonly descriptor: number;
  readonly path: string;
}

/**
 * A folder above the file may have become a symbolic link between the check and the opening, so what
 * was opened is checked again: it must still be the file that the path leads to, inside the workspace.
 */
function checkOpened(workspace: Workspace, { inside, descriptor, path }: Opened): { size: number } {
  const opened = fstatSync(descriptor);
  if (!opened.isFile()) fail("study-path-not-a-file", { path });
  const expected = join(workspace.root, inside);
  if (realPath(workspace, inside) !== expected) fail("study-path-outside-workspace", { path });
  const now = statSync(expected);
  const isSame = now.ino === opened.ino && now.dev === opened.dev;
  return isSame ? opened : fail("study-path-outside-workspace", { path });
}
