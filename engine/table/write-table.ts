/** Writing a table of any format, whatever is in it; a cohort is written by `writeCohort`. */
import type { CohortFormat } from "../base/file-names.ts";
import { openAtomicFile } from "../files/atomic-file.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import type { CohortRows } from "./table-format.ts";
import { tableFormat } from "./table-formats.ts";

export interface TableToWrite extends CohortRows {
  readonly path: string;
  readonly format: CohortFormat;
}

/**
 * The file gets its name only when it is complete. Problems: those of `openAtomicFile`, of Stata files
 * stata-name-taken and stata-number; after any of them nothing is left under the name.
 */
export async function writeTable({ path, format, ...rows }: TableToWrite): Promise<WrittenFile> {
  const file = await openAtomicFile(path);
  try {
    await tableFormat(format).write(file, rows);
    return await file.commit();
  } finally {
    await file.abandon();
  }
}
