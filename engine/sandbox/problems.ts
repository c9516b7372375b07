/** Problems of running an author's file: its imports, the files it reads and writes, how it ended. */
import { kind } from "../base/problem-kind.ts";
import { problemsOf } from "../base/problems.ts";
import { nearestHint } from "../base/wording.ts";

export interface AtPath {
  readonly path: string;
}

export interface Missing extends AtPath {
  readonly nearest: readonly string[];
}

/** Where the author's own text may be shown: the source line, or "" if it is not known. */
export interface AtLine {
  readonly line: string;
}

const quoted = JSON.stringify;
const lineHint = ({ line }: AtLine): string => (line === "" ? "" : `The line reads: ${line}`);

const allowedImports =
  `A study can import "cohortline" and, by a path that starts with "./" or "../", ` +
  ".ts, .js, .mjs and .json files of its own workspace.";

const importProblems = {
  "study-file-missing": kind<Missing>(
    1,
    ({ path }) => `There is no study file ${quoted(path)}`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "study-import-not-allowed": kind<{ readonly specifier: string }>(
    1,
    ({ specifier }) => `A study cannot import ${quoted(specifier)}`,
    () => allowedImports,
  ),
  "study-import-missing": kind<{ readonly specifier: string; readonly nearest: readonly string[] }>(
    1,
    ({ specifier }) => `The import ${quoted(specifier)} leads to no file`,
    ({ nearest }) => (nearest.length === 0 ? allowedImports : nearestHint(nearest)),
  ),
  "study-import-unknown-name": kind<{
    readonly name: string;
    readonly origin: string;
    readonly nearest: readonly string[];
  }>(
    1,
    ({ name, origin }) => `${quoted(origin)} exports nothing named ${quoted(name)}`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "study-key-repeated": kind<{ readonly key: string; readonly first: number | null }>(
    1,
    ({ key, first }) =>
      `The key ${quoted(key)} is already in this object${first === null ? "" : `, on line ${first}`}`,
    () =>
      "The last one would count, and the others would be lost. Rename one of them or take it away.",
  ),
  "study-syntax-error": kind<AtLine & { readonly complaint: string }>(
    1,
    ({ complaint }) => `The file cannot be understood: ${complaint}`,
    lineHint,
  ),
} as const;

const pathProblems = {
  "study-path-outside-workspace": kind<AtPath>(
    1,
    ({ path }) => `${quoted(path)} is outside the study's workspace`,
    () => `Use a path from the workspace's folder with "/", such as "codelists/asthma.csv".`,
  ),
  "study-path-hidden": kind<AtPath>(
    1,
    ({ path }) => `A study cannot use ${quoted(path)}: a part of the path starts with "."`,
    () => "Hidden files can hold secrets. Keep what the study needs in a file that is not hidden.",
  ),
  "study-path-missing": kind<Missing>(
    1,
    ({ path }) => `There is no file ${quoted(path)} in the workspace`,
    ({ nearest }) => nearestHint(nearest),
  ),
  "study-path-not-made": kind<AtPath & { readonly action: string }>(
    1,
    ({ path, action }) =>
      `The file ${quoted(path)} is not there yet: the action ${action} makes it`,
    ({ action }) =>
      `Run it first: cohortline run ${action}; an action that reads the file names ${action} under its needs.`,
  ),
  "study-path-not-a-file": kind<AtPath>(
    1,
    ({ path }) => `${quoted(path)} is not an ordinary file`,
    () => "A study reads ordinary files only: no folders, pipes or devices.",
  ),
  "study-path-patient-data": kind<AtPath>(
    1,
    ({ path }) =>
      `${quoted(path)} is of patients, or lies among cohort files, which a study must not read`,
    () => "Keep codelists and helpers in folders of their own, such as codelists/ and analysis/.",
  ),
  "study-path-unreadable": kind<AtPath & { readonly reason: string }>(
    1,
    ({ path, reason }) => `${quoted(path)} cannot be read: ${reason}`,
    ({ reason }) =>
      reason === "ELOOP"
        ? "Its links form a cycle; put the file itself in their place."
        : "Check the permissions of the file and of the folders above it.",
  ),
  "study-files-too-large": kind<AtPath & { readonly megabytes: number; readonly what: string }>(
    1,
    ({ path, megabytes, what }) =>
      `With ${quoted(path)} the study's ${what} exceed ${megabytes} megabytes in all`,
    () => "Keep only the rows and columns that the study needs.",
  ),
  "study-file-not-text": kind<AtPath>(
    1,
    ({ path }) => `${quoted(path)} is not text in UTF-8`,
    () => `Save it again as "CSV UTF-8" or as plain text in UTF-8.`,
  ),
  "study-output-not-declared": kind<AtPath>(
    1,
    ({ path }) => `The study writes ${quoted(path)}, which no action declares as its output`,
    () => "Declare the path under the outputs of the action in project.yaml.",
  ),
} as const;

const refusedCalls = {
  random: ["Math.random()", "Give the number as a parameter: --param name=value, then params.name"],
  now: [
    "the present date and time",
    `Write "today" in a date expression, or give the date as a parameter`,
  ],
} as const;

const endingProblems = {
  "study-not-repeatable": kind<{ readonly call: keyof typeof refusedCalls }>(
    1,
    ({ call }) =>
      `A study must mean the same each time it runs, so it cannot use ${refusedCalls[call][0]}`,
    ({ call }) => `${refusedCalls[call][1]}.`,
  ),
  "study-waits": kind<object>(
    1,
    () => "A study cannot wait: it has no promises, async functions, await or import()",
    () => "Read files with codelists and import the rest at the top of the file.",
  ),
  "study-threw": kind<AtLine & { readonly error: string }>(
    1,
    ({ error }) => `The study stopped with ${error}`,
    lineHint,
  ),
  "study-name-unknown": kind<AtLine & { readonly name: string; readonly wayOut: string }>(
    1,
    ({ name }) => `A study has no ${name}: the name is not defined`,
    ({ wayOut }) => wayOut,
  ),
  "study-took-too-long": kind<AtLine & { readonly seconds: number }>(
    1,
    ({ seconds }) => `The study did not end within ${seconds} seconds`,
    // A loop without calls has no line of its own in the interpreter: the one before it is all we know.
    ({ line }) =>
      line === "" ? "Look for a loop that never ends." : `It was last seen near the line: ${line}`,
  ),
  "study-used-too-much-memory": kind<AtLine & { readonly megabytes: number }>(
    1,
    ({ megabytes }) => `The study needs more than ${megabytes} megabytes of memory`,
    (facts) => lineHint(facts) || "Look for a list or a text that grows without end.",
  ),
  "study-calls-too-deep": kind<AtLine>(
    1,
    () => "The study's functions or values are nested too deep",
    (facts) => lineHint(facts) || "Look for a function that calls itself without end.",
  ),
  "study-result-too-large": kind<{ readonly megabytes: number }>(
    1,
    ({ megabytes }) => `The study definition is larger than ${megabytes} megabytes`,
    () => "Shorten its codelists, or split it into several studies.",
  ),
  "study-result-not-data": kind<{ readonly reason: string }>(
    1,
    ({ reason }) => `What the study file exports is not plain data: ${reason}`,
    () => "Make the study with the functions of cohortline only.",
  ),
} as const;

export const sandboxProblems = {
  ...importProblems,
  ...pathProblems,
  ...endingProblems,
} as const;

export const { fail, problem } = problemsOf(sandboxProblems);
