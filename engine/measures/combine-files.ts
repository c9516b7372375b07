/** The combined file of a measure, from its files per date. */
import { createReadStream, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import type { IsoDate } from "../base/dates.ts";
import { measureFileName } from "../base/file-names.ts";
import { failForFile } from "../table/file-problem.ts";
import type { WrittenFile } from "../table/atomic-file.ts";
import { combine } from "./combine.ts";
import { writePieces } from "./write-pieces.ts";

const SMALL_BYTES = 1 << 20;

/**
 * Writes `measure_ID.csv` from `measure_ID_DATE.csv` of each date, all in `folder`; an older one is
 * replaced. Problems: measure-headers-differ and those of reading and writing. spec/measures.md 2.2.
 */
export async function combineFiles(
  measure: string,
  folder: string,
  dates: readonly IsoDate[],
): Promise<WrittenFile> {
  const files = dates.map((date) => ({
    date,
    text: textOf(join(folder, measureFileName(measure, date))),
  }));
  return writePieces(join(folder, measureFileName(measure, null)), combine(measure, files));
}

/** Opened only when its turn comes; a small one in one call, for there are hundreds of them. */
async function* textOf(path: string): AsyncGenerator<string, void> {
  try {
    if (statSync(path).size < SMALL_BYTES) {
      yield readFileSync(path, "utf8");
      return;
    }
    const pieces: AsyncIterable<string> = createReadStream(path, "utf8");
    yield* pieces;
  } catch (error) {
    failForFile(error, path, "read");
  }
}
