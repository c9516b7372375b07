/** A real Trino as an answer to recorded and random extractions, with a real cohort file. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import type { Extract } from "../conformance/extraction-cases.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import type { CohortRow } from "../naive/naive-cohort.ts";
import { inTrino } from "./trino-records.ts";

/** All index dates in one pass. */
export function trinoExtract(url: string): Extract {
  return ({ study, records, indexDates, today, includeOptedOut, files }) =>
    inTrino({ url, records, includeOptedOut }, (opened) =>
      inScratchFolder(async (folder) => {
        const readFile = (path: string): Promise<Uint8Array> =>
          Promise.resolve(Buffer.from(files[path] ?? ""));
        const backend = await databaseBackend(opened, { today, readFile, evaluate: "one-pass" });
        const cohorts: CohortRow[][] = [];
        // Whatever a study asks, its codelists can be looked for.
        const heard = (): void => undefined;
        for await (const { schema, batches } of backend.cohorts(study, indexDates, heard)) {
          const path = join(folder, "cohort.csv");
          await writeCohort({ path, format: "csv", schema, batches });
          cohorts.push(parse(readFileSync(path), { columns: true }));
        }
        return cohorts;
      }),
    );
}
