/** Problems of what an audit reads. Cells of files are never shown: they may be small numbers. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { nearestNames } from "../base/nearest.ts";
import { nearestHint, quotedList } from "../base/wording.ts";

interface InFile {
  readonly release: string;
  readonly file: string;
}

const inFile = ({ release, file }: InFile): string =>
  `File ${JSON.stringify(file)} of release ${JSON.stringify(release)}`;

export const auditProblems = {
  "audit-not-json": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${JSON.stringify(file)} is not a JSON file`,
    () => "A description is one JSON object with a key format; the README shows one.",
  ),
  "audit-not-utf8": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${JSON.stringify(file)} is not UTF-8 text`,
    () => "Save it again as UTF-8: labels would be read as others.",
  ),
  "audit-description": kind<{
    readonly file: string;
    readonly place: string;
    readonly expected: string;
  }>(
    1,
    ({ file, place, expected }) => `In ${JSON.stringify(file)}, ${place}: expected ${expected}`,
    () => "The README lists the keys of a description and what each may hold.",
  ),
  "audit-file-missing": kind<
    InFile & { readonly measure: string; readonly found: readonly string[] }
  >(
    1,
    ({ release, file, measure }) =>
      `Release ${JSON.stringify(release)} names measure ${JSON.stringify(measure)} and has no file ${JSON.stringify(file)}`,
    ({ file, found }) => nearestHint(nearestNames(file, found)),
  ),
  "audit-file-columns": kind<InFile & { readonly expected: readonly string[] }>(
    1,
    (facts) => `${inFile(facts)} does not have the columns of its measure`,
    ({ expected }) => `Expected are ${quotedList(expected)}.`,
  ),
  "audit-file-row": kind<
    InFile & { readonly row: number; readonly cells: number; readonly columns: number }
  >(
    1,
    ({ row, cells, columns, ...facts }) =>
      `${inFile(facts)}, row ${row}: ${cells} ${cells === 1 ? "cell" : "cells"}, where the header has ${columns}`,
    () => "Cells are set apart by commas; a cell that has one stands in quotes.",
  ),
  "audit-file-cell": kind<
    InFile & { readonly row: number; readonly column: string; readonly expected: string }
  >(
    1,
    ({ row, column, expected, ...facts }) =>
      `${inFile(facts)}, row ${row}, column ${JSON.stringify(column)}: not ${expected}`,
    () => "Audit the file as it was written, or say in the description how it was made.",
  ),
  "audit-file-quotes": kind<InFile & { readonly line: number }>(
    1,
    ({ line, ...facts }) =>
      `${inFile(facts)}, line ${line}: a quoted cell does not end as it should`,
    () => "Audit the file as it was written.",
  ),
  "audit-row-twice": kind<InFile & { readonly row: number; readonly first: number }>(
    1,
    ({ row, first, ...facts }) =>
      `${inFile(facts)}, row ${row}: the groups and the date are those of row ${first}`,
    () =>
      "A file has one row for each group and date: add rows up before, or leave out what was added.",
  ),
  "audit-label-unknown": kind<
    InFile & { readonly row: number; readonly column: string; readonly dimension: string }
  >(
    1,
    ({ row, column, dimension, ...facts }) =>
      `${inFile(facts)}, row ${row}, column ${JSON.stringify(column)}: the dimension ${JSON.stringify(dimension)} does not have this label`,
    () => "Name every label of the column in the dimension's columns.",
  ),
  "audit-name-unknown": kind<{
    readonly what: string;
    readonly name: string;
    readonly known: readonly string[];
  }>(
    1,
    ({ what, name }) => `${what} ${JSON.stringify(name)} is in no measure of the description`,
    ({ name, known }) => nearestHint(nearestNames(name, known)),
  ),
  "audit-file-not-found": kind<{ readonly file: string }>(
    1,
    ({ file }) => `There is no file ${JSON.stringify(file)}`,
    () => "Name the description file, from this folder.",
  ),
  "audit-certificate-format": kind<{
    readonly file: string;
    readonly format: number;
    readonly read: number;
  }>(
    1,
    ({ file, format, read }) =>
      `${JSON.stringify(file)} is a certificate of format ${format}; this version of cohortline reads format ${read}`,
    ({ format, read }) =>
      format < read
        ? "Audit the same files again with --certificate, or check it with the version that wrote it."
        : "Check it with the version of cohortline that wrote it, or a later one.",
  ),
} as const;

export const { fail, problem } = problemsOf(auditProblems);
