import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ProblemError } from "../base/problems.ts";
import { problem } from "./problems.ts";
import type { Problem } from "../base/problems.ts";
import { failForFile, systemCode } from "./file-problem.ts";
import { refuseForeignFolder } from "./own-folder.ts";

/**
 * Stops where a folder of ours holds what we never put there: a link, a pipe, a device. All of them are reported
 * together: file-is-a-link, file-not-plain.
 */
export function refuseOddEntries(root: string, folders: readonly string[]): void {
  const problems = folders.flatMap((folder) => {
    refuseForeignFolder(root, folder);
    return entriesOf(folder).flatMap((entry): readonly Problem[] => {
      const file = join(folder, entry.name);
      if (entry.isSymbolicLink()) return [problem("file-is-a-link", { file })];
      return entry.isFile() || entry.isDirectory() ? [] : [problem("file-not-plain", { file })];
    });
  });
  if (problems.length > 0) throw new ProblemError(problems);
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return systemCode(error) === "ENOENT" ? [] : failForFile(error, folder, "read");
  }
}
