/** Reading files of an enclosure: what was judged to lie in it is what is read. */
import { closeSync } from "node:fs";
import { fail } from "./problems.ts";
import { openIn } from "./enclosure.ts";
import type { Enclosure, Opened } from "./enclosure.ts";
import { failForFile, systemCode } from "./file-problem.ts";
import { readAll } from "./small-file.ts";

export type OpenedFile = Extract<Opened, { kind: "opened" }>;

/**
 * The bytes of a file of at most so many; null where there is none. `path` is the name that messages use. Problems:
 * file-outside-workspace, file-not-plain, file-is-a-folder, file-too-large and those of the file system.
 */
export function readFileIn(enclosure: Enclosure, path: string, most: number): Buffer | null {
  return withOpened(enclosure, path, (opened) => readAll(opened.descriptor, most, path));
}

/** Uses a file while it is open. Problems: those of `readFileIn`, and file-not-found. */
export function withFileIn<T>(
  enclosure: Enclosure,
  path: string,
  use: (opened: OpenedFile) => T,
): T {
  const used = withOpened(enclosure, path, (opened) => {
    if (!opened.found.isFile()) fail("file-not-plain", { file: path });
    return { result: use(opened) };
  });
  return used === null ? fail("file-not-found", { file: path }) : used.result;
}

function withOpened<T>(
  enclosure: Enclosure,
  path: string,
  use: (opened: OpenedFile) => T,
): T | null {
  const opened = openedIn(enclosure, path);
  if (opened.kind === "absent") return null;
  if (opened.kind === "outside") return fail("file-outside-workspace", { path });
  try {
    return use(opened);
  } finally {
    closeSync(opened.descriptor);
  }
}

function openedIn(enclosure: Enclosure, path: string): Opened {
  try {
    return openIn(enclosure, path);
  } catch (error) {
    // A socket, or a device without its driver.
    if (systemCode(error) === "ENXIO") return fail("file-not-plain", { file: path });
    return failForFile(error, path, "read");
  }
}
