/** Where the bytes of a guest's files are: in files of the machine that only this names. */
import { closeSync, ftruncateSync, openSync, readSync, rmSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { refuse } from "../../wasi/errno.ts";
import { guestFile } from "../../wasi/guest-tree.ts";
import type { GuestFile } from "../../wasi/guest-tree.ts";

export interface StoredFile {
  readonly size: () => number;
  /** Nanoseconds since 1970. */
  readonly modified: () => bigint;
  /** Served, and may be written to: only what swallows it all. */
  readonly takesWrites?: true;
  readonly open: () => GuestFile;
  /** Absolute path of its bytes; null where they are in memory. */
  readonly real: string | null;
}

export interface FileStore {
  /** Nanoseconds since 1970 at which the guest started. */
  readonly started: bigint;
  /** Opens it; whoever opens it closes it. */
  readonly open: (file: StoredFile) => GuestFile;
  /** A new one, empty. Refuses what does not fit. */
  readonly make: () => StoredFile;
  /** A new one with the same bytes. */
  readonly copy: (file: StoredFile) => StoredFile;
  readonly remove: (file: StoredFile) => void;
}

export interface StoreRequest {
  /** A private folder. */
  readonly folder: string;
  /** Of all files in it. */
  readonly mostBytes: number;
  readonly now: () => bigint;
}

/** Bytes in memory, which nobody changes. */
export function heldFile(bytes: Uint8Array, started: bigint): StoredFile {
  return {
    size: () => bytes.length,
    modified: () => started,
    open: () => ({ ...guestFile(bytes), length: bytes.length }),
    real: null,
  };
}

/** Empty whoever reads it, and it takes all that is written. */
export function sinkFile(started: bigint): StoredFile {
  const file: GuestFile = {
    length: 0,
    readAt: () => 0,
    writeAt: () => undefined,
    resize: () => undefined,
  };
  return {
    size: () => 0,
    modified: () => started,
    takesWrites: true,
    open: () => file,
    real: null,
  };
}

/** A file of the machine, read-only. It is opened when the guest opens it. */
export function servedFile(real: string, started: bigint): StoredFile {
  let size: number | null = null;
  const sizeNow = (): number => (size ??= statSync(real).size);
  return {
    ...{ size: sizeNow, modified: () => started, real },
    open: () => {
      const descriptor = openSync(real, "r");
      return {
        length: sizeNow(),
        readAt: (into, at) => readSync(descriptor, into, 0, into.length, at),
        writeAt: () => refuse("access"),
        resize: () => refuse("access"),
        close: () => {
          closeSync(descriptor);
        },
      };
    },
  };
}

interface Budget {
  used: number;
  readonly most: number;
}

export function fileStore({ folder, mostBytes, now }: StoreRequest): FileStore {
  const budget: Budget = { used: 0, most: mostBytes };
  let count = 0;
  const make = (): StoredFile => ownFile(join(folder, String(count++)), budget, now);
  return {
    started: now(),
    open: (file) => file.open(),
    make,
    copy: (file) => {
      const made = make();
      copyBytes(file, made);
      return made;
    },
    remove: (file) => {
      budget.used -= file.size();
      if (file.real !== null) rmSync(file.real, { force: true });
    },
  };
}

const PIECE_BYTES = 1_048_576;

function copyBytes(from: StoredFile, to: StoredFile): void {
  const [source, target] = [from.open(), to.open()];
  try {
    const piece = new Uint8Array(PIECE_BYTES);
    for (let at = 0, read = 0; (read = source.readAt(piece, at)) > 0; at += read) {
      target.writeAt(piece.subarray(0, read), at);
    }
  } finally {
    source.close?.();
    target.close?.();
  }
}

function ownFile(real: string, budget: Budget, now: () => bigint): StoredFile {
  let [size, modified] = [0, now()];
  const resize = (descriptor: number, length: number): void => {
    grow(budget, length - size);
    ftruncateSync(descriptor, length);
    [size, modified] = [length, now()];
  };
  closeSync(openSync(real, "wx"));
  return {
    ...{ size: () => size, modified: () => modified, real },
    open: () => {
      const descriptor = openSync(real, "r+");
      return {
        get length() {
          return size;
        },
        get modified() {
          return modified;
        },
        readAt: (into, at) => readSync(descriptor, into, 0, into.length, at),
        writeAt: (from, at) => {
          const end = Math.max(size, at + from.length);
          grow(budget, end - size);
          writeWhole(descriptor, from, at);
          [size, modified] = [end, now()];
        },
        resize: (length) => {
          resize(descriptor, length);
        },
        close: () => {
          closeSync(descriptor);
        },
      };
    },
  };
}

/** Counted before a byte is written. */
function grow(budget: Budget, by: number): void {
  if (!Number.isSafeInteger(by) || budget.used + by > budget.most) refuse("noSpace");
  budget.used += by;
}

function writeWhole(descriptor: number, bytes: Uint8Array, at: number): void {
  for (let done = 0; done < bytes.length;) {
    done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
  }
}
