/** The files that a program sees: what its host serves, and nothing of the machine. */
import { refuse } from "./errno.ts";

/** A file while it is open; shared by all who opened it. */
export interface GuestFile {
  /** Bytes. */
  readonly length: number;
  /** Nanoseconds since 1970; where it is not there, time stands still. */
  readonly modified?: bigint;
  /** Fills `into` from there; gives how many bytes there were. */
  readonly readAt: (into: Uint8Array, at: number) => number;
  /** Overwrites and appends; what lies between the end and `at` becomes zeros. */
  readonly writeAt: (from: Uint8Array, at: number) => void;
  readonly resize: (length: number) => void;
  /** Nobody has it open under this number any more. */
  readonly close?: () => void;
}

/** Paths have no leading slash and no `.` or `..`; "" is the top. A function may refuse (errno.ts). */
export interface GuestTree {
  readonly kindOf: (path: string) => "file" | "folder" | null;
  readonly sizeOf: (path: string) => number;
  /** Nanoseconds since 1970; where it is not there, time stands still. */
  readonly timeOf?: (path: string) => bigint;
  readonly read: (path: string) => GuestFile;
  /** A file to be written, with its present bytes unless it is emptied. */
  readonly openToWrite: (path: string, isEmptied: boolean) => GuestFile;
  /** One that was opened to be written is closed. */
  readonly written: (path: string, file: GuestFile) => void;
  readonly list: (path: string) => readonly string[];
  readonly makeFolder: (path: string) => void;
  readonly remove: (path: string) => void;
  readonly removeFolder: (path: string) => void;
  readonly rename: (from: string, to: string) => void;
}

/** In memory. It can be made shorter, and grows by writing only. */
export function guestFile(first: Uint8Array): GuestFile {
  let [bytes, length] = [first, first.length];
  return {
    get length() {
      return length;
    },
    readAt: (into, at) => {
      const part = bytes.subarray(0, length).subarray(at, at + into.length);
      into.set(part);
      return part.length;
    },
    writeAt: (from, at) => {
      const end = Math.max(length, at + from.length);
      if (end > bytes.length) {
        const grown = new Uint8Array(Math.max(end, bytes.length * 2));
        grown.set(bytes.subarray(0, length));
        bytes = grown;
      }
      bytes.set(from, at);
      length = end;
    },
    resize: (wanted) => {
      if (wanted > length) refuse("readOnly");
      length = wanted;
    },
  };
}

/** A copy of all of them. */
export function bytesOf(file: GuestFile): Uint8Array {
  const bytes = new Uint8Array(file.length);
  return bytes.subarray(0, file.readAt(bytes, 0));
}
