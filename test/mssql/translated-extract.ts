/** Translated T-SQL as an answer to recorded and random extractions, with a real cohort file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import type { Extract } from "../conformance/extraction-cases.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import type { CohortRow } from "../naive/naive-cohort.ts";
import { translatedRecords } from "./translated-records.ts";
import type { TsqlTools } from "./tsql-tools.ts";

/** All index dates in one pass; then every statement is held to the grammar. */
export function translatedExtract(tools: TsqlTools): Extract {
  return ({ study, records, indexDates, today, includeOptedOut, files }) =>
    inScratchFolder(async (folder) => {
      const opened = await translatedRecords({ tools, records, includeOptedOut });
      const readFile = (path: string): Promise<Uint8Array> =>
        Promise.resolve(Buffer.from(files[path] ?? ""));
      const backend = await databaseBackend(opened, { today, readFile, evaluate: "one-pass" });
      const cohorts: CohortRow[][] = [];
      try {
        for await (const { schema, batches } of backend.cohorts(study, indexDates)) {
          const path = join(folder, "cohort.csv");
          await writeCohort({ path, format: "csv", schema, batches });
          cohorts.push(parse(readFileSync(path), { columns: true }));
        }
      } finally {
        await tools.grammar();
      }
      return cohorts;
    });
}
