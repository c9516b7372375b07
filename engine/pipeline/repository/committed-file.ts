/** A file as a commit holds it. */
import { treeEntries } from "./index-tree.ts";
import { objectsOf } from "./read-object.ts";
import type { RepositoryFolder } from "./repository-folder.ts";

/** Gives the bytes of a file of the study by its path from there; null where the commit does not hold it, or cannot be read. */
export function committedFiles(
  repository: RepositoryFolder,
  commit: string,
): (path: string) => Buffer | null {
  const read = objectsOf(repository);
  const { inside, hashBytes } = repository;
  const tree = /^tree ([0-9a-f]+)\n/.exec(read(commit)?.bytes.toString("latin1") ?? "")?.[1];
  return (path) => {
    let object = tree;
    for (const name of [...inside, ...path.split("/")]) {
      const found = object === undefined ? null : read(object);
      if (found?.type !== "tree") return null;
      object = treeEntries(found.bytes, hashBytes).get(name);
    }
    const file = object === undefined ? null : read(object);
    return file?.type === "blob" ? file.bytes : null;
  };
}
