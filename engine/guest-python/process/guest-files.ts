/**
 * The files that a guest sees, by names that are looked up in memory alone: no name of the guest's ever becomes
 * a path of the machine. What it writes lies in numbered files of a private folder. What is served is never
 * written to: where the guest may make files, it changes a copy of its own.
 */
import { posix } from "node:path";
import { refuse } from "../../wasi/errno.ts";
import type { GuestFile, GuestTree } from "../../wasi/guest-tree.ts";
import type { FileStore, StoredFile } from "./file-store.ts";

type GuestNode =
  | { readonly kind: "folder"; readonly isOwn: boolean; readonly names: Set<string> }
  | { readonly kind: "file"; readonly isOwn: boolean; readonly stored: StoredFile };

export interface ServedFile {
  /** As the guest knows it, without the leading slash. */
  readonly path: string;
  readonly stored: StoredFile;
}

export interface GuestFilesRequest {
  readonly served: readonly ServedFile[];
  /** Folders of served files that are in no list and have no folder above them. */
  readonly apart: readonly string[];
  /** Folders in which the guest may make files, without the leading slash. */
  readonly writable: readonly string[];
  readonly store: FileStore;
  /** Files and folders that it may make. */
  readonly mostEntries: number;
}

export interface GuestFiles extends GuestTree {
  /** What the guest made and did not remove, by path. */
  readonly made: () => ReadonlyMap<string, MadeFile>;
  /** Where the machine has a file that the guest may read; null where there is none of that name. */
  readonly realOf: (path: string) => string | null;
}

export interface MadeFile {
  readonly stored: StoredFile;
  /** A file was served at its path. */
  readonly replaces: boolean;
}

const LONGEST_NAME = 255;
const LONGEST_PATH = 4096;

interface Naming {
  readonly nodes: Map<string, GuestNode>;
  /** Paths of files that it was served. */
  readonly served: ReadonlySet<string>;
  readonly writable: readonly string[];
  readonly mostEntries: number;
  entries: number;
}

export function guestFiles(request: GuestFilesRequest): GuestFiles {
  const { served, apart, writable, store, mostEntries } = request;
  const nodes = new Map<string, GuestNode>([
    ["", { kind: "folder", isOwn: false, names: new Set() }],
  ]);
  const servedPaths = new Set(served.map(({ path }) => path));
  const naming: Naming = { nodes, served: servedPaths, writable, mostEntries, entries: 0 };
  for (const folder of apart) nodes.set(folder, { kind: "folder", isOwn: false, names: new Set() });
  for (const folder of writable) serve(nodes, `${folder}/.`);
  for (const { path, stored } of served) {
    serve(nodes, path);
    nodes.set(path, { kind: "file", isOwn: false, stored });
  }
  const fileAt = (path: string): Extract<GuestNode, { kind: "file" }> => {
    const node = nodes.get(path) ?? refuse("noEntry");
    return node.kind === "file" ? node : refuse("isFolder");
  };
  return {
    kindOf: (path) => nodes.get(path)?.kind ?? null,
    sizeOf: (path) => fileAt(path).stored.size(),
    timeOf: (path) => {
      const node = nodes.get(path);
      return node?.kind === "file" ? node.stored.modified() : store.started;
    },
    read: (path) => store.open(fileAt(path).stored),
    openToWrite: (path, isEmptied) => openToWrite(naming, store, { path, isEmptied }),
    written: () => undefined,
    list: (path) => {
      const node = nodes.get(path) ?? refuse("noEntry");
      return node.kind === "folder" ? [...node.names] : refuse("notFolder");
    },
    makeFolder: (path) => {
      const node = { kind: "folder", isOwn: true, names: new Set<string>() } as const;
      checkNew(naming, path);
      checkKind(naming, path, node);
      add(naming, path, node);
    },
    remove: (path) => {
      const node = fileAt(path);
      checkOwn(naming, path, node);
      drop(naming, path);
      forget(store, node);
    },
    removeFolder: (path) => {
      const node = nodes.get(path) ?? refuse("noEntry");
      if (node.kind !== "folder") return refuse("notFolder");
      checkOwn(naming, path, node);
      if (node.names.size > 0) refuse("notEmpty");
      drop(naming, path);
    },
    rename: (from, to) => {
      rename(naming, store, { from, to });
    },
    realOf: (path) => {
      const node = nodes.get(path.replace(/^\/+/, ""));
      return node?.kind === "file" ? node.stored.real : null;
    },
    made: () =>
      new Map(
        [...nodes].flatMap(([path, node]) =>
          node.kind === "file" && node.isOwn
            ? [[path, { stored: node.stored, replaces: servedPaths.has(path) }] as const]
            : [],
        ),
      ),
  };
}

/** The folders above what is served, and its name in the last of them. */
function serve(nodes: Map<string, GuestNode>, path: string): void {
  const above = folderOf(path);
  if (!nodes.has(above)) {
    serve(nodes, above);
    nodes.set(above, { kind: "folder", isOwn: false, names: new Set() });
  }
  const node = nodes.get(above);
  const name = posix.basename(path);
  if (node?.kind === "folder" && name !== ".") node.names.add(name);
}

function folderOf(path: string): string {
  const folder = posix.dirname(path);
  return folder === "." ? "" : folder;
}

interface OpenAsked {
  readonly path: string;
  readonly isEmptied: boolean;
}

function openToWrite(naming: Naming, store: FileStore, { path, isEmptied }: OpenAsked): GuestFile {
  const node = naming.nodes.get(path);
  if (node?.kind === "folder") return refuse("isFolder");
  if (node === undefined) {
    checkNew(naming, path);
    const stored = store.make();
    add(naming, path, { kind: "file", isOwn: true, stored });
    return store.open(stored);
  }
  if (!node.isOwn && !node.stored.takesWrites) {
    return store.open(ownCopy(naming, store, { path, node, isEmptied }));
  }
  const file = store.open(node.stored);
  if (isEmptied) file.resize(0);
  return file;
}

type FileNode = Extract<GuestNode, { kind: "file" }>;

interface CopyAsked extends OpenAsked {
  readonly node: FileNode;
}

/** Takes the place of a served file: from then on the guest has its own, and what was served stays as it was. */
function ownCopy(
  naming: Naming,
  store: FileStore,
  { path, node, isEmptied }: CopyAsked,
): StoredFile {
  checkOwn(naming, path, node);
  if (naming.entries >= naming.mostEntries) refuse("noSpace");
  const stored = isEmptied ? store.make() : store.copy(node.stored);
  naming.nodes.set(path, { kind: "file", isOwn: true, stored });
  naming.entries += 1;
  return stored;
}

/** What was served outside the folders in which a guest may make files stays as it is. */
function checkOwn({ writable }: Naming, path: string, { isOwn }: GuestNode): void {
  if (!isOwn && !isBelow(writable, path)) refuse("access");
}

function isBelow(folders: readonly string[], path: string): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}

/** The bytes of what was served are not the guest's. */
function forget(store: FileStore, { isOwn, stored }: FileNode): void {
  if (isOwn) store.remove(stored);
}

/** Refuses what may not be made there. */
function checkNew({ nodes, writable, entries, mostEntries }: Naming, path: string): void {
  const name = posix.basename(path);
  if (new TextEncoder().encode(name).length > LONGEST_NAME || path.length > LONGEST_PATH) {
    refuse("nameTooLong");
  }
  if (name.includes("\0")) refuse("invalid");
  const above = nodes.get(folderOf(path)) ?? refuse("noEntry");
  if (above.kind !== "folder") refuse("notFolder");
  if (!isBelow(writable, path)) refuse("access");
  if (entries >= mostEntries) refuse("noSpace");
}

/** Where a file was served the action's folder has one, and no folder can be put there. */
function checkKind({ served }: Naming, path: string, { kind }: GuestNode): void {
  if (kind === "folder" && served.has(path)) refuse("access");
}

function add(naming: Naming, path: string, node: GuestNode): void {
  const above = naming.nodes.get(folderOf(path));
  if (above?.kind === "folder") above.names.add(posix.basename(path));
  naming.nodes.set(path, node);
  naming.entries += 1;
}

function drop(naming: Naming, path: string): void {
  const above = naming.nodes.get(folderOf(path));
  if (above?.kind === "folder") above.names.delete(posix.basename(path));
  if (naming.nodes.get(path)?.isOwn === true) naming.entries -= 1;
  naming.nodes.delete(path);
}

interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** A folder goes with all that is in it; one that was served stays. */
function rename(naming: Naming, store: FileStore, { from, to }: Renamed): void {
  const { nodes } = naming;
  const node = movable(naming, store, from);
  if (from === to) return;
  if (to.startsWith(`${from}/`)) refuse("invalid");
  makeRoom(naming, store, { node, to });
  checkNew({ ...naming, entries: naming.entries - 1 }, to);
  checkKind(naming, to, node);
  drop(naming, from);
  add(naming, to, node);
  if (node.kind === "file") return;
  const below = [...nodes].filter(([path]) => path.startsWith(`${from}/`));
  for (const [path, each] of below) {
    nodes.delete(path);
    nodes.set(`${to}${path.slice(from.length)}`, each);
  }
}

/** Of a served file a copy is moved. */
function movable(naming: Naming, store: FileStore, path: string): GuestNode {
  const { nodes } = naming;
  const node = nodes.get(path) ?? refuse("noEntry");
  if (node.isOwn) return node;
  if (node.kind === "folder") return refuse("access");
  ownCopy(naming, store, { path, node, isEmptied: false });
  return nodes.get(path) ?? node;
}

/** What stands at the new name gives way: a file to a file, an empty folder to a folder. */
function makeRoom(
  naming: Naming,
  store: FileStore,
  { node, to }: { readonly node: GuestNode; readonly to: string },
): void {
  const there = naming.nodes.get(to);
  if (there === undefined) return;
  checkOwn(naming, to, there);
  if (there.kind === "folder") {
    if (node.kind === "file") refuse("isFolder");
    if (there.names.size > 0) refuse("notEmpty");
  } else if (node.kind === "folder") refuse("notFolder");
  drop(naming, to);
  if (there.kind === "file") forget(store, there);
}
