import { isAbsolute } from "node:path";
import { fail } from "../problems.ts";
import { fail as failOfFiles } from "../../files/problems.ts";
import { enclose } from "../../files/enclosure.ts";
import { readFileIn } from "../../files/enclosed-file.ts";

/** Such a file is in memory as a whole. */
const MOST_BYTES = 1 << 30;

/**
 * Reads files that a study names, below its workspace only, links followed before that is judged.
 * Problems: file-outside-workspace, file-needed, those of `readFileIn`.
 */
export function studyFileReader(
  workspace: string,
  study: string,
): (path: string) => Promise<Uint8Array> {
  return (path) => {
    if (isAbsolute(path)) failOfFiles("file-outside-workspace", { path });
    const bytes = readFileIn(enclose(workspace), path, MOST_BYTES);
    return Promise.resolve(bytes ?? fail("file-needed", { path, study }));
  };
}
