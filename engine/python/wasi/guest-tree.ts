/** The files that a program sees: what its host serves, and nothing of the machine. */

/** Bytes of a file while it is open; shared by all who opened it. */
export interface GuestFile {
  bytes: Uint8Array;
  /** Of the bytes that count: the rest is room to grow. */
  length: number;
}

/** Paths have no leading slash and no `.` or `..`; "" is the top. A function may refuse (errno.ts). */
export interface GuestTree {
  readonly kindOf: (path: string) => "file" | "folder" | null;
  readonly sizeOf: (path: string) => number;
  readonly read: (path: string) => GuestFile;
  /** A file to be written, with its present bytes unless it is emptied. */
  readonly openToWrite: (path: string, isEmptied: boolean) => GuestFile;
  /** One that was opened to be written is closed. */
  readonly written: (path: string, file: GuestFile) => void;
  readonly list: (path: string) => readonly string[];
  readonly makeFolder: (path: string) => void;
  readonly remove: (path: string) => void;
  readonly rename: (from: string, to: string) => void;
}

export function guestFile(bytes: Uint8Array): GuestFile {
  return { bytes, length: bytes.length };
}

/** Overwrites and appends; what lies between the end and `at` becomes zeros. */
export function writeAt(file: GuestFile, at: number, more: Uint8Array): void {
  const end = Math.max(file.length, at + more.length);
  if (end > file.bytes.length) {
    const grown = new Uint8Array(Math.max(end, file.bytes.length * 2));
    grown.set(file.bytes.subarray(0, file.length));
    file.bytes = grown;
  }
  file.bytes.set(more, at);
  file.length = end;
}

export function bytesOf({ bytes, length }: GuestFile): Uint8Array {
  return bytes.subarray(0, length);
}
