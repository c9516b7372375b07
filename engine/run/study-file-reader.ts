import { realpathSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { isAbsolute, join, sep } from "node:path";
import { fail } from "../base/problems.ts";

/**
 * Reads files that a study names, below its workspace only, links followed before that is judged.
 * Problems: file-outside-workspace, file-needed.
 */
export function studyFileReader(
  workspace: string,
  study: string,
): (path: string) => Promise<Uint8Array> {
  return async (path) => {
    const real = realPath(join(workspace, path));
    if (real === null) return fail("file-needed", { path, study });
    const root = realpathSync(workspace);
    if (isAbsolute(path) || !real.startsWith(`${root}${sep}`)) {
      fail("file-outside-workspace", { path });
    }
    return readFile(real).catch(() => fail("file-needed", { path, study }));
  };
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
