/** Dummy data of a study as a small table, read back from the file that was written. */
import { basename, join } from "node:path";
import { dummyBackend } from "../../engine/backend/dummy/dummy-backend.ts";
import { formatOf } from "../../engine/base/file-names.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { inScratchFolder } from "./scratch-folder.ts";
import { today } from "./study-of-case.ts";

/** Texts as in the file, by column. */
export type DummyTable = ReadonlyMap<string, readonly string[]>;

export interface DummyTableOptions {
  readonly patients: number;
  readonly seed?: string;
  /** Of the file in between. */
  readonly format?: CohortFormat | undefined;
}

export function dummyTable(
  study: CheckedStudy,
  { patients, seed = "1", format = "csv" }: DummyTableOptions,
): Promise<DummyTable> {
  return inScratchFolder(async (folder) => {
    const path = join(folder, `input.${format}`);
    await writeDummyFile(study, { patients, seed }, path);
    const rows: (readonly string[])[] = [];
    for await (const { cells } of readTable(path)) rows.push(cells);
    const [header = [], ...data] = rows;
    return new Map(header.map((name, i) => [name, data.map((row) => row[i] ?? "")]));
  });
}

/** One file of the format that its name says, at the study's own index date. */
export async function writeDummyFile(
  study: CheckedStudy,
  { patients, seed }: { readonly patients: number; readonly seed: string },
  path: string,
): Promise<void> {
  const backend = dummyBackend({ patients, seed, today: today() });
  for await (const { schema, batches } of backend.cohorts(study, [null])) {
    const format = formatOf(basename(path)) ?? "csv";
    await writeCohort({ path, format, schema, batches });
  }
}
