/**
 * A file that gets its name only when it is complete: written beside it, flushed,
 * renamed. A reader sees the old file or the new one, never a part.
 */
import { createHash } from "node:crypto";
import type { Hash } from "node:crypto";
import { lstat, open as openFile, rename, rm } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { dirname } from "node:path";

import { fail } from "./problems.ts";
import { failForFile } from "./file-problem.ts";
import { partialPathFor } from "./partial-files.ts";

export interface WrittenFile {
  readonly sha256: string;
  readonly bytes: number;
}

export interface AtomicFile {
  /** The name it will have. */
  readonly path: string;
  /**
   * A fresh name beside it, for a writer that needs a file or folder of its own and removes it again;
   * what a killed process leaves there is swept.
   */
  besidePath(): string;
  /** The bytes may be reused when the promise is fulfilled. */
  write(bytes: Uint8Array): Promise<void>;
  /** Flushes, gives the file its name, flushes the folder. A link of that name is replaced itself. */
  commit(): Promise<WrittenFile>;
  /** Leaves nothing behind, not even the first bytes; harmless after `commit` or a failure. */
  abandon(): Promise<void>;
}

/** Effects that a test replaces to see a full disk. */
export type OpenFile = (path: string, flags: string) => Promise<FileHandle>;

interface OpenState {
  readonly path: string;
  readonly partial: string;
  readonly handle: FileHandle;
  readonly hash: Hash;
  bytes: number;
  closed: boolean;
}

/**
 * Starts a file for `path`. Problems, here or while writing: folder-not-found, file-is-a-folder,
 * file-access-refused, disk-full, file-system-error; after any of them nothing is left behind.
 */
export async function openAtomicFile(path: string, open: OpenFile = openFile): Promise<AtomicFile> {
  const state = await openPartial(path, open);
  return {
    path,
    besidePath: () => partialPathFor(path),
    write: (bytes) => guarded(state, () => writeAll(state, bytes)),
    commit: () => guarded(state, () => finish(state)),
    abandon: () => discard(state),
  };
}

async function openPartial(path: string, open: OpenFile): Promise<OpenState> {
  const partial = partialPathFor(path);
  try {
    await refuseFolder(path);
    // "wx" = O_EXCL: never an existing file, never through a link.
    const handle = await open(partial, "wx");
    return { path, partial, handle, hash: createHash("sha256"), bytes: 0, closed: false };
  } catch (error) {
    return failForFile(error, path, "write");
  }
}

/** Renaming would refuse a folder as well, but only after all the work. */
export async function refuseFolder(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null);
  if (found?.isDirectory() === true) fail("file-is-a-folder", { file: path, doing: "write" });
}

async function guarded<T>(state: OpenState, work: () => Promise<T>): Promise<T> {
  if (state.closed) throw new Error("the file was already committed or abandoned");
  try {
    return await work();
  } catch (error) {
    await discard(state);
    return failForFile(error, state.path, "write");
  }
}

async function writeAll(state: OpenState, bytes: Uint8Array): Promise<void> {
  state.hash.update(bytes);
  state.bytes += bytes.length;
  let at = 0;
  while (at < bytes.length) {
    at += (await state.handle.write(bytes, at, bytes.length - at)).bytesWritten;
  }
}

async function finish(state: OpenState): Promise<WrittenFile> {
  await state.handle.sync();
  await state.handle.close();
  await rename(state.partial, state.path);
  state.closed = true;
  await flushFolder(dirname(state.path));
  return { sha256: state.hash.digest("hex"), bytes: state.bytes };
}

/** Without it a power cut could bring the old name back. Some systems cannot flush a folder. */
export async function flushFolder(folder: string): Promise<void> {
  const handle = await openFile(folder, "r").catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}

async function discard(state: OpenState): Promise<void> {
  if (state.closed) return;
  state.closed = true;
  await state.handle.close().catch(() => undefined);
  await rm(state.partial, { force: true });
}
