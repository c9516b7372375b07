/** The files of a guest that was served some, in a folder that is removed after the tests. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { fileStore, servedFile, sinkFile } from "../../engine/guest-python/process/file-store.ts";
import { guestFiles } from "../../engine/guest-python/process/guest-files.ts";
import type { GuestFiles } from "../../engine/guest-python/process/guest-files.ts";
import { CallRefused, errno } from "../../engine/wasi/errno.ts";
import { bytesOf } from "../../engine/wasi/guest-tree.ts";

const top = mkdtempSync(join(tmpdir(), "guest-files-"));
after(() => {
  rmSync(top, { recursive: true });
});

let count = 0;

/** `workspace/in/cohort.csv` is served; 1,000 bytes and 20 entries may be written. */
export function guest(): {
  readonly files: GuestFiles;
  readonly scratch: string;
  /** Where the machine has the cohort. */
  readonly served: string;
} {
  const folder = join(top, String(count++));
  const scratch = join(folder, "scratch");
  mkdirSync(scratch, { recursive: true });
  writeFileSync(join(folder, "cohort.csv"), "patient_id\n1\n");
  const store = fileStore({ folder: scratch, mostBytes: 1000, now: () => 7n });
  const served = [
    { path: "workspace/in/cohort.csv", stored: servedFile(join(folder, "cohort.csv"), 7n) },
    { path: "usr/local/lib/python.zip", stored: servedFile(join(folder, "cohort.csv"), 7n) },
    { path: "dev/null", stored: sinkFile(7n) },
  ];
  const writable = ["workspace", "tmp"];
  const files = guestFiles({ served, apart: [], writable, store, mostEntries: 20 });
  return { files, scratch, served: join(folder, "cohort.csv") };
}

export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

export function write(files: GuestFiles, path: string, text: string): void {
  const file = files.openToWrite(path, true);
  file.writeAt(bytes(text), 0);
  file.close?.();
}

export function textOf(files: GuestFiles, path: string): string {
  const file = files.read(path);
  const text = new TextDecoder().decode(bytesOf(file));
  file.close?.();
  return text;
}

/** The name of the refusal; "" where there is none. */
export function refusal(act: () => unknown): string {
  try {
    act();
    return "";
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error;
    return Object.entries(errno).find(([, number]) => number === error.errno)?.[0] ?? "unknown";
  }
}
