/** Commits and trees of a repository, read from its files. git's documentation `gitformat-loose`. */
import { readdirSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { inflated, MOST_OBJECT_BYTES } from "./git-object.ts";
import type { GitObject } from "./git-object.ts";
import { findInPack } from "./read-pack.ts";
import { readPlainFile } from "./plain-file.ts";
import type { RepositoryFolder } from "./repository-folder.ts";

/** Null where it is not there, is damaged, or is larger than commits and trees are. */
export type ReadObject = (id: string) => GitObject | null;

const MOST_STORES = 10;

export function objectsOf({ common, hashBytes }: RepositoryFolder): ReadObject {
  const stores = storesFrom(join(common, "objects"));
  const packs = stores.flatMap((store) => packsIn(join(store, "pack")));
  return (id) => {
    for (const store of stores) {
      const loose = looseObject(store, id);
      if (loose !== null) return loose;
    }
    for (const pack of packs) {
      const found = findInPack({ pack, hashBytes }, id);
      if (found !== null) return found;
    }
    return null;
  };
}

/** A clone may borrow the objects of another repository on this machine. */
function storesFrom(first: string): readonly string[] {
  const stores = [first];
  for (let i = 0; i < stores.length && stores.length < MOST_STORES; i++) {
    const store = stores[i] ?? first;
    const text = readPlainFile(join(store, "info", "alternates"), 1024 * 1024)?.toString("utf8");
    const named = (text ?? "").split("\n").filter((line) => line !== "" && !line.startsWith("#"));
    const paths = named.map((line) => (isAbsolute(line) ? line : join(store, line)));
    stores.push(...paths.filter((path) => !stores.includes(path)));
  }
  return stores.slice(0, MOST_STORES);
}

function packsIn(folder: string): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".idx"));
    return names.map((name) => join(folder, name.slice(0, -".idx".length)));
  } catch {
    return [];
  }
}

/** `TYPE LENGTH`, a 0, and the bytes; all of it packed. */
function looseObject(store: string, id: string): GitObject | null {
  const packed = readPlainFile(join(store, id.slice(0, 2), id.slice(2)), MOST_OBJECT_BYTES);
  const whole = packed === null ? null : inflated(packed, MOST_OBJECT_BYTES);
  const head = whole?.indexOf(0) ?? -1;
  if (whole === null || head === -1) return null;
  const type = whole.toString("latin1", 0, head).split(" ")[0] ?? "";
  return { type, bytes: whole.subarray(head + 1) };
}
