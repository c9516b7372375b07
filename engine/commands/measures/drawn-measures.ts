/** Measures of dummy patients, whose cohorts are files only for as long as they are measured. */
import { rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cohortFileName } from "../../base/file-names.ts";
import type { Backend } from "../../backend/backend.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { makeTemporaryFolder } from "../../files/owned-folder.ts";
import { groupsNeeded } from "../../measures/grouped-cohort.ts";
import { measureCohortFile } from "../../measures/measure-cohort-file.ts";
import type { MeasureAnswer, MeasureTask } from "../../measures/measure-task.ts";
import { writeCohort } from "../../table/write-table.ts";

/** An answer for each task, all of the same measures. */
export async function* drawnMeasures(
  backend: Backend,
  study: CheckedStudy,
  tasks: readonly MeasureTask[],
): AsyncGenerator<MeasureAnswer> {
  const { keys, numbers } = groupsNeeded(tasks[0]?.measures ?? []);
  const needed = new Set([...keys, ...numbers]);
  const narrow = { ...study, output: study.output.filter((name) => needed.has(name)) };
  const dates = tasks.map(({ date }) => date);
  const folder = makeTemporaryFolder(tmpdir());
  let done = 0;
  try {
    for await (const { schema, batches } of backend.cohorts(narrow, dates)) {
      const task = tasks[done++];
      if (task === undefined) continue;
      const path = join(folder.path, cohortFileName("input", "", task.date, FORMAT));
      await writeCohort({ path, format: FORMAT, schema, batches });
      yield await measureCohortFile({ ...task, file: path });
      rmSync(path);
    }
  } finally {
    folder.remove();
  }
}

const FORMAT = "csv";
