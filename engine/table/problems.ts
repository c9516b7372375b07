/** Problems of reading and writing tables: cohort files, measure files, supplied dummy data. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { nearestHint, quotedList } from "../base/wording.ts";

const named = (file: string): string => JSON.stringify(file);

/** What is wrong with the contents of a table, never told by quoting its values. */
const contentProblems = {
  "empty-table": kind<{ file: string }>(
    1,
    ({ file }) => `The file ${named(file)} is empty: it has no header row.`,
    () => "Make the file again; a cohort without patients still has a header.",
  ),
  "missing-file-column": kind<{ file: string; column: string; nearest: readonly string[] }>(
    1,
    ({ file, column }) => `The file ${named(file)} has no column ${named(column)}.`,
    ({ nearest }) => nearestHint(nearest) || "Make the file again from a study with that column.",
  ),
  "repeated-file-column": kind<{ file: string; column: string }>(
    1,
    ({ file, column }) => `The file ${named(file)} has more than one column ${named(column)}.`,
    () => "Rename or remove all but one of them.",
  ),
  "ragged-row": kind<{ file: string; row: number; fields: number; expected: number }>(
    1,
    ({ file, row, fields, expected }) =>
      `Row ${row} of ${named(file)} has ${fields} field(s) where the header has ${expected}.`,
    () => "The header is row 1. Quote texts that hold a comma or a line break.",
  ),
  "broken-quotes": kind<{ file: string; row: number }>(
    1,
    ({ file, row }) => `A quoted text in row ${row} of ${named(file)} does not end properly.`,
    () => 'The header is row 1. Close each quote; write a quote inside a quoted text as "".',
  ),
  "not-a-number": kind<{ file: string; row: number; column: string }>(
    1,
    ({ file, row, column }) =>
      `Column ${named(column)} of ${named(file)} holds something other than a number in row ${row}.`,
    () =>
      "The header is row 1. Numerators and denominators need a number in every row; use 0 where nothing is recorded.",
  ),
  "patient-id-not-whole": kind<{ file: string; row: number }>(
    1,
    ({ file, row }) =>
      `Column "patient_id" of ${named(file)} holds something other than a whole number in row ${row}.`,
    () => "The header is row 1. Patients are known by whole numbers, up to 2^53.",
  ),
  "not-utf8-text": kind<{ file: string; row: number | null; column: string | null }>(
    1,
    ({ file, row, column }) =>
      `The file ${named(file)} is not UTF-8 text` +
      (row === null
        ? column === null
          ? "."
          : ` in column ${named(column)}.`
        : column === null
          ? ` in row ${row}.`
          : `: ${named(column)}, row ${row}.`),
    () => "Save the file with the encoding UTF-8.",
  ),
  "text-too-long": kind<{ file: string; row: number | null; column: string | null; most: string }>(
    1,
    ({ file, row, column, most }) =>
      `Column ${named(column ?? "")} of ${named(file)} has a text of more than ${most}` +
      (row === null ? "." : ` in row ${row}.`),
    () => "The header is row 1. A text may have 1 MiB, the label of a group 64 KiB.",
  ),
  "too-much-text": kind<{ file: string; column: string | null; most: string }>(
    1,
    ({ file, column, most }) =>
      `The different texts in column ${named(column ?? "")} of ${named(file)} have more than ${most} together.`,
    () => "A column of categories has few of them: check that the right column is meant.",
  ),
  "row-too-long": kind<{ file: string; row: number; limit: string }>(
    1,
    ({ file, row, limit }) => `Row ${row} of ${named(file)} is longer than ${limit}.`,
    () => "The header is row 1. Usually a quote that was opened is never closed.",
  ),
  "broken-gzip": kind<{ file: string }>(
    1,
    ({ file }) => `The file ${named(file)} is not complete gzip data.`,
    () => "The file was cut short or is not compressed: make or copy it again.",
  ),
  "duplicate-patients": kind<{ file: string }>(
    1,
    ({ file }) =>
      `A patient occurs more than once in the rows for ${named(file)}; it was not written.`,
    () => "Each patient must have one row: look for repeated ids in the data behind the study.",
  ),
};

/** What is wrong with a file of a binary format. */
const binaryProblems = {
  "wrong-magic": kind<{ file: string; format: string; found: string | null }>(
    1,
    ({ file, format, found }) =>
      `The file ${named(file)} is not a ${format} file` +
      (found === null ? "." : `: it is ${found}.`),
    ({ format }) => `Its name says ${format}: rename it, or make it again as ${format}.`,
  ),
  "broken-table": kind<{ file: string; format: string }>(
    1,
    ({ file, format }) => `The ${format} file ${named(file)} is damaged or was cut short.`,
    () => "Make or copy the file again.",
  ),
  "unsupported-table": kind<{ file: string; what: string }>(
    1,
    ({ file, what }) => `The file ${named(file)} has ${what}, which cannot be read here.`,
    () => "Write it again with the default options of pandas, R or Polars.",
  ),
  "unsupported-column-type": kind<{ file: string; column: string; type: string }>(
    1,
    ({ file, column, type }) =>
      `Column ${named(column)} of ${named(file)} has the type ${type}, which no cohort column has.`,
    () => "Make it a whole number, a float, a yes/no column, a date or a text.",
  ),
  "number-too-large": kind<{ file: string; row: number | null; column: string | null }>(
    1,
    ({ file, row, column }) =>
      `Column ${named(column ?? "")} of ${named(file)} holds a whole number beyond 2^53${row === null ? "" : ` in row ${row}`}.`,
    () => "The header is row 1. Such numbers cannot be kept exactly: use smaller ones, or text.",
  ),
  "file-time-of-day": kind<{ file: string; row: number; column: string | null }>(
    1,
    ({ file, row, column }) =>
      `Column ${named(column ?? "")} of ${named(file)} holds a moment within a day in row ${row}.`,
    () =>
      "The header is row 1. Moments are read as days where all are midnight, of their time zone or of UTC. Make the " +
      "column days (in R as.Date, in pandas .dt.date) and write the file again.",
  ),
  "file-date-out-of-range": kind<{ file: string; row: number; column: string | null }>(
    1,
    ({ file, row, column }) =>
      `Column ${named(column ?? "")} of ${named(file)} holds a date outside the years 0001 to 9999 in row ${row}.`,
    () => "The header is row 1. Leave the date missing where there is none.",
  ),
};

/** What Stata's own format adds. */
const stataProblems = {
  "not-a-stata-file": kind<{ file: string; release: string | null }>(
    1,
    ({ file, release }) =>
      release === null
        ? `The file ${named(file)} is not a Stata file.`
        : `The file ${named(file)} has Stata's format ${release}, which is not read.`,
    () => "Save it with Stata 13 or newer: formats 117, 118 and 119 are read.",
  ),
  "broken-stata-file": kind<{ file: string; where: string }>(
    1,
    ({ file, where }) => `The Stata file ${named(file)} is cut short or damaged: ${where}.`,
    () => "Make or copy the file again.",
  ),
  "stata-column": kind<{ file: string; column: string; displayFormat: string }>(
    1,
    ({ file, column, displayFormat }) =>
      `Column ${named(column)} of ${named(file)} has the display format ${displayFormat}, which is not read.`,
    () => "Make it days (%td), months (%tm), years (%ty) or a text, and save the file again.",
  ),
  "stata-not-a-date": kind<{ file: string; row: number; column: string }>(
    1,
    ({ file, row, column }) =>
      `Column ${named(column)} of ${named(file)} holds something other than a date in row ${row}.`,
    () => "The header is row 1. Dates are whole days of the years 1 to 9999.",
  ),
  "stata-names": kind<{
    studies: readonly string[];
    columns: readonly { name: string; stataName: string }[];
  }>(
    1,
    ({ studies, columns }) =>
      `Stata has other names for columns of ${quotedList(studies)}: ` +
      columns.map(({ name, stataName }) => `${named(name)} is ${named(stataName)}`).join(", "),
    () =>
      "Stata's names have 32 characters, letters, digits and _, and some words are its own. Choose such names in the " +
      "study, or go by the columns' labels; measures find the columns by the study's names all the same.",
  ),
  "stata-number": kind<{ file: string; row: number; column: string }>(
    1,
    ({ file, row, column }) =>
      `Column ${named(column)} has a number in row ${row} that the Stata file ${named(file)} cannot hold.`,
    () =>
      "The header is row 1. Whole numbers are exact up to 9007199254740991, others go to 8.9e307: write csv instead.",
  ),
};

/** What keeps two cohorts from being put together. */
const joinProblems = {
  "join-patient-twice": kind<{ file: string }>(
    1,
    ({ file }) => `A patient occurs more than once in ${named(file)}: it cannot be joined.`,
    () => "A cohort file has one row for each patient: look at what made it.",
  ),
  "join-names-meet": kind<{ file: string; column: string }>(
    1,
    ({ file, column }) => `Joining would give ${named(file)} two columns ${named(column)}.`,
    () =>
      "A column that both files have gets _x on the left and _y on the right: rename the one that has such a name already.",
  ),
};

const formatProblems = {
  "unknown-file-format": kind<{ file: string; known: readonly string[] }>(
    1,
    ({ file }) => `The name ${named(file)} does not say which format the file has.`,
    ({ known }) => `It must end in one of ${quotedList(known.map((format) => `.${format}`))}.`,
  ),
};

export const tableProblems = {
  ...contentProblems,
  ...binaryProblems,
  ...stataProblems,
  ...joinProblems,
  ...formatProblems,
} as const;

export const { fail, problem } = problemsOf(tableProblems);
