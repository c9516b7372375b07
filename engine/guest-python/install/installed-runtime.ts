/** Where the build is installed, and whether it is as it was. */
import { lstatSync, readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { fileSha256 } from "../../files/file-sha256.ts";
import { guestBuild } from "../guest-build.ts";
import { fail } from "../problems.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** `$XDG_CACHE_HOME/cohortline/tools`, or below `~/.cache`; null where neither is known. */
export function toolsFolder(environment: Environment): string | null {
  const cache = environment["XDG_CACHE_HOME"] ?? "";
  if (isAbsolute(cache)) return join(cache, "cohortline", "tools");
  const home = environment["HOME"] ?? "";
  return isAbsolute(home) ? join(home, ".cache", "cohortline", "tools") : null;
}

export function runtimeFolder(tools: string): string {
  return join(tools, `${guestBuild.package}-${guestBuild.version}`);
}

/** What was installed: of each file how it lay on the disk then. Written last. */
export const INSTALLED = "installed.json";

export interface Installed {
  readonly stamps: Readonly<Record<string, string>>;
  /** Modules that can be imported, without those of their packages. */
  readonly modules: readonly string[];
}

export const parts = [guestBuild.program, guestBuild.library, guestBuild.chartData] as const;

/** Null where it is not installed, or not whole. */
export function installedIn(folder: string): Installed | null {
  try {
    const installed = JSON.parse(readFileSync(join(folder, INSTALLED), "utf8")) as Installed;
    return parts.every(({ file }) => stampOf(join(folder, file)) !== null) ? installed : null;
  } catch {
    return null;
  }
}

/**
 * Problem: tool-changed. Reading 170 MB takes longer than many actions: a file that lies on the disk as it did
 * when it was installed is believed, any other is read.
 */
export async function checkInstalled(folder: string, { stamps }: Installed): Promise<void> {
  for (const { file, sha256 } of parts) {
    const path = join(folder, file);
    if (stampOf(path) === stamps[file]) continue;
    if ((await fileSha256(path)) !== sha256) fail("tool-changed", { file: path });
  }
}

/** Changes with every change of the file: its second time is set by the system alone. Null for no plain file. */
export function stampOf(path: string): string | null {
  const found = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  if (found?.isFile() !== true) return null;
  return [found.ino, found.size, found.mtimeNs, found.ctimeNs].join("-");
}
