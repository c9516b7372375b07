/** The top of the tree that a program sees: a few folders, each with an owner of its own. */
import { refuse } from "../wasi/errno.ts";
import type { GuestTree } from "../wasi/guest-tree.ts";

/** One of the folders. Paths are below it; "" is the folder itself. */
export type Branch = GuestTree;

/** A tree with these folders at its top, and nothing else there. */
export function treeOf(branches: Readonly<Record<string, Branch>>): GuestTree {
  const at = (path: string): readonly [Branch, string] => {
    const [top = "", ...rest] = path.split("/");
    const branch = Object.hasOwn(branches, top) ? branches[top] : undefined;
    return [branch ?? emptyBranch, rest.join("/")];
  };
  const use = <Result>(path: string, call: (branch: Branch, below: string) => Result): Result =>
    call(...at(path));
  return {
    kindOf: (path) => (path === "" ? "folder" : use(path, (branch, below) => branch.kindOf(below))),
    sizeOf: (path) => use(path, (branch, below) => branch.sizeOf(below)),
    read: (path) => use(path, (branch, below) => branch.read(below)),
    openToWrite: (path, isEmptied) =>
      use(path, (branch, below) => branch.openToWrite(below, isEmptied)),
    written: (path, file) => {
      use(path, (branch, below) => {
        branch.written(below, file);
      });
    },
    list: (path) =>
      path === "" ? Object.keys(branches) : use(path, (branch, below) => branch.list(below)),
    makeFolder: (path) => {
      use(path, (branch, below) => {
        branch.makeFolder(below);
      });
    },
    remove: (path) => {
      use(path, (branch, below) => {
        branch.remove(below);
      });
    },
    removeFolder: (path) => {
      use(path, (branch, below) => {
        branch.removeFolder(below);
      });
    },
    rename: (from, to) => {
      const [[source, below], [target, belowTarget]] = [at(from), at(to)];
      if (source !== target) refuse("readOnly");
      source.rename(below, belowTarget);
    },
  };
}

const readOnly = (): never => refuse("readOnly");
const noEntry = (): never => refuse("noEntry");

/** In it is nothing, and nothing can be put into it. */
export const emptyBranch: Branch = {
  kindOf: () => null,
  sizeOf: noEntry,
  read: noEntry,
  openToWrite: readOnly,
  written: readOnly,
  list: noEntry,
  makeFolder: readOnly,
  remove: readOnly,
  removeFolder: readOnly,
  rename: readOnly,
};
