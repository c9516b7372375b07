/** The files that a study in Python sees: its own folder, our packages, and a few by which it is run. */
import { lstatSync, readdirSync, statSync } from "node:fs";
import { posix } from "node:path";
import { ProblemError } from "../base/problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import { checkOutput, readBytes, writeText } from "../sandbox/study-files.ts";
import type { StudyFiles } from "../sandbox/study-files.ts";
import { normalisePath, pathInside, realPath } from "../sandbox/workspace-path.ts";
import type { PackageFiles } from "./package-files.ts";
import { refuse } from "./wasi/errno.ts";
import { bytesOf, guestFile } from "./wasi/guest-tree.ts";
import type { GuestFile, GuestTree } from "./wasi/guest-tree.ts";

type Kind = "file" | "folder" | null;

/** One of the folders at the top. Paths are below it, "" is the folder itself. */
export type Branch = Omit<GuestTree, "makeFolder" | "remove" | "rename"> &
  Partial<Pick<GuestTree, "makeFolder" | "remove" | "rename">>;

/** A tree with these folders at its top, and nothing else there. */
export function treeOf(branches: Readonly<Record<string, Branch>>): GuestTree {
  const at = (path: string): { branch: Branch; below: string } => {
    const [top = "", ...rest] = path.split("/");
    const branch = Object.hasOwn(branches, top) ? branches[top] : undefined;
    return { branch: branch ?? nothing, below: rest.join("/") };
  };
  const find = <Result>(path: string, use: (branch: Branch, below: string) => Result): Result => {
    const { branch, below } = at(path);
    return use(branch, below);
  };
  return {
    kindOf: (path) => (path === "" ? "folder" : find(path, (branch, below) => branch.kindOf(below))),
    sizeOf: (path) => find(path, (branch, below) => branch.sizeOf(below)),
    read: (path) => find(path, (branch, below) => branch.read(below)),
    openToWrite: (path, isEmptied) =>
      find(path, (branch, below) => branch.openToWrite(below, isEmptied)),
    written: (path, file) => {
      find(path, (branch, below) => {
        branch.written(below, file);
      });
    },
    list: (path) =>
      path === "" ? Object.keys(branches) : find(path, (branch, below) => branch.list(below)),
    makeFolder: (path) => find(path, ({ makeFolder = readOnly }, below) => makeFolder(below)),
    remove: (path) => find(path, ({ remove = readOnly }, below) => remove(below)),
    rename: (from, to) => {
      const [source, target] = [at(from), at(to)];
      if (source.branch !== target.branch) refuse("readOnly");
      const { rename = readOnly } = source.branch;
      rename(source.below, target.below);
    },
  };
}

function readOnly(): never {
  return refuse("readOnly");
}

const nothing: Branch = {
  kindOf: () => null,
  sizeOf: () => refuse("noEntry"),
  read: () => refuse("noEntry"),
  openToWrite: readOnly,
  written: () => undefined,
  list: () => refuse("noEntry"),
};

/** Our own modules. */
export function packagesBranch(files: PackageFiles): Branch {
  const folders = new Set([...files.keys()].map((path) => posix.dirname(path)).concat("", "."));
  const bytesAt = (path: string): Uint8Array => files.get(path) ?? refuse("noEntry");
  const inFolder = (path: string): readonly string[] =>
    [...files.keys(), ...folders]
      .filter((each) => each !== "." && each !== path && (posix.dirname(each) === (path || ".")))
      .map((each) => posix.basename(each));
  return {
    ...nothing,
    kindOf: (path) => (files.has(path) ? "file" : folders.has(path) ? "folder" : null),
    sizeOf: (path) => bytesAt(path).length,
    read: (path) => guestFile(bytesAt(path)),
    list: inFolder,
  };
}

/**
 * The study's folder. What the study writes stays here, where it can read it again; nothing of it is on the
 * disk. Whatever the sandbox refuses is "permission denied" to Python; the problem is found again by its path.
 */
export function studyBranch(files: StudyFiles): Branch {
  const { workspace } = files;
  const own = new Map<string, GuestFile>();
  const folders = new Set<string>();
  const onDisk = (path: string): Kind => (path === "" ? "folder" : kindOnDisk(files, path));
  const kindOf = (path: string): Kind =>
    own.has(path) ? "file" : folders.has(path) ? "folder" : onDisk(path);
  return {
    kindOf,
    sizeOf: (path) => {
      const real = realPath(workspace, path);
      return own.get(path)?.length ?? (real === null ? refuse("noEntry") : statSync(real).size);
    },
    read: (path) => own.get(path) ?? guestFile(permitted(() => readBytes(files, path))),
    openToWrite: (path, isEmptied) => {
      permitted(() => {
        checkOutput(files, path);
      });
      if (kindOf(posix.dirname(path)) !== "folder" && posix.dirname(path) !== ".") refuse("noEntry");
      const before = isEmptied || kindOf(path) === null ? null : (own.get(path) ?? readBytes(files, path));
      const file = before === null || before instanceof Uint8Array ? guestFile(new Uint8Array(before ?? 0)) : before;
      own.set(path, file);
      return file;
    },
    written: (path, file) => {
      permitted(() => writeText(files, path, new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytesOf(file))));
    },
    list: (path) => {
      const real = realPath(workspace, path === "" ? "." : path);
      const there = real === null ? [] : permitted(() => namesIn(files, real, path));
      const made = [...own.keys(), ...folders]
        .filter((each) => posix.dirname(each) === (path === "" ? "." : path))
        .map((each) => posix.basename(each));
      return [...new Set([...there, ...made])].sort(byCodePoint);
    },
    makeFolder: (path) => {
      permitted(() => {
        checkOutput(files, path);
      });
      folders.add(path);
    },
    remove: (path) => {
      if (!own.delete(path)) refuse("readOnly");
      files.ownTexts.delete(path);
      files.textByOutput.delete(path);
    },
  };
}

function namesIn({ workspace }: StudyFiles, real: string, path: string): readonly string[] {
  pathInside(workspace, real, path);
  return readdirSync(real).filter((name) => !name.startsWith("."));
}

/** What may not be seen is not there. */
function kindOnDisk({ workspace }: StudyFiles, path: string): Kind {
  try {
    const real = realPath(workspace, path);
    if (real === null) return null;
    pathInside(workspace, real, normalisePath(path));
    const found = lstatSync(real);
    return found.isDirectory() ? "folder" : found.isFile() ? "file" : null;
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

function permitted<Result>(use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (error instanceof ProblemError) return refuse("access");
    throw error;
  }
}
