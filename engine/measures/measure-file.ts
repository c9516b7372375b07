/** A measure's file of one date, in any of the formats that measures can have. */
import { unreachable } from "../base/problems.ts";
import type { MeasureFormat } from "../base/file-names.ts";
import type { WrittenFile } from "../files/atomic-file.ts";
import { writeTable } from "../table/write-table.ts";
import { formatMeasure } from "./format-measure.ts";
import { gzipPieces } from "./gzip-pieces.ts";
import { measureRows } from "./measure-rows.ts";
import type { PublishableTable } from "./round-counts.ts";
import { writePieces } from "./write-pieces.ts";

/** Problems: those of writing; after any of them nothing is left under the name. */
export function writeMeasure(
  path: string,
  table: PublishableTable,
  format: MeasureFormat,
): Promise<WrittenFile> {
  switch (format) {
    case "csv":
      return writePieces(path, formatMeasure(table));
    case "csv.gz":
      return writePieces(path, gzipPieces(formatMeasure(table)));
    case "feather":
      return writeTable({ path, format, ...measureRows(table) });
    default:
      return unreachable(format);
  }
}
