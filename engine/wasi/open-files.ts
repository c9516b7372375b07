/** What a program has open, by number. */
import { refuse } from "./errno.ts";
import type { GuestFile } from "./guest-tree.ts";

export type OpenFile =
  | { readonly kind: "input" }
  /** What is written to it is printed. */
  | { readonly kind: "output" }
  | { readonly kind: "folder"; readonly path: string }
  | {
      readonly kind: "file";
      readonly path: string;
      readonly file: GuestFile;
      readonly isWritten: boolean;
      readonly isAppended: boolean;
      position: number;
    };

export type OpenRegular = Extract<OpenFile, { kind: "file" }>;

/** The number of the one folder that a program is given: the top. */
export const TOP = 3;

export interface OpenFiles {
  /** Refuses a number that is not open. */
  readonly at: (number: number) => OpenFile;
  readonly fileAt: (number: number) => OpenRegular;
  readonly folderAt: (number: number) => string;
  readonly open: (file: OpenFile) => number;
  readonly close: (number: number) => OpenFile;
}

/** More than any program needs; each costs the machine. */
const MOST_OPEN = 1024;

export function openFiles(): OpenFiles {
  const files = new Map<number, OpenFile>([
    [0, { kind: "input" }],
    [1, { kind: "output" }],
    [2, { kind: "output" }],
    [TOP, { kind: "folder", path: "" }],
  ]);
  let next = TOP + 1;
  const at = (number: number): OpenFile => files.get(number) ?? refuse("badDescriptor");
  return {
    at,
    fileAt: (number) => {
      const file = at(number);
      return file.kind === "file" ? file : refuse("notSeekable");
    },
    folderAt: (number) => {
      const folder = at(number);
      return folder.kind === "folder" ? folder.path : refuse("notFolder");
    },
    open: (file) => {
      if (files.size >= MOST_OPEN) refuse("tooManyFiles");
      files.set(next, file);
      return next++;
    },
    close: (number) => {
      const file = at(number);
      files.delete(number);
      return file;
    },
  };
}
