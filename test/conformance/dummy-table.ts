/** Dummy data of a study as a small table, read back from the file that was written. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { dummyBackend } from "../../engine/backend/dummy/dummy-backend.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { writeCohort } from "../../engine/table/write-cohort.ts";
import { inScratchFolder } from "./scratch-folder.ts";
import { today } from "./study-of-case.ts";

/** Texts as in the file, by column. */
export type DummyTable = ReadonlyMap<string, readonly string[]>;

export function dummyTable(study: CheckedStudy, patients: number, seed = "1"): Promise<DummyTable> {
  return inScratchFolder(async (folder) => {
    const path = join(folder, "input.csv");
    await writeDummyFile(study, { patients, seed }, path);
    const [header = [], ...rows] = parse(readFileSync(path, "utf8"));
    return new Map(header.map((name, i) => [name, rows.map((row) => row[i] ?? "")]));
  });
}

/** One csv file, at the study's own index date. */
export async function writeDummyFile(
  study: CheckedStudy,
  { patients, seed }: { readonly patients: number; readonly seed: string },
  path: string,
): Promise<void> {
  const backend = dummyBackend({ patients, seed, today: today() });
  for await (const { schema, batches } of backend.cohorts(study, [null])) {
    const format = path.endsWith(".gz") ? "csv.gz" : "csv";
    await writeCohort({ path, format, schema, batches });
  }
}
