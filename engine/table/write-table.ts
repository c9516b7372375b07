/** Writing a table of any format, whatever is in it; a cohort is written by `writeCohort`. */
import type { CohortFormat } from "../base/file-names.ts";
import { openAtomicFile } from "../files/atomic-file.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import { withExactNumbers } from "./exact-numbers.ts";
import { withShownDays } from "./shown-days.ts";
import type { CohortRows } from "./table-format.ts";
import { tableFormat } from "./table-formats.ts";

export interface TableToWrite extends CohortRows {
  readonly path: string;
  readonly format: CohortFormat;
}

/**
 * The file gets its name only when it is complete. Of a date no more is written than its column shows. Problems: those of `openAtomicFile`, number-too-large
 * and of Stata files stata-number; after any of them nothing is left under the name.
 */
export async function writeTable(table: TableToWrite): Promise<WrittenFile> {
  const { path, format, schema } = table;
  const batches = withShownDays(schema, withExactNumbers(path, schema, table.batches));
  const file = await openAtomicFile(path);
  try {
    await tableFormat(format).write(file, { schema, batches });
    return await file.commit();
  } finally {
    await file.abandon();
  }
}
