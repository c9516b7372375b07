/** Problems of files with dummy data that the author supplies. The only ones that may quote values. */
import { kind } from "../../base/problem-kind.ts";
import { nearestHint, quotedList } from "../../base/wording.ts";

export interface InFile {
  readonly file: string;
}

const named = (text: string): string => JSON.stringify(text);

/** A whole cohort supplied in place of a generated one. */
const suppliedCohort = {
  "dummy-file-extension": kind<InFile & { readonly format: string }>(
    1,
    ({ file, format }) => `Expected dummy data file with extension .${format}; got ${file}`,
    () => "Supply a file of the output's format, or choose the output's format to match the file.",
  ),
  "dummy-file-format": kind<InFile & { readonly formats: readonly string[] }>(
    1,
    ({ file, formats }) =>
      `Dummy data must be in one of the following formats: ${formats.join(", ")}; got ${file}`,
    () => "The name of the file must end in the name of its format.",
  ),
  "dummy-file-not-found": kind<InFile>(
    1,
    ({ file }) => `Dummy data file not found: ${file}`,
    () => "Check the name and the folder; a path is meant from the folder the command runs in.",
  ),
  "dummy-file-extra-column": kind<
    InFile & { readonly column: string; readonly nearest: readonly string[] }
  >(
    1,
    ({ file, column }) => `Unexpected column in dummy data: ${column} (${file})`,
    ({ nearest }) =>
      nearestHint(nearest) || "The file must have patient_id and the study's columns, no others.",
    ["column", "nearest"],
  ),
  "dummy-file-missing-column": kind<InFile & { readonly column: string }>(
    1,
    ({ file, column }) => `Missing column in dummy data: ${column} (${file})`,
    () => "The file must have patient_id and every column of the study, in any order.",
  ),
  "dummy-file-repeated-column": kind<InFile & { readonly column: string }>(
    1,
    ({ file, column }) => `Repeated column in dummy data: ${column} (${file})`,
    () => "Keep one of them.",
  ),
  "dummy-file-value": kind<
    InFile & {
      readonly row: number;
      readonly column: string;
      readonly value: string;
      readonly expected: string;
    }
  >(
    1,
    ({ file, row, column, value }) =>
      `Invalid value \`${value}\` for ${column} in row ${row} of ${file}`,
    ({ expected }) => `Expected ${expected}. The header is row 1.`,
    ["value"],
  ),
  "dummy-file-repeated-patient": kind<
    InFile & { readonly row: number; readonly first: number; readonly id: string }
  >(
    1,
    ({ file, row, first, id }) =>
      `Invalid value \`${id}\` for patient_id in row ${row} of ${file}: row ${first} has the same`,
    () => "Each patient must have one row. The header is row 1.",
    ["id"],
  ),
  "dummy-file-more": kind<InFile & { readonly count: number }>(
    1,
    ({ file, count }) => `… and ${count} more in ${file}`,
    () => "Correct those shown and try again to see the others.",
  ),
};

/** Files that `with_value_from_file` and `which_exist_in_file` name. */
const patientFile = {
  "patient-file-id": kind<InFile & { readonly row: number }>(
    1,
    ({ file, row }) => `Row ${row} of ${named(file)} has no whole number for patient_id`,
    () => "The header is row 1.",
  ),
  "patient-file-repeated": kind<InFile & { readonly row: number; readonly first: number }>(
    1,
    ({ file, row, first }) => `Rows ${first} and ${row} of ${named(file)} are of the same patient`,
    () => "Each patient must have one row. The header is row 1.",
  ),
  "patient-file-column": kind<
    InFile & {
      readonly column: string;
      readonly header: readonly string[];
      readonly nearest: readonly string[];
    }
  >(
    1,
    ({ file, column }) => `The file ${named(file)} has no column ${named(column)}`,
    ({ nearest, header }) => nearestHint(nearest) || `It has ${quotedList(header)}.`,
    ["header", "nearest"],
  ),
  "patient-file-value": kind<
    InFile & { readonly row: number; readonly column: string; readonly type: string }
  >(
    1,
    ({ file, row, column, type }) =>
      `Column ${named(column)} in row ${row} of ${named(file)} cannot be read as ${type}`,
    () => 'The header is row 1. Correct the file, or "returning_type" in the study.',
  ),
};

export const dummyFileProblems = { ...suppliedCohort, ...patientFile } as const;
