/** Evaluates a study in a database without writing files, and tells what that took. */
import type { IsoDate } from "../engine/base/dates.ts";
import { connect } from "../engine/backend/connect.ts";
import type { Evaluate } from "../engine/backend/database/backend-options.ts";
import { checkStudy } from "../engine/definition/check/check-study.ts";
import type { CheckedStudy } from "../engine/definition/checked-study.ts";
import type { StudyFile } from "../engine/definition/model.ts";
import { isoDateOf } from "../engine/base/dates.ts";

export function checked(file: StudyFile): CheckedStudy {
  const result = checkStudy("bench", file);
  if (result.ok) return result.study;
  throw new Error(result.problems.map(({ message }) => message).join("\n"));
}

export function months(count: number): readonly IsoDate[] {
  return Array.from({ length: count }, (_, i) => {
    const [year, month] = [2016 + Math.floor(i / 12), (i % 12) + 1];
    // A year of 12 months is 2020, longer ones end there or go beyond.
    const shown = count <= 12 ? 2020 : year;
    return isoDateOf(`${shown}-${String(month).padStart(2, "0")}-01`);
  });
}

export interface Took {
  readonly seconds: number;
  /** Of all threads. */
  readonly cpuSeconds: number;
  readonly rows: number;
}

/** `url` is that of a database. */
export async function evaluateStudy(
  url: string,
  study: CheckedStudy,
  { dates, evaluate }: { readonly dates: readonly IsoDate[]; readonly evaluate: Evaluate },
): Promise<Took> {
  const started = performance.now();
  const cpu = process.cpuUsage();
  const backend = await connect(url, {
    workspace: ".",
    today: isoDateOf("2024-01-01"),
    readFile: (path) => Promise.reject(new Error(`nobody reads ${path}`)),
    evaluate,
  });
  let rows = 0;
  for await (const { batches } of backend.cohorts(study, dates)) {
    for await (const batch of batches) rows += batch.rows;
  }
  await backend.close();
  const used = process.cpuUsage(cpu);
  return {
    seconds: (performance.now() - started) / 1000,
    cpuSeconds: (used.user + used.system) / 1e6,
    rows,
  };
}
