/** Problems of actions that read files by a pattern: cohorts to be joined, measures to be charted. */
import { kind } from "../base/problem-kind.ts";
import { nearestHint, quotedList, someNames } from "../base/wording.ts";

export const joinerProblems = {
  "pattern-matches-nothing": kind<{
    readonly option: string;
    readonly pattern: string;
    readonly nearest: readonly string[];
  }>(
    1,
    ({ option, pattern }) => `No file matches ${option} ${JSON.stringify(pattern)}`,
    ({ nearest }) =>
      `${nearest.length > 0 ? `${nearestHint(nearest)} ` : ""}In a project.yaml, the action that makes the files must be among needs:.`,
  ),
  "join-right-many": kind<{ readonly pattern: string; readonly files: readonly string[] }>(
    1,
    ({ pattern, files }) =>
      `--rhs ${JSON.stringify(pattern)} matches more than one file: ${someNames(files)}`,
    () => "Name the one that is to be joined to every file of --lhs.",
  ),
  "join-same-name": kind<{ readonly files: readonly string[] }>(
    1,
    ({ files }) => `Files of one name would be written over each other: ${quotedList(files)}`,
    () => "Join the files of each folder into an output folder of their own.",
  ),
  "join-output-folder": kind<{ readonly folder: string; readonly file: string }>(
    1,
    ({ folder, file }) =>
      `The joined files would replace their inputs: --output-dir ${JSON.stringify(folder)} holds ${JSON.stringify(file)}`,
    () => "Choose another folder, such as --output-dir output/joined.",
  ),
  "join-types-unknown": kind<{ readonly left: string; readonly right: string }>(
    1,
    ({ left, right }) =>
      `${JSON.stringify(right)} cannot be joined to ${JSON.stringify(left)}: csv does not say which of its columns are numbers or dates`,
    () => "Write both in the same format: generate_cohort --output-format.",
  ),
  "join-data-mixed": kind<{ readonly dummy: string; readonly real: string }>(
    1,
    ({ dummy, real }) =>
      `Dummy and real data cannot be joined: ${JSON.stringify(dummy)} is dummy data, ${JSON.stringify(real)} is from a database`,
    () => "Make both again from one source.",
  ),
  /** Warning only where nobody but the manifest says so; in a pipeline refused. */
  "join-input-altered": kind<{ readonly files: readonly string[] }>(
    1,
    ({ files }) => `Modified since they were made (checksum differs): ${someNames(files)}`,
    () => "Run generate_cohort again.",
  ),
  "deciles-config": kind<{ readonly what: string; readonly wanted: string }>(
    1,
    ({ what, wanted }) => `${what} of deciles-charts must be ${wanted}`,
    () => "Known are show_outer_percentiles, tables: { output } and charts: { output }.",
  ),
  /** Warning only. */
  "deciles-of-few": kind<{
    readonly file: string;
    readonly fewest: number;
    readonly dates: readonly string[];
  }>(
    1,
    ({ file, fewest, dates }) =>
      `Deciles of ${JSON.stringify(file)} are of fewer than ${fewest} values on ${someNames(dates)}: they come close to single values, and mislead`,
    () => "Group by a column of more values, such as practices.",
  ),
  /** Warning only. */
  "deciles-of-hidden": kind<{ readonly file: string; readonly dates: readonly string[] }>(
    1,
    ({ file, dates }) =>
      `Deciles of ${JSON.stringify(file)} leave out hidden values on ${someNames(dates)}: they are of the larger groups only`,
    () => "Say so wherever they are shown.",
  ),
  /** Warning only. */
} as const;
