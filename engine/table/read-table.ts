/** Reading a table whole cell by whole cell: supplied dummy data, where every value is looked at. */
import { Readable, pipeline } from "node:stream";

import { parse } from "csv-parse";

import { formatOf } from "../base/file-names.ts";
import { fail } from "../base/problems.ts";
import { openByteSource } from "./csv/byte-source.ts";
import type { CsvFile } from "./csv/byte-source.ts";
import { LONGEST_ROW, LONGEST_ROW_TEXT } from "./csv/byte-window.ts";
import { csvFileOf } from "./csv/csv-file.ts";

export interface TableRow {
  /** The header is row 1; blank lines are left out but count. */
  readonly row: number;
  readonly cells: readonly string[];
}
