/** Translated T-SQL as an answer to recorded and random extractions, with a real cohort file. */
import type { Extract } from "../conformance/extraction-cases.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { cohortRows } from "../database/cohort-rows.ts";
import { translatedRecords } from "./translated-records.ts";
import type { TsqlTools } from "./tsql-tools.ts";

/** All index dates in one pass; then every statement is held to the grammar. */
export function translatedExtract(tools: TsqlTools): Extract {
  return (asked) =>
    inScratchFolder(async (folder) => {
      const records = await translatedRecords({ ...asked, tools });
      const rows = cohortRows(records, { folder, asked }, { evaluate: "one-pass" });
      return rows.finally(tools.grammar);
    });
}
