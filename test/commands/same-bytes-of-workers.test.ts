/** Cohorts of a database: how many threads read and write them, and how many patients are read at once, shows nowhere. */
import assert from "node:assert/strict";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { pathToFileURL } from "node:url";
import { isoDateOf } from "../../engine/base/dates.ts";
import { cohortFormats } from "../../engine/base/file-names.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { connect } from "../../engine/backend/connect.ts";
import type { Cohort } from "../../engine/backend/backend.ts";
import { openWritingThreads } from "../../engine/commands/cohorts/write-side-by-side.ts";
import type { CohortBatch } from "../../engine/table/cohort-schema.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { everybody, inDatabase } from "../database/in-database.ts";
import {
  backendOptions,
  smallColumns,
  smallDates,
  smallRecords,
} from "../database/small-records.ts";
import { checked } from "../definition/study-of.ts";
import { contentsOf } from "./workspace.ts";
import type { Files } from "./workspace.ts";

/** Threads load no sources. */
const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/write-cohort-file.js"));

/** Every cohort as it was read, to be written in each format. */
interface ReadCohort {
  readonly name: string;
  readonly schema: Cohort["schema"];
  readonly batches: readonly CohortBatch[];
}

async function readFrom(url: string, workspace: string): Promise<readonly ReadCohort[]> {
  const backend = await connect(url, { ...backendOptions({ workspace }), workspace });
  const found: ReadCohort[] = [];
  try {
    for await (const cohort of backend.cohorts(checked(smallColumns), smallDates.map(isoDateOf))) {
      const batches: CohortBatch[] = [];
      for await (const batch of cohort.batches) batches.push(batch);
      found.push({ name: `input_${cohort.indexDate}`, schema: cohort.schema, batches });
    }
  } finally {
    await backend.close();
  }
  return found;
}

/** Written by so many threads, where files are that many; by this one where it is one. */
async function written(
  cohorts: readonly ReadCohort[],
  { jobs, format, workspace }: { jobs: number; format: CohortFormat; workspace: string },
): Promise<Files> {
  const folder = mkdtempSync(join(workspace, "written-"));
  const named = cohorts.map((cohort) => ({ ...cohort, name: `${cohort.name}.${format}` }));
  if (jobs === 1) {
    for (const cohort of named) {
      await writeCohort({ path: join(folder, cohort.name), format, ...cohort });
    }
    return contentsOf(folder);
  }
  const threads = openWritingThreads({
    ...{ folder, format, jobs: Math.min(jobs, cohorts.length) },
    ...{ onRows: () => undefined, workerFile: BUILT },
  });
  try {
    for (const cohort of named) await threads.take(cohort);
    await threads.finish();
  } finally {
    await threads.close();
  }
  return contentsOf(folder);
}

describe("cohorts of a database", () => {
  it("have the same bytes in every format, whether 1, 2 or 8 threads read and write them", () =>
    inDatabase(smallRecords(60), async (workspace) => {
      const all = await readFrom(`${everybody}&threads=1`, workspace);
      const expected = new Map<CohortFormat, Files>();
      for (const format of cohortFormats) {
        expected.set(format, await written(all, { jobs: 1, format, workspace }));
      }
      for (const jobs of [1, 2, 8]) {
        const url = `${everybody}&threads=${jobs}&patients_at_once=${20 + jobs}`;
        const cohorts = await readFrom(url, workspace);
        assert.ok(cohorts.length === smallDates.length);
        assert.ok(cohorts.every(({ batches }) => batches.length > 1));
        for (const format of cohortFormats) {
          const found = await written(cohorts, { jobs, format, workspace });
          assert.equal(Object.keys(found).length, cohorts.length);
          assert.deepEqual(found, expected.get(format), `${format} with ${jobs} threads`);
        }
      }
    }));
});
