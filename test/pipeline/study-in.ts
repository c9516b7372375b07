/** A study's folder with a project.yaml, and the pipeline's commands in this process. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { lineText } from "../../engine/base/toned-line.ts";
import type { Line } from "../../engine/base/toned-line.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import type { Problem } from "../../engine/base/problems.ts";
import { answerPipeline } from "../../engine/pipeline/answer-request.ts";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import type { PipelineContext } from "../../engine/pipeline/context.ts";
import { sideBySide } from "../../engine/commands/threads/action-thread.ts";
import { requestFor } from "../../engine/options/command-table.ts";
import type { PipelineCommandName, PipelineRequest } from "../../engine/options/command-table.ts";
import { inWorkspace, smallStudy } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";

/** Of whoever runs these tests; not the person's own. */
const userState = mkdtempSync(join(tmpdir(), "state-of-tests-"));
process.on("exit", () => {
  rmSync(userState, { recursive: true, force: true });
});

export interface Said {
  readonly lines: readonly string[];
  /** Beside the results. */
  readonly told: readonly string[];
  readonly exitCode: number;
  /** Instead of an answer. */
  readonly problems: readonly Problem[];
}

export interface StudyIn {
  readonly folder: string;
  /** `plan`, `run b --local-tools` and so on; options as the command line names them, in camelCase. */
  readonly ask: (
    command: PipelineCommandName,
    words?: readonly string[],
    options?: Readonly<Record<string, unknown>>,
  ) => Promise<Said>;
  /** Runs with local tools; gives the record. */
  readonly run: (
    words: readonly string[],
    options?: Readonly<Record<string, unknown>>,
  ) => Promise<RunRecord>;
  /** `a fresh`, `b stale: a runs first`, … */
  readonly plan: (...words: readonly string[]) => Promise<readonly string[]>;
  readonly write: (path: string, text: string) => void;
  readonly remove: (path: string) => void;
}

export function inStudy(
  files: Files,
  act: (study: StudyIn) => Promise<void>,
  context: Partial<PipelineContext> | ((folder: string) => Partial<PipelineContext>) = {},
): Promise<void> {
  return inWorkspace(files, (folder) =>
    act(studyIn(folder, typeof context === "function" ? context(folder) : context)),
  );
}

export function studyIn(folder: string, given: Partial<PipelineContext> = {}): StudyIn {
  const ask: StudyIn["ask"] = async (command, words = [], options = {}) => {
    const told: string[] = [];
    const context = {
      ...worldIn(folder),
      stderr: (line: Line) => void told.push(lineText(line)),
      ...given,
    };
    try {
      const answer = await answerPipeline(requestOf(command, words, options), context);
      return { ...answer, lines: answer.lines.map(lineText), told, problems: [] };
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      const exitCode = Math.max(...error.problems.map((problem) => problem.exitCode));
      return { lines: [], told, exitCode, problems: error.problems };
    }
  };
  const run: StudyIn["run"] = async (words, options = {}) => {
    const { lines, problems } = await ask("run", words, {
      localTools: true,
      json: true,
      ...options,
    });
    if (problems.length > 0) throw new ProblemError(problems);
    return (JSON.parse(lines.at(-1) ?? "") as { readonly record: RunRecord }).record;
  };
  return {
    folder,
    ask,
    run,
    plan: async (...words) => (await ask("plan", words, { json: true })).lines.flatMap(planTexts),
    write: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: (path) => {
      rmSync(join(folder, path), { recursive: true });
    },
  };
}

function requestOf(
  command: PipelineCommandName,
  words: readonly string[],
  options: Readonly<Record<string, unknown>>,
): PipelineRequest {
  const [run] = words;
  const named = ["show", "report"].includes(command)
    ? { ...(run === undefined ? {} : { run }) }
    : { ...(["run", "plan"].includes(command) ? { actions: words } : {}) };
  return requestFor<PipelineCommandName>(command, { ...options, ...named });
}

function planTexts(line: string): readonly string[] {
  const plan = JSON.parse(line) as readonly {
    readonly action: string;
    readonly standing: string;
    readonly reasons: readonly string[];
  }[];
  return plan.map(({ action, standing, reasons }) =>
    standing === "fresh" ? `${action} fresh` : `${action} ${standing}: ${reasons.join("; ")}`,
  );
}

function worldIn(folder: string): PipelineContext {
  return {
    folder,
    now: () => new Date(),
    environment: { PATH: process.env["PATH"], HOME: folder, GIT_CEILING_DIRECTORIES: tmpdir() },
    user: "ada",
    process: process.pid,
    host: "here",
    temporary: tmpdir(),
    node: { path: process.execPath, version: process.versions.node },
    userState,
    engineVersion: "9.9.9",
    cores: 2,
    shared: false,
    signal: new AbortController().signal,
    stderr: () => undefined,
    stdout: () => undefined,
    progress: null,
    // Node runs no TypeScript in a thread: the built one.
    perform: sideBySide(new URL("../../dist/action-worker.js", import.meta.url)),
  };
}

/** Cohorts and measures of the small study, then a program that reads the measures. */
export const smallPipeline: Files = {
  "analysis/study_definition.ts": smallStudy,
  "analysis/summarise.js": `
    const fs = require("node:fs");
    const rows = fs.readFileSync("output/measure_asthma_by_sex.csv", "utf8").trim().split("\\n");
    fs.writeFileSync("output/summary.json", JSON.stringify({ rows: rows.length - 1 }));
    console.log("made a summary");
  `,
  "project.yaml": `version: '3.0'
expectations:
  population_size: 100
actions:
  generate_cohorts:
    run: cohortextractor:latest generate_cohort --index-date-range "2020-01-01 to 2020-02-01 by month"
    outputs:
      highly_sensitive:
        cohort: output/input_*.csv
  generate_measures:
    run: cohortextractor:latest generate_measures --output-dir=output
    needs: [generate_cohorts]
    outputs:
      moderately_sensitive:
        measures: output/measure_*.csv
  summarise:
    run: node:v1 node analysis/summarise.js
    needs: [generate_measures]
    outputs:
      moderately_sensitive:
        summary: output/summary.json
`,
};

/** A version 5 project of one program for each name: script, needs and outputs as given. */
export function programs(actions: Readonly<Record<string, Program>>): Files {
  const blocks = Object.entries(actions).map(([name, { needs = [], high, moderate }]) =>
    [
      `  ${name}:`,
      `    run: node:v1 node analysis/${name}.js`,
      `    needs: [${needs.join(", ")}]`,
      "    outputs:",
      ...levelLines("highly_sensitive", high),
      ...levelLines("moderately_sensitive", moderate),
    ].join("\n"),
  );
  const scripts = Object.entries(actions).map(
    ([name, { script }]) =>
      [`analysis/${name}.js`, `const fs = require("node:fs");\n${script}\n`] as const,
  );
  return {
    "project.yaml": `version: 5\nactions:\n${blocks.join("\n")}\n`,
    ...Object.fromEntries(scripts),
  };
}

export interface Program {
  readonly script: string;
  readonly needs?: readonly string[];
  /** A pattern of highly or moderately sensitive files. */
  readonly high?: string;
  readonly moderate?: string;
}

function levelLines(level: string, pattern: string | undefined): readonly string[] {
  return pattern === undefined ? [] : [`      ${level}:`, `        file: ${pattern}`];
}
