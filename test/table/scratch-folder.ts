/** A folder for the files of one test file, removed when its tests are done. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";

export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-test-"));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
