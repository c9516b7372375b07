/**
 * Makes a cohort of the example study in memory, then writes it into so many files, one after the other,
 * each hashed and flushed as `generate_cohort` does. Prints the seconds of the writing and the most
 * memory meanwhile, the rows included. Run by `writing.ts`: FOLDER FORMAT FILES ROWS.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dummyBackend } from "../engine/backend/dummy/dummy-backend.ts";
import { cohortFormats } from "../engine/base/file-names.ts";
import type { CohortBatch, CohortSchema } from "../engine/table/cohort-schema.ts";
import { writeCohort } from "../engine/table/write-table.ts";
import { months } from "./evaluate-study.ts";
import { exampleStudy } from "./example-study.ts";
import { highWater } from "./whole-process.ts";
import type { Timing } from "./whole-process.ts";

const [folder = "", wanted, files, rows] = process.argv.slice(2);
const format = cohortFormats.find((each) => each === wanted);
if (format === undefined) throw new Error(`no format ${wanted}`);
const cohort = await madeBeforehand(Number(rows));
forgetHighWater();
const started = performance.now();
for (let file = 0; file < Number(files); file++) {
  await writeCohort({ path: join(folder, `input_${file}.${format}`), format, ...cohort });
}
const seconds = (performance.now() - started) / 1000;
const timing: Timing = { seconds, peakMiB: highWater(process.pid) ?? NaN };
console.log(JSON.stringify(timing));

interface Beforehand {
  readonly schema: CohortSchema;
  readonly batches: readonly CohortBatch[];
}

async function madeBeforehand(patients: number): Promise<Beforehand> {
  const study = await exampleStudy();
  const [day] = months(1);
  if (day === undefined) throw new Error("a month has a first day");
  const readFile = () => Promise.reject(new Error("the example reads no file of patients"));
  const backend = dummyBackend({ patients, seed: "bench", today: day, readFile });
  for await (const { schema, batches } of backend.cohorts(study, [day])) {
    const kept: CohortBatch[] = [];
    for await (const batch of batches) kept.push(batch);
    return { schema, batches: kept };
  }
  throw new Error("a study has a cohort at each index date");
}

/** What making the rows needed is not the writer's; where there is no /proc, nothing is reported anyway. */
function forgetHighWater(): void {
  try {
    writeFileSync("/proc/self/clear_refs", "5");
  } catch {
    return;
  }
}
