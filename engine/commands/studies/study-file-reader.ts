import { realpathSync } from "node:fs";
import { isAbsolute, join, sep } from "node:path";
import { fail } from "../problems.ts";
import { readSmallFile } from "../../files/small-file.ts";

/** Such a file is in memory as a whole. */
const MOST_BYTES = 1 << 30;

/**
 * Reads files that a study names, below its workspace only, links followed before that is judged.
 * Problems: file-outside-workspace, file-needed, those of `readSmallFile`.
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
    const bytes = readSmallFile(real, { most: MOST_BYTES, follow: false, told: path });
    return Promise.resolve(bytes ?? fail("file-needed", { path, study }));
  };
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}
