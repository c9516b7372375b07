/** What runs in a thread of the pool. */
import { measureCohortFile } from "./measure-cohort-file.ts";
import { readTask } from "./measure-task.ts";
import type { MeasureAnswer } from "./measure-task.ts";

/** Name under which the pool calls it: `answer`. */
export async function answer(sent: unknown): Promise<MeasureAnswer> {
  return measureCohortFile(readTask(sent));
}
