/** What was added to the index and not committed: the index against the tree of the commit. */
import { indexTree, treeEntries } from "./index-tree.ts";
import type { TreeFolder } from "./index-tree.ts";
import type { GitIndex } from "./read-index.ts";
import type { ReadObject } from "./read-object.ts";

interface Comparing {
  readonly index: GitIndex;
  readonly read: ReadObject;
  readonly isStaged: (path: string) => void;
}

/**
 * Paths from the top, of files of the index that the commit does not hold so. Null where the commit cannot
 * be read. Only trees that differ are read: what an equal tree holds has the name of that tree.
 */
export function stagedFiles(
  index: GitIndex,
  commit: string,
  read: ReadObject,
): ReadonlySet<string> | null {
  const held = read(commit);
  const tree = /^tree ([0-9a-f]+)\n/.exec(held?.bytes.toString("latin1", 0, 80) ?? "")?.[1];
  if (held?.type !== "commit" || tree === undefined) return null;
  if (index.tree === tree) return new Set();
  const root = indexTree(index);
  if (root === null) return null;
  const staged = new Set<string>();
  const comparing = { index, read, isStaged: (path: string) => void staged.add(path) };
  return compared(root, tree, { path: "", comparing }) ? staged : null;
}

interface Place {
  /** Ends in "/" below the top. */
  readonly path: string;
  readonly comparing: Comparing;
}

/** False where a tree cannot be read. */
function compared(folder: TreeFolder, tree: string, { path, comparing }: Place): boolean {
  if (folder.object === tree) return true;
  const held = comparing.read(tree);
  if (held?.type !== "tree") return false;
  const committed = treeEntries(held.bytes, comparing.index.hashBytes);
  for (const [name, object] of folder.leaves) {
    if (committed.get(name) !== object) comparing.isStaged(path + name);
  }
  for (const [name, inside] of folder.folders) {
    const place = { path: `${path}${name}/`, comparing };
    const below = committed.get(name);
    if (below === undefined) everyFile(inside, place);
    else if (!compared(inside, below, place)) return false;
  }
  return true;
}

function everyFile({ leaves, folders }: TreeFolder, { path, comparing }: Place): void {
  for (const name of leaves.keys()) comparing.isStaged(path + name);
  for (const [name, inside] of folders) {
    everyFile(inside, { path: `${path}${name}/`, comparing });
  }
}
