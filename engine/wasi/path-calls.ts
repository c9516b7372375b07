/** The calls of WASI preview 1 that are about paths. */
import { refuse } from "./errno.ts";
import { pathStat, writeStat } from "./file-stat.ts";
import type { FileWorld } from "./file-calls.ts";
import type { OpenFile } from "./open-files.ts";
import type { GuestTree } from "./guest-tree.ts";

const CREATE = 1;
const MUST_BE_FOLDER = 2;
const MUST_BE_NEW = 4;
const EMPTY = 8;
const APPEND = 1;
/** The right to write, which a program asks for with the file. */
const WRITE = 64n;

type OpenWords = readonly [
  folder: number,
  lookup: number,
  at: number,
  length: number,
  how: number,
  rights: bigint,
  inherited: bigint,
  flags: number,
  opened: number,
];

export function pathCalls({ memory, files, tree }: FileWorld) {
  const pathAt = (folder: number, at: number, length: number): string =>
    pathBelow(files.folderAt(folder), memory.text(at, length));
  return {
    path_filestat_get: (
      ...[folder, , at, length, into]: readonly [number, number, number, number, number]
    ) => {
      const path = pathAt(folder, at, length);
      writeStat(memory, into, pathStat(tree, path) ?? refuse("noEntry"));
    },
    path_open: (...[folder, , at, length, how, rights, , flags, opened]: OpenWords) => {
      const path = pathAt(folder, at, length);
      const isWritten = (rights & WRITE) !== 0n || (how & (CREATE | EMPTY)) !== 0;
      const open = isWritten ? opener(tree, path, { how, flags }) : reader(tree, path, how);
      memory.writeWord(opened, files.open(open));
    },
    path_create_directory: (folder: number, at: number, length: number) => {
      const path = pathAt(folder, at, length);
      if (tree.kindOf(path) !== null) refuse("exists");
      tree.makeFolder(path);
    },
    path_unlink_file: (folder: number, at: number, length: number) => {
      tree.remove(pathAt(folder, at, length));
    },
    path_remove_directory: (folder: number, at: number, length: number) => {
      tree.removeFolder(pathAt(folder, at, length));
    },
    path_rename: (
      ...[folder, at, length, other, to, toLength]: readonly [
        number,
        number,
        number,
        number,
        number,
        number,
      ]
    ) => {
      tree.rename(pathAt(folder, at, length), pathAt(other, to, toLength));
    },
    path_readlink: () => refuse("invalid"),
  };
}

/** Without `.` and `..`; refuses a path that leads above the top. */
export function pathBelow(folder: string, path: string): string {
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) refuse("outside");
  }
  return parts.join("/");
}

function reader(tree: GuestTree, path: string, how: number): OpenFile {
  const kind = tree.kindOf(path) ?? refuse("noEntry");
  if (kind === "folder") return { kind, path };
  if ((how & MUST_BE_FOLDER) !== 0) refuse("notFolder");
  return { kind, path, file: tree.read(path), isWritten: false, isAppended: false, position: 0 };
}

function opener(
  tree: GuestTree,
  path: string,
  { how, flags }: { readonly how: number; readonly flags: number },
): OpenFile {
  const kind = tree.kindOf(path);
  if (kind === "folder") return (how & CREATE) === 0 ? { kind, path } : refuse("isFolder");
  if (kind === null && (how & CREATE) === 0) refuse("noEntry");
  if (kind !== null && (how & MUST_BE_NEW) !== 0) refuse("exists");
  const file = tree.openToWrite(path, (how & EMPTY) !== 0);
  return {
    ...{ kind: "file", path, file, isWritten: true, position: 0 },
    isAppended: (flags & APPEND) !== 0,
  };
}
