/** Problems of measures and of the pool that makes them. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { nearestHint, quotedList, someNames } from "../base/wording.ts";

export interface OfMeasure {
  readonly measure: string;
}

function lacking(files: readonly string[], of: number): string {
  if (of === 1) return `${quotedList(files)} does not have`;
  if (files.length === of) return `none of the ${of} cohort files has`;
  const [do_, them] = [files.length === 1 ? "does" : "do", someNames(files)];
  return `${files.length} of ${of} cohort files ${do_} not have: ${them}`;
}

const ofMeasure = ({ measure: id }: OfMeasure): string => `measure ${JSON.stringify(id)}`;

const measure = ({ measure: id }: OfMeasure): string => `Measure ${JSON.stringify(id)}`;

export const measureProblems = {
  "repairs-do-not-fit": kind<OfMeasure & { readonly date: string }>(
    1,
    ({ date, ...facts }) =>
      `${measure(facts)} at ${date}: the repairs withhold a number that its file does not have, or that is hidden in it already`,
    () =>
      "They were found in other numbers. Make the measures without them, and find them again: audit --repair.",
  ),
  "repairs-label-exists": kind<OfMeasure & { readonly column: string; readonly label: string }>(
    1,
    ({ column, label, ...facts }) =>
      `${measure(facts)}: labels of column ${JSON.stringify(column)} are to be merged into ${JSON.stringify(label)}, which is a label already`,
    () => "Name the merged label otherwise, or merge that label as well.",
  ),
  "measure-too-many-groups": kind<
    OfMeasure & {
      readonly file: string;
      readonly keys: readonly (readonly [name: string, values: number])[];
      readonly groups: "all" | "observed";
      readonly limit: number;
    }
  >(
    1,
    ({ keys, groups, limit, file, ...facts }) => {
      const from = `from ${JSON.stringify(file)}`;
      const alone = keys.find(([, values]) => values > limit)?.[0];
      if (alone !== undefined) {
        return `${measure(facts)} would have more than ${limit} rows, ${from}: ${JSON.stringify(alone)} alone has more values.`;
      }
      const named = keys.map(([name, values]) => `${JSON.stringify(name)} (${values} values)`);
      if (groups === "observed") {
        return `${measure(facts)} would have more than ${limit} rows, ${from}: so many combinations of ${named.join(" and ")} occur.`;
      }
      const rows = keys.reduce((product, [, values]) => product * values, 1);
      return `${measure(facts)} would have ${rows} rows, more than ${limit}, ${from}: every combination of ${named.join(" and ")}.`;
    },
    ({ keys, groups, limit }) =>
      "Group by fewer columns, or by coarser ones: age bands instead of ages." +
      (groups === "observed" || keys.some(([, values]) => values > limit)
        ? ""
        : ' Or leave out combinations that nobody has: groups: "observed".'),
  ),
  "measure-too-much-text": kind<
    OfMeasure & {
      readonly file: string;
      readonly rows: number;
      readonly characters: number;
      /** The column whose labels are most of it. */
      readonly column: string;
      readonly limit: number;
    }
  >(
    1,
    ({ file, rows, characters, column, limit, ...facts }) =>
      `${measure(facts)} would hold ${characters} characters of labels, more than ${limit}, from ${JSON.stringify(file)}: long texts of ${JSON.stringify(column)} in ${rows} rows.`,
    ({ column }) =>
      `Group by a column of short categories in place of ${JSON.stringify(column)} (patients.categorisedAs), by fewer columns, or by those combinations that somebody has: groups: "observed".`,
  ),
  "measure-column-missing": kind<
    OfMeasure & {
      readonly column: string;
      readonly role: "numerator" | "denominator" | "group_by";
      /** Those that lack it, of so many. */
      readonly files: readonly string[];
      readonly of: number;
      /** Whether the study makes the column, so that only the file is at fault. */
      readonly inStudy: boolean;
      readonly nearest: readonly string[];
    }
  >(
    1,
    ({ column, role, files, of, inStudy, ...facts }) => {
      const has = role === "group_by" ? "groups by" : `has as its ${role}`;
      const nor = inStudy ? "" : ", nor does the study define it";
      return `${measure(facts)} ${has} ${JSON.stringify(column)}, which ${lacking(files, of)}${nor}`;
    },
    ({ inStudy, nearest, of }) =>
      inStudy
        ? `The ${of === 1 ? "file is" : "files are"} older than the study: run generate_cohort again.`
        : nearestHint(nearest) || "Define the column in the study, or join it to the cohort files.",
  ),
  "measure-headers-differ": kind<OfMeasure & { readonly first: string; readonly other: string }>(
    1,
    ({ first, other, ...facts }) =>
      `${measure(facts)} has different columns on ${first} and ${other}.`,
    () => "Remove its files of single dates and run generate_measures again.",
  ),
  "measure-file-columns": kind<
    OfMeasure & { readonly file: string; readonly expected: readonly string[] }
  >(
    1,
    ({ file, expected, ...facts }) =>
      `${JSON.stringify(file)} does not have the columns of ${ofMeasure(facts)}: ${quotedList(expected)}`,
    () => "Regenerate it: run generate_measures.",
  ),
  "measure-file-cell": kind<{
    readonly file: string;
    /** The header is row 1. */
    readonly row: number;
    readonly column: string;
    readonly expected: "number" | "date";
  }>(
    1,
    ({ file, row, column, expected }) =>
      `Row ${row} of ${JSON.stringify(file)} has no ${expected} in ${JSON.stringify(column)}`,
    () => "Regenerate it: run generate_measures.",
  ),
  "measure-file-unlike": kind<{ readonly file: string; readonly columns: readonly string[] }>(
    1,
    ({ file, columns }) =>
      `${JSON.stringify(file)} is no measure of several dates: its columns are ${someNames(columns)}, and they should end in a numerator, a denominator, "value" and "date"`,
    () => "Run generate_measures, or move the file out of the folder.",
  ),
  "measure-file-empty": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${JSON.stringify(file)} has no rows, so it has no dates`,
    () => "Run generate_measures for cohorts with patients, or move the file out of the folder.",
  ),
  "measure-file-repeats": kind<{
    readonly file: string;
    /** The header is row 1. */
    readonly row: number;
    readonly first: number;
  }>(
    1,
    ({ file, row, first }) =>
      `Row ${row} of ${JSON.stringify(file)} has the date and the groups of row ${first}`,
    () => "Each group has one row at each date. Regenerate the file: run generate_measures.",
  ),
  "measure-file-modified": kind<{ readonly file: string }>(
    1,
    ({ file }) =>
      `${JSON.stringify(file)} has been modified since generate_measures wrote it (checksum differs)`,
    () =>
      "Regenerate it: run generate_measures. What was changed on purpose belongs in a folder of its own, without the manifest.",
  ),
  "measure-worker-died": kind<{ readonly files: readonly string[]; readonly reason: string }>(
    1,
    ({ files, reason }) =>
      `The thread that worked on ${someNames(files)} stopped twice: ${reason}.`,
    () =>
      "Most often memory has run out: use fewer workers, or leave out measures without group_by.",
  ),
} as const;

export const { fail, problem } = problemsOf(measureProblems);
