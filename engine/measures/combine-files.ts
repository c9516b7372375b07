/** The combined file of a measure, from its files per date. */
import { createReadStream, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createGunzip, gunzipSync } from "node:zlib";
import type { IsoDate } from "../base/dates.ts";
import { measureFileName } from "../base/file-names.ts";
import type { MeasureFormat } from "../base/file-names.ts";
import { unreachable } from "../base/problems.ts";
import { byCodePoint } from "../base/value-types.ts";
import { failForFile } from "../files/file-problem.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import { writeTable } from "../table/write-table.ts";
import { combine, combineRows } from "./combine.ts";
import { gzipPieces, writePieces } from "./write-pieces.ts";
import { labelColumns } from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";

const SMALL_BYTES = 1 << 20;

export interface FilesToCombine {
  readonly measure: MeasureSpec;
  readonly folder: string;
  readonly dates: readonly IsoDate[];
  readonly format: MeasureFormat;
}

/**
 * Writes `measure_ID` from `measure_ID_DATE` of each date, all in `folder` and of one format; an older
 * one is replaced. Problems: measure-headers-differ and those of reading and writing.
 */
export async function combineFiles(files: FilesToCombine): Promise<WrittenFile> {
  const { measure, folder, format } = files;
  const { id } = measure;
  const path = join(folder, measureFileName(id, null, format));
  switch (format) {
    case "csv":
      return writePieces(path, combine(id, textsOf(files)));
    case "csv.gz":
      return writePieces(path, gzipPieces(combine(id, textsOf(files))));
    case "feather":
      return writeTable({ path, format, ...(await combineRows(id, tablesOf(files))) });
    default:
      return unreachable(format);
  }
}

function textsOf({ measure: { id }, folder, dates, format }: FilesToCombine) {
  return dates.map((date) => ({
    date,
    text: textOf(join(folder, measureFileName(id, date, format)), format === "csv.gz"),
  }));
}

function tablesOf({ measure, folder, dates, format }: FilesToCombine) {
  const labels = labelColumns(measure).length;
  return [...dates].sort(byCodePoint).map((date) => ({
    ...{ date, labels },
    path: join(folder, measureFileName(measure.id, date, format)),
  }));
}

/** Opened only when its turn comes; a small one in one call, for there are hundreds of them. */
async function* textOf(path: string, gzip: boolean): AsyncGenerator<string, void> {
  try {
    if (statSync(path).size < SMALL_BYTES) {
      const bytes = readFileSync(path);
      yield (gzip ? gunzipSync(bytes) : bytes).toString();
      return;
    }
    const file = createReadStream(path);
    const pieces: AsyncIterable<string> = (gzip ? file.pipe(createGunzip()) : file).setEncoding(
      "utf8",
    );
    yield* pieces;
  } catch (error) {
    failForFile(error, path, "read");
  }
}
