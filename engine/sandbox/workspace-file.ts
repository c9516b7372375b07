/** Reading a file of the workspace, and never one outside it. */
import { closeSync, existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { MANIFEST_FILE } from "../base/file-names.ts";
import { fail } from "./problems.ts";
import { openIn } from "../files/enclosure.ts";
import type { Opened } from "../files/enclosure.ts";
import { systemCode } from "../files/file-problem.ts";
import { nearestFiles } from "./nearest-files.ts";
import { MEGABYTE } from "./sandbox-limits.ts";
import { findPlace } from "./workspace-path.ts";
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
  const place = findPlace(workspace, path);
  if (place === null) {
    return fail("study-path-missing", { path, nearest: nearestFiles(workspace, path) });
  }
  refusePatientData(place.real, path);
  const { descriptor, found } = openReal(workspace, place.real, path);
  try {
    if (!found.isFile()) fail("study-path-not-a-file", { path });
    spend(budget, path, found.size);
    return { path: place.path, bytes: readFileSync(descriptor) };
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

/** Problems: it leads outside now, is gone, or cannot be opened. */
function openReal(
  workspace: Workspace,
  real: string,
  path: string,
): Extract<Opened, { kind: "opened" }> {
  try {
    const opened = openIn(workspace, real);
    if (opened.kind === "opened") return opened;
    return fail("study-path-outside-workspace", { path });
  } catch (error) {
    const reason = systemCode(error);
    if (reason === null) throw error;
    return fail("study-path-unreadable", { path, reason });
  }
}
