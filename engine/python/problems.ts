/** Problems of studies that are written in Python. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { nearestHint } from "../base/wording.ts";

const quoted = JSON.stringify;

export interface CallingLine {
  readonly file: string;
  readonly line: number;
}

export const pythonProblems = {
  "python-not-installed": kind<{ readonly package: string }>(
    1,
    () => "Studies in Python need an interpreter, which is not installed",
    ({ package: name }) =>
      `Install cohortline again without --omit=optional, or add it: npm install ${name}.`,
  ),
  "python-changed": kind<{ readonly package: string }>(
    1,
    ({ package: name }) =>
      `The Python interpreter of ${name} is not the one that cohortline knows (its checksum differs)`,
    () => "Install cohortline again: npm ci.",
  ),
  "python-module-missing": kind<{
    readonly module: string;
    readonly nearest: readonly string[];
  }>(
    1,
    ({ module }) => `There is no module ${quoted(module)}`,
    ({ nearest }) =>
      nearest.length > 0
        ? nearestHint(nearest)
        : "A study can import Python's standard library, cohortextractor, a small part of pandas and numpy, and .py files of its folder and of analysis/.",
  ),
  "python-not-here": kind<{ readonly name: string }>(
    1,
    ({ name }) => `${name} cannot be used in a study`,
    ({ name }) =>
      /^(?:pandas|numpy)\b/.test(name)
        ? "Of pandas and numpy a study has only what small tables need: read_csv, columns, rows, lists and dicts. Read the file with csv or json, or prepare it beforehand."
        : "Studies may import the package; what it makes belongs into an action of project.yaml.",
  ),
  "python-raised": kind<{
    readonly error: string;
    readonly line: string;
    readonly calls: readonly CallingLine[];
  }>(
    1,
    ({ error }) => `The study stopped with ${error}`,
    ({ line, calls }) =>
      [
        line === "" ? "" : `The line reads: ${line}`,
        ...calls.map((call) => `called from ${call.file}:${call.line}`),
      ]
        .filter((part) => part !== "")
        .join("; "),
  ),
  "python-value": kind<{
    readonly function: string;
    readonly argument: string;
    readonly found: string;
  }>(
    1,
    ({ function: name, argument, found }) => `${name}: ${quoted(argument)} is ${found}`,
    () =>
      "A study holds patients.* calls, codelists, text, numbers, lists and dicts of them. Write a date as text: day.isoformat().",
  ),
  /** Warning only. */
  "python-measure-column": kind<{ readonly column: string; readonly nearest: readonly string[] }>(
    1,
    ({ column }) =>
      `A measure uses ${quoted(column)}, which the study does not define: the cohort files must have it`,
    ({ nearest }) =>
      `Another action may add it to them before the measures are made. ${nearestHint(nearest)}`.trim(),
  ),
  "python-measures": kind<{ readonly found: string }>(
    1,
    ({ found }) => `"measures" is ${found}`,
    () => "Write a list: measures = [Measure(…), …]",
  ),
  "python-study-missing": kind<object>(
    1,
    () => "The file defines no study",
    () => "Name the study: study = StudyDefinition(…)",
  ),
  /** Warning only. */
  "python-study-skipped": kind<object>(
    1,
    () => "The file defines no study and is skipped",
    () => "A helper module is better named otherwise; a study is named: study = StudyDefinition(…)",
  ),
  "python-ended": kind<{ readonly how: string }>(
    1,
    ({ how }) => `The study ended the interpreter (${how})`,
    () => "Look for a call such as sys.exit(); a study is read to its end.",
  ),
} as const;

export const { fail, problem } = problemsOf(pythonProblems);
