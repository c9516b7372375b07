/** Problems of cohort files that `generate_measures` finds, and of what it leaves. */
import { kind } from "../base/problem-kind.ts";
import { quotedList, someMeasures, someNames } from "../base/wording.ts";

export interface OfFiles {
  readonly study: string;
  readonly files: readonly string[];
}

const again = (): string =>
  "Make them again with one command: cohortline generate_cohort with the whole --index-date-range.";

function cohortFiles({ study, files }: OfFiles): string {
  const noun = files.length === 1 ? "1 cohort file" : `${files.length} cohort files`;
  return `${noun} of study ${JSON.stringify(study)}`;
}

const isOrAre = ({ files }: OfFiles): string => (files.length === 1 ? "is" : "are");

interface MeasureOfStudy {
  readonly study: string;
  readonly measure: string;
}

const USE_COHORTS = "Or run generate_cohort, and then generate_measures without a database.";

export const cohortFileProblems = {
  "measure-needs-rows": kind<MeasureOfStudy>(
    1,
    ({ study, measure }) =>
      `Measure ${JSON.stringify(measure)} of study ${JSON.stringify(study)} has no group_by: its rows are patients, and none leaves the database`,
    () => `Give it a group_by, such as "population". ${USE_COHORTS}`,
  ),
  "measure-needs-file": kind<MeasureOfStudy & { readonly columns: readonly string[] }>(
    1,
    ({ study, measure, columns }) =>
      `Measure ${JSON.stringify(measure)} needs columns of cohort files that study ${JSON.stringify(study)} does not define: ${quotedList(columns)}`,
    () => `Define them in the study. ${USE_COHORTS}`,
  ),
  "measure-needs-order": kind<
    MeasureOfStudy & { readonly columns: readonly string[]; readonly group: string }
  >(
    1,
    ({ study, measure, columns, group }) =>
      `Measure ${JSON.stringify(measure)} of study ${JSON.stringify(study)} adds up numbers with fractions, ${quotedList(columns)}, by ${JSON.stringify(group)}, whose texts are not the database's`,
    () => `Group by another column. ${USE_COHORTS}`,
  ),
  "no-cohort-files": kind<{
    readonly study: string;
    readonly folder: string;
    /** What was looked for: `input_copd_`. */
    readonly beginning: string;
    /** Folders of the workspace that have such files, and how many. */
    readonly elsewhere: readonly { readonly folder: string; readonly files: number }[];
  }>(
    1,
    ({ study, folder, beginning }) =>
      `There are no cohort files of study ${JSON.stringify(study)} with an index date in ${JSON.stringify(folder)}: no file is named ${beginning}YYYY-MM-DD.csv, or with another format's ending`,
    ({ elsewhere }) =>
      elsewhere.length === 0
        ? 'Run generate_cohort with --index-date-range "2020-01-01 to 2020-12-01 by month" first.'
        : `There are some elsewhere: ${elsewhere.map(({ folder, files }) => `--output-dir ${folder} (${files})`).join(", ")}.`,
  ),
  "other-cohorts": kind<OfFiles>(
    1,
    (facts) =>
      `${cohortFiles(facts)} of other index dates ${isOrAre(facts)} in the same folder, and will be measured too: ${someNames(facts.files)}`,
    () => "Remove them if they should not be measured.",
  ),
  "attrition-of-dummy-data": kind<{
    readonly study: string;
    readonly file: string;
    readonly patients: string;
  }>(
    1,
    ({ study, file, patients }) =>
      `${file} of study ${JSON.stringify(study)} shows the conditions of the population, but nobody whom they remove: ${patients} are all in the cohort`,
    () => "Run against a database to see what each condition removes.",
  ),
  "attrition-leftover": kind<{ readonly study: string; readonly file: string }>(
    1,
    ({ study, file }) =>
      `${file} of study ${JSON.stringify(study)} counts cohorts that were made anew since: what it says is not of those beside it`,
    ({ file }) => `Run generate_cohort --attrition for all its dates, or remove ${file}.`,
  ),
  "attrition-file-modified": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${file} was changed since it was written (its checksum differs)`,
    () => "Write it anew: generate_cohort --attrition.",
  ),
  "attrition-file-unlike": kind<{
    readonly file: string;
    readonly row: number;
    readonly wanted: string;
  }>(
    1,
    ({ file, row, wanted }) =>
      `Row ${row} of ${file} is not as generate_cohort --attrition writes it: it is not ${wanted}`,
    ({ file }) => `Write it anew with generate_cohort --attrition, or remove ${file}.`,
  ),
  "cohort-data-mixed": kind<{
    readonly study: string;
    readonly dummy: readonly string[];
    readonly real: readonly string[];
  }>(
    1,
    ({ study, dummy, real }) =>
      `Cohort files of study ${JSON.stringify(study)} mix dummy and real data. Dummy data: ${someNames(dummy)}. From a database: ${someNames(real)}`,
    () =>
      "Keep them in folders of their own (--output-dir), or make all of them again from one source.",
  ),
  "cohort-made-otherwise": kind<
    OfFiles & { readonly what: "parameters" | "definition" | "codelists" }
  >(
    1,
    ({ what, ...facts }) =>
      `${cohortFiles(facts)} ${facts.files.length === 1 ? "was" : "were"} made with ${what === "definition" ? "another definition than the study has" : `other ${what} than the study has`} now: ${someNames(facts.files)}`,
    ({ what }) =>
      what === "parameters"
        ? "Give generate_measures the --param that generate_cohort was given, or run generate_cohort again."
        : "Run generate_cohort again.",
  ),
  "cohort-files-differ": kind<{
    readonly study: string;
    readonly aspect: string;
    readonly groups: readonly { readonly value: string; readonly files: readonly string[] }[];
  }>(
    1,
    ({ study, aspect, groups }) =>
      `Cohort files of study ${JSON.stringify(study)} were made with different ${aspect}: ` +
      groups.map(({ value, files }) => `${someNames(files)} with ${value}`).join("; "),
    again,
  ),
  "cohort-files-foreign": kind<OfFiles>(
    1,
    (facts) =>
      `${cohortFiles(facts)} ${isOrAre(facts)} not in cohortline.manifest.json: cohortline did not make ${facts.files.length === 1 ? "it" : "them"}: ${someNames(facts.files)}`,
    () =>
      "They are measured as they are. If nobody put them there on purpose, run generate_cohort again.",
  ),
  "cohort-origin-unknown": kind<OfFiles>(
    1,
    (facts) =>
      `It is not known from which data and definition ${cohortFiles(facts)} ${facts.files.length === 1 ? "was" : "were"} made, since an older version made ${facts.files.length === 1 ? "it" : "them"}: ${someNames(facts.files)}`,
    () => "They are measured as they are. Run generate_cohort again to have it recorded.",
  ),
  "cohort-files-altered": kind<OfFiles>(
    1,
    (facts) =>
      `${cohortFiles(facts)} ${facts.files.length === 1 ? "has" : "have"} been modified since ${facts.files.length === 1 ? "it was" : "they were"} made (checksum differs): ${someNames(facts.files)}`,
    () =>
      "Run generate_cohort again. A program that changes cohort files on purpose should write them into a folder of its own.",
  ),
  "measures-not-combined": kind<{
    readonly study: string;
    readonly dates: readonly string[];
    /** Combined files of an earlier run that are gone, because they would look current. */
    readonly removed: readonly string[];
    /** Files of an earlier run that are left though they are not of now. */
    readonly older: readonly string[];
  }>(
    1,
    ({ study, dates, removed, older }) =>
      `No measure of study ${JSON.stringify(study)} is combined, since measures of ${someNames(dates)} are missing` +
      (removed.length === 0 ? "" : `; removed, because of an earlier run: ${someNames(removed)}`) +
      (older.length === 0 ? "" : `; left from an earlier run: ${someNames(older)}`),
    () =>
      "The measures of the other dates are written. When the rest is in order, run generate_measures --skip-existing.",
  ),
  "measure-leftovers": kind<{ readonly folder: string; readonly files: readonly string[] }>(
    1,
    ({ folder, files }) =>
      `${files.length === 1 ? "1 file" : `${files.length} files`} in ${JSON.stringify(folder)} ${files.length === 1 ? "belongs" : "belong"} to no measure and index date any more: ${someNames(files)}`,
    () => "An earlier run made them. Remove them if they are not needed.",
  ),
  "cohorts-not-marked": kind<{ readonly file: string; readonly reason: string }>(
    1,
    ({ file, reason }) => `Cohorts are not marked: ${file} cannot be used (${reason})`,
    () =>
      "Without marks, later releases are not compared with these measures. Remove or repair the file, then run generate_measures again.",
  ),
  "measures-left-out": kind<{
    readonly study: string;
    readonly measures: readonly string[];
    /** Names of exports that hold them instead. */
    readonly exportedAs: readonly string[];
  }>(
    1,
    ({ study, measures }) =>
      `${someMeasures(measures)} of study ${JSON.stringify(study)} will never be made: not in the exported list "measures"`,
    ({ exportedAs: [name] }) =>
      name === undefined
        ? "Write: export const measures = [ … ]; with every measure in the list."
        : `The export ${JSON.stringify(name)} is not looked at. Write: export const measures = [ … ]; with every measure in the list.`,
  ),
  "measures-not-suppressed": kind<{
    readonly study: string;
    readonly measures: readonly string[];
  }>(
    1,
    ({ study, measures }) =>
      `${someMeasures(measures)} of study ${JSON.stringify(study)} ${measures.length === 1 ? "shows" : "show"} small numbers: no suppression is asked for`,
    () =>
      'Write smallNumberSuppression: true, or rounding: "midpoint6". Otherwise keep the files highly_sensitive.',
  ),
} as const;
