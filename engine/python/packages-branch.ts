/** The folder of our own modules in Python, as a study sees it. */
import { posix } from "node:path";
import type { PackageFiles } from "./package-files.ts";
import { emptyBranch } from "./tree-branches.ts";
import type { Branch } from "./tree-branches.ts";
import { refuse } from "../wasi/errno.ts";
import { guestFile } from "../wasi/guest-tree.ts";

export function packagesBranch(files: PackageFiles): Branch {
  const folders = new Set([...files.keys()].flatMap(foldersAbove));
  const bytesAt = (path: string): Uint8Array => files.get(path) ?? refuse("noEntry");
  return {
    ...emptyBranch,
    kindOf: (path) => (files.has(path) ? "file" : folders.has(path) ? "folder" : null),
    sizeOf: (path) => bytesAt(path).length,
    read: (path) => guestFile(bytesAt(path)),
    list: (path) =>
      [...files.keys(), ...folders]
        .filter((each) => each !== "" && folderOf(each) === path)
        .map(nameOf),
  };
}

function foldersAbove(path: string): readonly string[] {
  const folder = folderOf(path);
  return folder === "" ? [folder] : [folder, ...foldersAbove(folder)];
}

export function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

export function nameOf(path: string): string {
  return posix.basename(path);
}
