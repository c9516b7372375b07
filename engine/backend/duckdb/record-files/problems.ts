/** Problems of files of health records. A value of a row is never told, nor the folder they lie in. */
import { kind } from "../../../base/problem-kind.ts";
import { quotedList } from "../../../base/wording.ts";

type ValueKind = "int" | "long" | "real" | "bit" | "text" | "date" | "datetime";

const described: { readonly [K in ValueKind]: string } = {
  int: "a whole number below 2^53",
  long: "a whole number below 2^63",
  real: "a number",
  bit: "0 or 1",
  text: "a text",
  date: "a day",
  datetime: "a day or time",
};

const written: { readonly [K in ValueKind]: string } = {
  int: "Write whole numbers with digits alone.",
  long: "Write whole numbers with digits alone.",
  real: "Write numbers with digits and a decimal point.",
  bit: "Write 0 or 1, or false or true.",
  text: "Each file has one header, and texts as they are.",
  date: "Write days as 2020-03-31.",
  datetime: "Write days as 2020-03-31 and times as 2020-03-31T10:30:00.",
};

const named = (file: string): string => JSON.stringify(file);

function moreRows(more: number): string {
  if (more === 0) return "";
  return `, and in ${more} more ${more === 1 ? "row" : "rows"}`;
}

export const recordProblems = {
  "record-value": kind<{
    readonly file: string;
    readonly column: string;
    readonly kind: ValueKind;
    /** The first. */
    readonly row: number;
    readonly more: number;
    readonly isNullWord: boolean;
  }>(
    1,
    ({ file, column, kind: of, row, more, isNullWord }) =>
      isNullWord
        ? `Column ${named(column)} of ${named(file)} holds the word NULL in row ${row}${moreRows(more)}`
        : `Column ${named(column)} of ${named(file)} holds something other than ${described[of]} in row ${row}${moreRows(more)}`,
    ({ kind: of, isNullWord }) =>
      isNullWord
        ? "The header is row 1. Leave a cell empty where there is no value."
        : `The header is row 1. ${written[of]} Leave a cell empty where there is no value.`,
  ),
  "record-file-empty": kind<{ readonly file: string }>(
    1,
    ({ file }) => `The file ${named(file)} is empty: it has no header row`,
    () =>
      "Its first row names the columns, separated by commas. A table without rows has that row still.",
  ),
  "record-column-missing": kind<{ readonly file: string; readonly column: string }>(
    1,
    ({ file, column }) =>
      `The file ${named(file)} has no column ${named(column)}, which other files of its table have`,
    () => "All files in a table's folder have the same columns: add it, or take the file away.",
  ),
  "record-delimiter": kind<{ readonly file: string; readonly delimiter: string }>(
    1,
    ({ file, delimiter }) =>
      `The fields of ${named(file)} are separated by ${delimiter === "\t" ? "tabs" : named(delimiter)}, not by commas`,
    () => "Write the file again as CSV with commas.",
  ),
  "record-file-kind": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${named(file)} is no ordinary file`,
    () => "Pipes and devices are not read: copy the records into a file.",
  ),
  "record-file-outside": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${named(file)} is a link to a place outside the folder of records`,
    () =>
      "Copy the file into the folder, or allow the folder it lies in with ?allow=FOLDER in the database URL.",
  ),
  "record-file-damaged": kind<{ readonly file: string; readonly format: string }>(
    1,
    ({ file, format }) =>
      `The file ${named(file)} cannot be read: it is no ${format} file, or damaged`,
    () => "Make or copy the file again.",
  ),
  "record-table-twice": kind<{ readonly table: string; readonly files: readonly string[] }>(
    1,
    ({ table, files }) => `Several files hold the table ${named(table)}: ${quotedList(files)}`,
    () =>
      `Keep one, or put files of one format into a folder of that name: their rows are put together.`,
  ),
  "record-number-range": kind<{ readonly table: string; readonly column: string }>(
    1,
    ({ table, column }) =>
      `The column ${named(column)} of the table ${named(table)} holds whole numbers of 2^53 or more, which cohort files cannot hold exactly`,
    () => "Give the ids numbers between -9007199254740991 and 9007199254740991.",
  ),
  "record-id-range": kind<{ readonly table: string; readonly column: string }>(
    1,
    ({ table, column }) =>
      `The column ${named(column)} of the table ${named(table)} holds whole numbers beyond 64 bits, of which cohort files could not hold every digit`,
    () => "Give the ids numbers between -9223372036854775808 and 9223372036854775807.",
  ),
} as const;
