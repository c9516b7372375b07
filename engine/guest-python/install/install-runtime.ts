/** Unpacks what is needed of the package; whole or not at all. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { failForFile } from "../../files/file-problem.ts";
import { makeOwnedFolder, sweepOwnedFolders } from "../../files/owned-folder.ts";
import { guestBuild } from "../guest-build.ts";
import { fail } from "../problems.ts";
import { INSTALLED, parts, runtimeFolder, stampOf } from "./installed-runtime.ts";
import type { Installed } from "./installed-runtime.ts";
import { zipEntries } from "./zip-entries.ts";
import type { ZipEntry } from "./zip-entries.ts";
import { makeFolder, OWNER_ONLY } from "../../files/make-folder.ts";

const { library, program, chartData, licenses } = guestBuild;

/** Gives the folder. Problems: tool-changed where the package is not what its checksum promises; of files. */
export function installRuntime(wheel: Uint8Array, tools: string): string {
  const to = runtimeFolder(tools);
  try {
    makeFolder(tools, OWNER_ONLY);
    sweepOwnedFolders(tools);
    const made = makeOwnedFolder(tools);
    try {
      unpack(zipEntries(wheel), made.path);
      if (existsSync(to)) rmSync(to, { recursive: true });
      renameSync(made.path, to);
    } finally {
      made.remove();
    }
  } catch (error) {
    return failForFile(error, to, "write");
  }
  return to;
}

function unpack(entries: readonly ZipEntry[], folder: string): void {
  const put = (file: string, bytes: Uint8Array): void => {
    writeFileSync(join(folder, file), bytes);
  };
  const inner = zipEntries(bytesIn(entries, library.entry));
  put(program.file, bytesIn(entries, program.entry));
  put(library.file, bytesIn(entries, library.entry));
  put(chartData.file, bytesIn(inner, chartData.entry));
  mkdirSync(join(folder, "licenses"));
  for (const { name, bytes } of entries.filter((each) => each.name.startsWith(licenses))) {
    if (!name.endsWith("/")) put(join("licenses", basename(name)), bytes());
  }
  const installed: Installed = {
    stamps: Object.fromEntries(parts.map(({ file }) => [file, stampOf(join(folder, file)) ?? ""])),
    modules: modulesIn(inner.map(({ name }) => name)),
  };
  put(INSTALLED, new TextEncoder().encode(JSON.stringify(installed)));
}

function bytesIn(entries: readonly ZipEntry[], wanted: string): Uint8Array {
  const bytes = entries.find(({ name }) => name === wanted)?.bytes();
  const part = parts.find(({ entry }) => entry === wanted);
  const found = bytes === undefined ? "" : createHash("sha256").update(bytes).digest("hex");
  if (bytes === undefined || found !== part?.sha256) return fail("tool-changed", { file: wanted });
  return bytes;
}

/** By the names in the library: `pandas/…` and `glob.pyc`. What is compiled into the program has files there too, or is of Python. */
function modulesIn(names: readonly string[]): readonly string[] {
  const tops = names.map((name) => /^(\w+)(?:\/|\.pyc$)/.exec(name)?.[1] ?? "");
  return [...new Set(tops)].filter((name) => name !== "").sort();
}
