/** The trees that a commit of the index would make, with their names. git's `gitformat-index`, `git-mktree`. */
import { createHash } from "node:crypto";
import { objectOf } from "./read-index.ts";
import type { GitIndex } from "./read-index.ts";

export interface TreeFolder {
  readonly folders: ReadonlyMap<string, TreeFolder>;
  /** The object by name. */
  readonly leaves: ReadonlyMap<string, string>;
  readonly object: string;
}

interface Growing {
  readonly folders: Map<string, Growing>;
  readonly leaves: Map<string, Leaf>;
}

interface Leaf {
  readonly mode: number;
  readonly object: string;
}

/** Deeper than any path of a file system. */
const MOST_LEVELS = 2000;

/** Null where its paths are deeper than files lie. */
export function indexTree(index: GitIndex): TreeFolder | null {
  const root = grown(index);
  return root === null ? null : named(root, index.hashBytes);
}

function grown(index: GitIndex): Growing | null {
  const root: Growing = { folders: new Map(), leaves: new Map() };
  /** Of the entry before: its neighbours lie in the same folder. */
  let [near, nearPath] = [root, ""];
  for (const entry of index.entries) {
    if (entry.stage > 0 || entry.isOnlyNamed) continue;
    const path = entry.path.endsWith("/") ? entry.path.slice(0, -1) : entry.path;
    const cut = path.lastIndexOf("/") + 1;
    const folder = path.slice(0, cut);
    if (folder !== nearPath) {
      const names = folder.split("/").slice(0, -1);
      if (names.length > MOST_LEVELS) return null;
      [near, nearPath] = [folderAt(root, names), folder];
    }
    near.leaves.set(path.slice(cut), { mode: entry.mode, object: objectOf(index, entry) });
  }
  return root;
}

function folderAt(root: Growing, names: readonly string[]): Growing {
  let at = root;
  for (const name of names) {
    const next = at.folders.get(name) ?? { folders: new Map(), leaves: new Map() };
    at.folders.set(name, next);
    at = next;
  }
  return at;
}

const FOLDER_MODE = 0o40000;

function named(folder: Growing, hashBytes: number): TreeFolder {
  const folders = new Map(
    [...folder.folders].map(([name, each]) => [name, named(each, hashBytes)]),
  );
  const items = [
    ...[...folder.leaves].map(([name, { mode, object }]) => itemOf(name, mode, object)),
    ...[...folders].map(([name, { object }]) => itemOf(name, FOLDER_MODE, object)),
  ].sort((a, b) => Buffer.compare(a.order, b.order));
  const bytes = Buffer.concat(items.flatMap(({ head, object }) => [head, object]));
  const object = objectName("tree", bytes, hashBytes);
  const leaves = new Map([...folder.leaves].map(([name, leaf]) => [name, leaf.object]));
  return { folders, leaves, object };
}

/** Trees sort their folders as if "/" were a letter of the name. */
function itemOf(name: string, mode: number, object: string) {
  return {
    order: Buffer.from(mode === FOLDER_MODE ? `${name}/` : name),
    head: Buffer.from(`${mode.toString(8)} ${name}\0`),
    object: Buffer.from(object, "hex"),
  };
}

export function objectName(type: string, bytes: Buffer, hashBytes: number): string {
  const hash = createHash(hashBytes === 32 ? "sha256" : "sha1");
  return hash.update(`${type} ${bytes.length}\0`).update(bytes).digest("hex");
}

/** The object by name. */
export function treeEntries(bytes: Buffer, hashBytes: number): ReadonlyMap<string, string> {
  const entries = new Map<string, string>();
  for (let at = 0; at < bytes.length;) {
    const [blank, stop] = [bytes.indexOf(32, at), bytes.indexOf(0, at)];
    if (blank === -1 || stop < blank) break;
    const end = stop + 1 + hashBytes;
    entries.set(bytes.toString("utf8", blank + 1, stop), bytes.toString("hex", stop + 1, end));
    at = end;
  }
  return entries;
}
