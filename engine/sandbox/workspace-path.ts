/** Paths of a workspace as authors write them, and where they really lead. */
import { lstatSync } from "node:fs";
import { posix } from "node:path";
import { fail } from "./problems.ts";
import { placeIn } from "../files/enclosure.ts";
import type { Enclosure, Place } from "../files/enclosure.ts";

/** A study's folder: nothing outside it is read or written. */
export type Workspace = Enclosure;

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
 * Where the path leads, links followed, or null if to nothing. Problems: those of `normalisePath`; a link
 * leads outside or to something hidden; it cannot be followed.
 */
export function findPlace(
  workspace: Workspace,
  path: string,
): Extract<Place, { kind: "inside" }> | null {
  const place = placeOf(workspace, path);
  if (place.kind === "absent") return null;
  if (place.kind === "outside") return fail("study-path-outside-workspace", { path });
  refuseHidden(place.path, path);
  return place;
}

function placeOf(workspace: Workspace, path: string): Place {
  try {
    return placeIn(workspace, normalisePath(path));
  } catch (error) {
    const reason = errorCode(error);
    if (reason === null) throw error;
    return fail("study-path-unreadable", { path, reason });
  }
}

/**
 * Where the path leads below the workspace, symbolic links followed, or null if to nothing or a
 * folder. Problems: those of `findPlace`, neither file nor folder.
 */
export function findFile(workspace: Workspace, path: string): string | null {
  const place = findPlace(workspace, path);
  if (place === null) return null;
  const kind = lstatSync(place.real);
  if (kind.isDirectory()) return null;
  if (!kind.isFile()) fail("study-path-not-a-file", { path });
  return place.path;
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
