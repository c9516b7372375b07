/** The cohort files of a backend, read back as text. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Backend } from "../../engine/backend/backend.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import type { DatabaseBackendOptions } from "../../engine/backend/database/backend-options.ts";
import type { Records } from "../../engine/backend/database/records.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import type { Extraction } from "../conformance/extraction-cases.ts";
import type { CohortRow } from "../naive/naive-cohort.ts";

export type Cohorts = readonly (readonly CohortRow[])[];

export interface Extracting {
  /** Cohort files go there. */
  readonly folder: string;
  readonly asked: Pick<Extraction, "study" | "indexDates" | "today" | "files">;
}

/** The records are closed afterwards. */
export async function cohortRows(
  records: Records,
  { folder, asked }: Extracting,
  options: Pick<DatabaseBackendOptions, "evaluate" | "bounds">,
): Promise<Cohorts> {
  const { study, indexDates, today, files } = asked;
  const readFile = (path: string): Promise<Uint8Array> =>
    Promise.resolve(Buffer.from(files[path] ?? ""));
  const backend: Backend = await databaseBackend(records, { today, readFile, ...options });
  const cohorts: CohortRow[][] = [];
  try {
    for await (const { schema, batches } of backend.cohorts(study, indexDates)) {
      const path = join(folder, "cohort.csv");
      await writeCohort({ path, format: "csv", schema, batches });
      cohorts.push(parse(readFileSync(path), { columns: true }));
    }
  } finally {
    await backend.close();
  }
  return cohorts;
}
