import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { ProblemError } from "../../engine/base/problems.ts";
import type { Problem } from "../../engine/base/problems.ts";
import type { GuestLibrary } from "../../engine/sandbox/guest-library.ts";
import { runStudyFile } from "../../engine/sandbox/run-study-file.ts";
import type { RanStudy, StudyRequest } from "../../engine/sandbox/run-study-file.ts";

export type Files = Readonly<Record<string, string | Buffer>>;

// Each folder has a listener of its own.
process.setMaxListeners(200);

/** A new folder with these files, gone when the process ends. */
export function temporaryFolder(files: Files): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "cohortline-")));
  process.on("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

/** A library so small that a test shows all of it: the study is what the file exports as `study`. */
const tinyLibrary: Files = {
  "index.ts": `
    export const patients = {
      all: () => ({ function: "all", args: {}, $stack: new Error().stack }),
    };
    export const { readText, writeText, params } = cohortlineHost;
    export class ProblemError extends Error {
      constructor(problems) { super("problems"); this.problems = problems; }
    }
    export function report(...problems) { throw new ProblemError(problems); }
  `,
  "study-file.ts": `export const studyFileOf = (module) => module.study;`,
};

let tiny: GuestLibrary | undefined;

function tinyLibraryFiles(): GuestLibrary {
  const folder = temporaryFolder(tinyLibrary);
  return { index: join(folder, "index.ts"), studyFile: join(folder, "study-file.ts") };
}

type Options = Partial<StudyRequest> & { readonly files?: Files };

/** Runs the text as `analysis/study_definition.ts` of a new workspace with the tiny library. */
export async function runText(text: string, options: Options = {}): Promise<RanStudy> {
  const { files = {}, ...request } = options;
  tiny ??= tinyLibraryFiles();
  return await runStudyFile({
    workspace: temporaryFolder({ "analysis/study_definition.ts": text, ...files }),
    file: "analysis/study_definition.ts",
    params: {},
    canWrite: () => "refuse",
    library: tiny,
    ...request,
  });
}

/** The study of such a text. */
export async function studyOf(text: string, options: Options = {}): Promise<unknown> {
  return (await runText(text, options)).module;
}

/** The problems of such a text; fails if it has none. */
export async function problemsOf(text: string, options: Options = {}): Promise<readonly Problem[]> {
  return await problemsIn(runText(text, options));
}

/** What the promise rejects with. */
export async function problemsIn(running: Promise<unknown>): Promise<readonly Problem[]> {
  const outcome = await running.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if (!("error" in outcome)) throw new Error(`no problem: ${JSON.stringify(outcome.value)}`);
  if (!(outcome.error instanceof ProblemError)) throw outcome.error;
  return outcome.error.problems;
}

/** The codes of such a text's problems, joined. */
export async function codesOf(text: string, options: Options = {}): Promise<string> {
  return (await problemsOf(text, options)).map(({ code }) => code).join(" ");
}

/** The problems that a function throws. */
export function problemsThrown(run: () => unknown): readonly Problem[] {
  try {
    run();
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  throw new Error("no problem");
}
