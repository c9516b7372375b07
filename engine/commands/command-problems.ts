/** Problems of commands, their options, and the files they leave. */
import { kind } from "../base/problem-kind.ts";
import { nearestHint, quotedList, someMeasures, someNames } from "../base/wording.ts";

const isOrAre = (files: readonly string[]): string =>
  files.length === 1 ? "a file is" : `${files.length} files are`;

export const commandProblems = {
  "database-means-otherwise": kind<{ readonly member: string; readonly what: string }>(
    5,
    ({ member, what }) =>
      `The database does not mean by ${JSON.stringify(member)} what studies need: ${what}`,
    () =>
      "Its results may be wrong. Please report these lines, with the kind and the version of the database.",
  ),
  "database-look-up": kind<{ readonly what: string }>(
    5,
    ({ what }) => `A codelist could not be uploaded, or not looked up in records: ${what}`,
    () => "Look at the rights of the user, and at how the database compares texts.",
  ),
  "no-workspace": kind<{ readonly folder: string }>(
    1,
    ({ folder }) => `There is no folder ${JSON.stringify(folder)} here`,
    () =>
      "Run the command in the folder of a study: the one that holds analysis/ and codelists/ beside project.yaml. To start a study here: cohortline init.",
  ),
  "no-study": kind<{ readonly folder: string }>(
    1,
    ({ folder }) => `No study definition found in ${JSON.stringify(folder)}`,
    () =>
      "Name the file study_definition.ts or study_definition_WORD.ts (or .js, .py). To start a study in a new folder: cohortline init FOLDER.",
  ),
  "init-file-exists": kind<{ readonly files: readonly string[] }>(
    1,
    ({ files }) =>
      `Nothing was written, because ${isOrAre(files)} there already: ${quotedList(files)}`,
    () => "Move them away, or start the study in a new folder: cohortline init FOLDER.",
  ),
  "init-records-kind": kind<object>(
    1,
    () => "Databases of this kind cannot be asked for all their tables",
    () => "Write records.yaml by hand: engine/schema/mapping/README.md tells how.",
  ),
  "two-study-files": kind<{ readonly name: string; readonly files: readonly string[] }>(
    1,
    ({ name, files }) => `Study ${JSON.stringify(name)} has two files: ${quotedList(files)}`,
    () => "Keep one of them.",
  ),
  "unknown-study": kind<{
    readonly wanted: string;
    readonly known: readonly string[];
    readonly nearest: readonly string[];
  }>(
    2,
    ({ wanted }) => `There is no study ${JSON.stringify(wanted)}`,
    ({ known, nearest }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}Known: ${quotedList(["all", ...known])}.`,
  ),
  "no-python-study": kind<{ readonly folder: string }>(
    1,
    ({ folder }) => `No study in Python found in ${JSON.stringify(folder)}`,
    () =>
      "convert reads study_definition.py or study_definition_WORD.py; other studies need no converting.",
  ),
  "which-python-study": kind<{ readonly known: readonly string[] }>(
    2,
    ({ known }) => `There are ${known.length} studies in Python`,
    ({ known }) => `Name the one to convert: ${quotedList(known)}.`,
  ),
  "output-file-many-studies": kind<{ readonly count: number }>(
    1,
    () =>
      "Validation error: You can only use the --output-file argument with a single study definition",
    ({ count }) => `${count} studies are selected; choose one with --study-definition.`,
  ),
  "dummy-file-many-studies": kind<{ readonly count: number }>(
    1,
    () =>
      "Dummy data error: You can only use the --dummy-data-file argument with a single study definition",
    ({ count }) => `${count} studies are selected; choose one with --study-definition.`,
  ),
  "no-measure-files": kind<{ readonly folder: string; readonly elsewhere: readonly string[] }>(
    1,
    ({ folder }) => `No measure_ID.csv in ${JSON.stringify(folder)}`,
    ({ elsewhere }) =>
      elsewhere.length === 0
        ? "Run generate_measures first, or name the folder of the measures: --output-dir."
        : `There are some in ${someNames(elsewhere)}: name the folder with --output-dir.`,
  ),
  "measure-at-patient-level": kind<{ readonly file: string }>(
    1,
    ({ file }) => `${JSON.stringify(file)} has a row for each patient: it is not drawn`,
    () => 'Group the measure by a column, or by "population".',
  ),
  "two-files-one-measure": kind<{ readonly files: readonly string[] }>(
    1,
    ({ files }) => `Several files are of one measure: ${someNames(files)}`,
    () => "Remove those that are not current.",
  ),
  "no-data-source": kind<{ readonly environment: "DATABASE_URL" }>(
    2,
    () => "No data source given",
    ({ environment }) =>
      `Give one of --expectations-population N, --dummy-data-file FILE, --database-url URL, or set ${environment}.`,
  ),
  "file-needed": kind<{ readonly path: string; readonly study: string }>(
    1,
    ({ path, study }) =>
      `Study ${JSON.stringify(study)} reads ${JSON.stringify(path)}, which cannot be read`,
    () => "Check the name; the path is from the study's folder.",
  ),
  "undeclared-output": kind<{ readonly path: string; readonly declared: readonly string[] }>(
    1,
    ({ path }) => `The study writes ${JSON.stringify(path)}, which no action declares as an output`,
    ({ declared }) =>
      declared.length === 0
        ? "Declare it under outputs: in project.yaml."
        : `Declare it in project.yaml. Declared are ${quotedList(declared)}.`,
  ),
  "two-files-one-date": kind<{ readonly date: string; readonly files: readonly string[] }>(
    1,
    ({ date, files }) => `Two cohort files are of ${date}: ${quotedList(files)}`,
    () => "Remove the one that should not be measured.",
  ),
  "repairs-not-found": kind<{ readonly file: string }>(
    1,
    ({ file }) => `There is no file of repairs ${JSON.stringify(file)}`,
    () => "audit --repair FILE writes it, of measures that were made without repairs.",
  ),
  "repairs-name-unknown": kind<{
    readonly file: string | null;
    readonly what: "measure" | "index date" | "column to group by" | "label";
    readonly name: string;
    readonly nearest: readonly string[];
  }>(
    1,
    ({ file, what, name }) =>
      `The repairs${file === null ? "" : ` of ${JSON.stringify(file)}`} are for ${what} ${JSON.stringify(name)}, which is not measured`,
    ({ nearest }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}Measure all that was audited, or find the repairs again: audit --repair.`,
  ),
  "repairs-contradict": kind<{ readonly file: string; readonly why: string }>(
    1,
    ({ file, why }) => `The repairs of ${JSON.stringify(file)} contradict each other: ${why}`,
    () => "Take one of the two actions out of the file.",
  ),
  "no-measures": kind<{ readonly study: string }>(
    1,
    ({ study }) => `Study ${JSON.stringify(study)} has no measures`,
    () => "Export a list: export const measures = [measure(study, { … })].",
  ),
  "no-patients": kind<{ readonly study: string; readonly dates: readonly string[] }>(
    1,
    ({ study, dates }) =>
      `No patient is in the cohort of study ${JSON.stringify(study)} on ${someNames(dates)}`,
    () => "Check the index dates, and what the population asks for.",
  ),
  "codes-not-recorded": kind<{ readonly study: string; readonly codelists: readonly string[] }>(
    1,
    ({ study, codelists }) => {
      const lists = codelists.length === 1 ? "codelist" : "codelists";
      return `No code of ${lists} ${codelists.join(", ")} is recorded in the periods of study ${JSON.stringify(study)}`;
    },
    () =>
      "Check the file, its column, and that its codes are of the system that the column asks for.",
  ),
  "patient-level": kind<{ readonly measures: readonly string[] }>(
    1,
    ({ measures }) =>
      `${someMeasures(measures)} ${measures.length === 1 ? "has" : "have"} no groupBy: one row for each patient, which must not be released`,
    () => 'Group by a column, or by "population" for one group of everybody.',
  ),
  "measure-formulas": kind<{
    readonly measure: string;
    readonly cells: number;
    readonly files: readonly string[];
  }>(
    1,
    ({ measure, cells, files }) =>
      `Files of measure ${JSON.stringify(measure)} have ${cells} ${cells === 1 ? "cell" : "cells"} that a spreadsheet would run as a formula: ${someNames(files)}`,
    () =>
      "The text is as it stands in the cohort files: tell whoever opens it, or change the categories or codes it comes from.",
  ),
  "bad-manifest": kind<{ readonly file: string; readonly why: string }>(
    1,
    ({ file, why }) => `${file} is not a manifest that cohortline wrote: ${why}`,
    () => "Move it away; the files it lists will then be regenerated.",
  ),
  "database-exists": kind<{ readonly file: string }>(
    2,
    ({ file }) => `${JSON.stringify(file)} exists already`,
    () => "Choose another name, or give --force to replace it.",
  ),
  "records-folder-foreign": kind<{ readonly folder: string; readonly name: string }>(
    1,
    ({ folder, name }) =>
      `${JSON.stringify(folder)} cannot be replaced: it holds ${JSON.stringify(name)}, which this command did not write`,
    () => "Choose another name, or move what is yours away.",
  ),
  "database-in-use": kind<{ readonly file: string }>(
    1,
    ({ file }) =>
      `${JSON.stringify(file)} cannot be replaced: another program writes to it, or its log is damaged`,
    () => "Close the other program, remove the database and its .wal, or choose another name.",
  ),
  "interrupted-database": kind<{ readonly file: string }>(
    130,
    ({ file }) => `Interrupted; nothing was written to ${JSON.stringify(file)}`,
    () => "Run the same command again to make it from the start.",
  ),
  /** Warning only. */
  "study-write-kept": kind<{ readonly path: string }>(
    1,
    ({ path }) =>
      `The study writes ${JSON.stringify(path)}, which no action declares as its output: it reads its own text, the file stays as it is`,
    () => "To have the file written, declare the path under the outputs of the action.",
  ),
  /** Warning only. */
  "workers-bounded": kind<{
    readonly option: string;
    readonly asked: number;
    readonly most: number;
    readonly memory: number;
  }>(
    1,
    ({ option, asked, most, memory }) =>
      `${option} asks for ${asked} workers: the memory, ${memory} MiB, has room for ${most}, and so many work`,
    ({ option, most }) => `Leave ${option} out, or give a number up to ${most}.`,
  ),
  "cohort-worker-died": kind<{ readonly file: string; readonly reason: string }>(
    1,
    ({ file, reason }) =>
      `The thread that made ${JSON.stringify(file)} died: ${reason}. Files that are complete were kept.`,
    () => "Most often memory has run out: make fewer files at once, with --jobs.",
  ),
  "picture-worker-died": kind<{ readonly file: string; readonly reason: string }>(
    1,
    ({ file, reason }) =>
      `The thread that read ${JSON.stringify(file)} for its picture died: ${reason}. No page was written.`,
    () => "Most often memory has run out: close other programs, or draw fewer measures at once.",
  ),
} as const;
