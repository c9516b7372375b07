/**
 * The study's own folder as the study sees it. What it writes stays here, where it can read it again; nothing
 * of it is on the disk. Whatever the sandbox refuses is "permission denied" to Python, and what is wrong is
 * found again by the path, when it ends the study.
 */
import { lstatSync, readdirSync, statSync } from "node:fs";
import { ProblemError } from "../base/problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import { checkOutput, readBytes, writeText } from "../sandbox/study-files.ts";
import type { StudyFiles } from "../sandbox/study-files.ts";
import { findPlace } from "../sandbox/workspace-path.ts";
import { folderOf, nameOf } from "./packages-branch.ts";
import type { Branch } from "./tree-branches.ts";
import { refuse } from "../wasi/errno.ts";
import { bytesOf, guestFile } from "../wasi/guest-tree.ts";
import type { GuestFile } from "../wasi/guest-tree.ts";

interface StudyFolder {
  readonly files: StudyFiles;
  /** What the study wrote, or is writing. */
  readonly own: Map<string, GuestFile>;
  /** What it made with `mkdir`. */
  readonly folders: Set<string>;
}

export function studyBranch(files: StudyFiles): Branch {
  const folder: StudyFolder = { files, own: new Map(), folders: new Set() };
  const { own, folders } = folder;
  return {
    kindOf: (path) => kindIn(folder, path),
    sizeOf: (path) => own.get(path)?.length ?? statSync(realIn(files, path)).size,
    read: (path) => own.get(path) ?? guestFile(permitted(() => readBytes(files, path))),
    openToWrite: (path, isEmptied) => openIn(folder, path, isEmptied),
    written: (path, file) => {
      permitted(() => writeText(files, path, textOf(file)));
    },
    list: (path) => {
      const made = [...own.keys(), ...folders].filter((each) => folderOf(each) === path);
      const names = [...namesOnDisk(files, path), ...made.map(nameOf)];
      return [...new Set(names)].sort(byCodePoint);
    },
    makeFolder: (path) => {
      permitted(() => checkOutput(files, path));
      folders.add(path);
    },
    remove: (path) => {
      forget(folder, path);
    },
    removeFolder: () => refuse("readOnly"),
    rename: (from, to) => {
      const file = own.get(from) ?? refuse("readOnly");
      permitted(() => writeText(files, to, textOf(file)));
      forget(folder, from);
      own.set(to, file);
    },
  };
}

function kindIn({ files, own, folders }: StudyFolder, path: string): "file" | "folder" | null {
  if (own.has(path)) return "file";
  return path === "" || folders.has(path) ? "folder" : kindOnDisk(files, path);
}

/** What may not be seen is not there. */
function kindOnDisk({ workspace }: StudyFiles, path: string): "file" | "folder" | null {
  try {
    const place = findPlace(workspace, path);
    if (place === null) return null;
    const found = lstatSync(place.real);
    if (found.isDirectory()) return "folder";
    return found.isFile() ? "file" : null;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function realIn({ workspace }: StudyFiles, path: string): string {
  return findPlace(workspace, path)?.real ?? refuse("noEntry");
}

function namesOnDisk(files: StudyFiles, path: string): readonly string[] {
  if (path !== "" && kindOnDisk(files, path) !== "folder") return [];
  const real = realIn(files, path === "" ? "." : path);
  return readdirSync(real).filter((name) => !name.startsWith("."));
}

/** A file that is there and is not emptied is changed in a copy. */
function openIn(folder: StudyFolder, path: string, isEmptied: boolean): GuestFile {
  const { files, own } = folder;
  permitted(() => checkOutput(files, path));
  if (kindIn(folder, folderOf(path)) !== "folder") refuse("noEntry");
  const isKept = !isEmptied && kindIn(folder, path) === "file";
  const kept = (): Uint8Array => permitted(() => readBytes(files, path)).slice();
  const known = isKept ? own.get(path) : undefined;
  const file = known ?? guestFile(isKept ? kept() : new Uint8Array());
  own.set(path, file);
  return file;
}

/** Only what the study wrote itself can be taken away. */
function forget({ files, own }: StudyFolder, path: string): void {
  if (!own.delete(path)) refuse("readOnly");
  files.ownTexts.delete(path);
}

function textOf(file: GuestFile): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(file));
}

function permitted<Result>(use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (error instanceof ProblemError) return refuse("access");
    throw error;
  }
}
