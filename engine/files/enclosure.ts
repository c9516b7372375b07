/**
 * The one check of containment: whether what a path leads to lies in a folder, links followed. A project can
 * bring a link, and a program can put one in the place of a folder while we look; so what is read is judged
 * once it is open, when nobody can exchange it any more.
 */
import { closeSync, constants, fstatSync, openSync, readlinkSync } from "node:fs";
import { lstatSync, realpathSync, statSync } from "node:fs";
import type { Stats } from "node:fs";
import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import { systemCode } from "./file-problem.ts";
import { makeFolder } from "./make-folder.ts";

/** A folder out of which no path may lead. */
export interface Enclosure {
  /** Absolute, links resolved. */
  readonly root: string;
  /** Follows every link of an absolute path. Injected so that a test can race it. */
  readonly realpath: (path: string) => string;
}

/** Throws what the file system says if there is no such folder. */
export function enclose(
  folder: string,
  realpath: Enclosure["realpath"] = realpathSync.native,
): Enclosure {
  return { root: realpath(folder), realpath };
}

/** The path from a folder to what lies in it, with `/`; "" for itself, null elsewhere. Looks at no file. */
export function pathBelow(folder: string, path: string): string | null {
  const inside = relative(folder, path);
  if (inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null;
  return sep === "/" ? inside : inside.split(sep).join("/");
}

export type Place =
  | { readonly kind: "inside"; readonly path: string; readonly real: string }
  | { readonly kind: "outside" }
  | { readonly kind: "absent" };

/** Where a path leads, which may be absolute. Throws what else the file system says, such as ELOOP. */
export function placeIn({ root, realpath }: Enclosure, path: string): Place {
  const real = unlessAbsent(() => realpath(resolve(root, path)));
  if (real === null) return { kind: "absent" };
  const inside = pathBelow(root, real);
  return inside === null ? { kind: "outside" } : { kind: "inside", path: inside, real };
}

export type Opened =
  | {
      readonly kind: "opened";
      readonly descriptor: number;
      readonly found: Stats;
      /** Where it lies, links resolved. */
      readonly real: string;
      /** For a function that takes no descriptor: what is open, whatever stands at its place by now. */
      readonly through: string;
    }
  | { readonly kind: "outside" }
  | { readonly kind: "absent" };

/**
 * Opens what a path leads to, for reading. Whoever gets a descriptor closes it, and looks whether `found` is
 * a file. Throws what else the file system says. O_NONBLOCK: a pipe that nobody writes to would wait.
 */
export function openIn(enclosure: Enclosure, path: string): Opened {
  const flags = constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW;
  const whole = resolve(enclosure.root, path);
  const isLink = lstatSync(whole, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  const place = isLink ? placeIn(enclosure, path) : null;
  if (place !== null && place.kind !== "inside") return place;
  const descriptor = openedAt(place?.real ?? whole, flags);
  if (typeof descriptor === "string") return { kind: descriptor };
  const found = fstatSync(descriptor);
  const real = placeOfOpen(enclosure, { descriptor, found, whole });
  if (real !== null && pathBelow(enclosure.root, real) !== null) {
    return { kind: "opened", descriptor, found, real, through: descriptorPath(descriptor) ?? real };
  }
  closeSync(descriptor);
  return { kind: "outside" };
}

/** A link that stands there now was not there before: somebody put it there. */
function openedAt(path: string, flags: number): number | "absent" | "outside" {
  try {
    return openSync(path, flags);
  } catch (error) {
    const answer = systemCode(error);
    if (answer === "ENOENT" || answer === "ENOTDIR") return "absent";
    if (answer === "ELOOP") return "outside";
    throw error;
  }
}

interface OpenFile {
  readonly descriptor: number;
  readonly found: Stats;
  readonly whole: string;
}

/** As the system says; elsewhere than on Linux by looking again at the path. Null where it is not there. */
function placeOfOpen(
  { realpath }: Enclosure,
  { descriptor, found, whole }: OpenFile,
): string | null {
  const link = descriptorPath(descriptor);
  const lies = link === null ? "" : readlinkSync(link);
  // "(unreachable)/…" in some containers says nothing.
  if (isAbsolute(lies)) return lies;
  const real = unlessAbsent(() => realpath(whole));
  const now = real === null ? undefined : statSync(real, { throwIfNoEntry: false });
  return now?.ino === found.ino && now.dev === found.dev ? real : null;
}

let hasDescriptorPaths: boolean | null = null;

function descriptorPath(descriptor: number): string | null {
  hasDescriptorPaths ??= lstatSync("/proc/self/fd", { throwIfNoEntry: false }) !== undefined;
  return hasDescriptorPaths ? `/proc/self/fd/${descriptor}` : null;
}

/**
 * Makes a folder and those above it, unless a link on the way leads out: then false. An output is put into it
 * by renaming, which replaces a link of its own name and never follows one.
 */
export function makeFolderIn(enclosure: Enclosure, path: string): boolean {
  const nearest = nearestPlace(enclosure, resolve(enclosure.root, path));
  if (nearest.kind !== "inside") return false;
  makeFolder(path);
  return placeIn(enclosure, path).kind === "inside";
}

/** Of the path, or of the nearest folder above it that is there. A link that leads nowhere is there. */
function nearestPlace(enclosure: Enclosure, path: string): Place {
  const isThere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  return isThere ? placeIn(enclosure, path) : nearestPlace(enclosure, dirname(path));
}

function unlessAbsent<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    const answer = systemCode(error);
    if (answer === "ENOENT" || answer === "ENOTDIR") return null;
    throw error;
  }
}
