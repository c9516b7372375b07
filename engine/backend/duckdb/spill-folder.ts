/** Where DuckDB puts what does not fit in memory: values of patients, so that only this user may look. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail } from "../../base/problems.ts";
import { systemCode } from "../../files/file-problem.ts";

export interface SpillFolder {
  readonly path: string;
  readonly remove: () => void;
}

/** A folder of mode 0700. Problem: temporary-folder. */
export function spillFolder(): SpillFolder {
  const path = made();
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function made(): string {
  try {
    return mkdtempSync(join(tmpdir(), "cohortline-"));
  } catch (error) {
    const answer = systemCode(error);
    if (answer === null) throw error;
    return fail("temporary-folder", { answer });
  }
}
