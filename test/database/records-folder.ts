/** A folder of records made of files as a test writes them. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { inScratchFolder } from "../conformance/scratch-folder.ts";

/** What stands in the files of `records`, by path; null for a file that is not there. */
export type RecordFiles = Readonly<Record<string, string | Uint8Array | null>>;

export function inRecordsFolder<T>(
  files: RecordFiles,
  act: (workspace: string) => Promise<T>,
): Promise<T> {
  return inScratchFolder((workspace) => {
    for (const [path, held] of Object.entries(files)) {
      if (held === null) continue;
      const file = join(workspace, "records", path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, held);
    }
    return act(workspace);
  });
}
