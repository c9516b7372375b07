/** The calls of WASI preview 1 that are about files which are open. */
import { refuse } from "./errno.ts";
import type { GuestTree } from "./guest-tree.ts";
import type { GuestMemory, Stretch } from "./guest-memory.ts";
import type { OpenFile, OpenFiles, OpenRegular } from "./open-files.ts";
import { fileStat, FOLDER, typeOf, writeStat } from "./file-stat.ts";

export interface FileWorld {
  readonly memory: GuestMemory;
  readonly files: OpenFiles;
  readonly tree: GuestTree;
  /** Hears of what the program prints; the bytes are the program's memory. */
  readonly print: (bytes: Uint8Array) => void;
}

const SEEK_CURRENT = 1;
const SEEK_END = 2;
const ALL_RIGHTS = 0xfff_ffffn;
const TOP_NAME = "/";

export function fileCalls({ memory, files, tree, print }: FileWorld) {
  return {
    fd_prestat_get: (number: number, at: number) => {
      if (files.folderAt(number) !== "") refuse("badDescriptor");
      memory.writeByte(at, 0);
      memory.writeWord(at + 4, TOP_NAME.length);
    },
    fd_prestat_dir_name: (_number: number, at: number, length: number) => {
      memory.bytes(at, length).set(new TextEncoder().encode(TOP_NAME).subarray(0, length));
    },
    fd_fdstat_get: (number: number, at: number) => {
      memory.writeByte(at, typeOf(files.at(number)));
      memory.writeShort(at + 2, 0);
      memory.writeLong(at + 8, ALL_RIGHTS);
      memory.writeLong(at + 16, ALL_RIGHTS);
    },
    fd_filestat_get: (number: number, at: number) => {
      writeStat(memory, at, fileStat(files.at(number)));
    },
    fd_close: (number: number) => {
      const closed = files.close(number);
      if (closed.kind !== "file") return;
      if (closed.isWritten) tree.written(closed.path, closed.file);
      closed.file.close?.();
    },
    fd_read: (number: number, at: number, count: number, done: number) => {
      const open = readable(files.at(number));
      const read = open === null ? 0 : readInto(memory, open, memory.stretches(at, count));
      memory.writeWord(done, read);
    },
    fd_pread: (
      ...[number, at, count, offset, done]: readonly [number, number, number, bigint, number]
    ) => {
      const open = { ...files.fileAt(number), position: Number(offset) };
      memory.writeWord(done, readInto(memory, open, memory.stretches(at, count)));
    },
    fd_write: (number: number, at: number, count: number, done: number) => {
      const open = files.at(number);
      const stretches = memory.stretches(at, count);
      for (const { start, length } of stretches) {
        const bytes = memory.bytes(start, length);
        if (open.kind === "output") print(bytes);
        else append(open, bytes);
      }
      memory.writeWord(
        done,
        stretches.reduce((sum, { length }) => sum + length, 0),
      );
    },
    fd_seek: (number: number, offset: bigint, whence: number, at: number) => {
      const open = files.fileAt(number);
      const from =
        whence === SEEK_END ? open.file.length : whence === SEEK_CURRENT ? open.position : 0;
      const position = from + Number(offset);
      if (position < 0) refuse("invalid");
      open.position = position;
      memory.writeLong(at, BigInt(position));
    },
    fd_tell: (number: number, at: number) => {
      memory.writeLong(at, BigInt(files.fileAt(number).position));
    },
    fd_pwrite: (
      ...[number, at, count, offset, done]: readonly [number, number, number, bigint, number]
    ) => {
      const open = { ...files.fileAt(number), isAppended: false, position: Number(offset) };
      const stretches = memory.stretches(at, count);
      for (const { start, length } of stretches) append(open, memory.bytes(start, length));
      memory.writeWord(done, open.position - Number(offset));
    },
    fd_filestat_set_size: (number: number, size: bigint) => {
      const { file, isWritten } = files.fileAt(number);
      if (!isWritten) refuse("readOnly");
      file.resize(Number(size));
    },
    fd_readdir: (
      ...[number, at, length, cookie, done]: readonly [number, number, number, bigint, number]
    ) => {
      const folder = files.folderAt(number);
      memory.writeWord(
        done,
        listInto(memory.bytes(at, length), entriesOf(tree, folder), Number(cookie)),
      );
    },
  };
}

/** Nothing can be read from standard input. */
function readable(open: OpenFile): OpenRegular | null {
  if (open.kind === "folder") return refuse("isFolder");
  return open.kind === "file" ? open : null;
}

function readInto(memory: GuestMemory, open: OpenRegular, into: readonly Stretch[]): number {
  const before = open.position;
  for (const { start, length } of into) {
    const read = open.file.readAt(memory.bytes(start, length), open.position);
    open.position += read;
    if (read < length) break;
  }
  return open.position - before;
}

function append(open: OpenFile, bytes: Uint8Array): void {
  if (open.kind !== "file" || !open.isWritten) return refuse("readOnly");
  if (open.isAppended) open.position = open.file.length;
  open.file.writeAt(bytes, open.position);
  open.position += bytes.length;
}

const ENTRY_BYTES = 24;

/** Each entry: number of the next, file number, length of the name, type, name. */
function entriesOf(tree: GuestTree, folder: string): readonly Uint8Array[] {
  return tree.list(folder).map((name, i) => {
    const path = folder === "" ? name : `${folder}/${name}`;
    const encoded = new TextEncoder().encode(name);
    const entry = new Uint8Array(ENTRY_BYTES + encoded.length);
    const view = new DataView(entry.buffer);
    view.setBigUint64(0, BigInt(i + 1), true);
    view.setBigUint64(8, fileStat({ kind: "folder", path }).number, true);
    view.setUint32(16, encoded.length, true);
    view.setUint8(20, tree.kindOf(path) === "folder" ? FOLDER : typeOf(null));
    entry.set(encoded, ENTRY_BYTES);
    return entry;
  });
}

/** As many as fit; the last may be cut off, which tells the program to ask again. */
function listInto(into: Uint8Array, entries: readonly Uint8Array[], first: number): number {
  let used = 0;
  for (const entry of entries.slice(first)) {
    const part = entry.subarray(0, into.length - used);
    into.set(part, used);
    used += part.length;
    if (part.length < entry.length) break;
  }
  return used;
}
