/** A study's folder for tests of whole commands, and the built command line to run in it. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after } from "node:test";
import { commandHost } from "./hosted-command.ts";
import type { Ended } from "./hosted-command.ts";

export type { Ended } from "./hosted-command.ts";

const CLI = join(import.meta.dirname, "../../dist/cli.js");

/** Of whoever runs these tests; not the person's own. */
const userState = mkdtempSync(join(tmpdir(), "state-of-tests-"));
process.on("exit", () => {
  rmSync(userState, { recursive: true, force: true });
});

const usualEnvironment = { ...process.env, DATABASE_URL: "", XDG_STATE_HOME: userState };
const host = commandHost(CLI, usualEnvironment);
after(() => host.close());

export type Files = Readonly<Record<string, string>>;

/** Gives `act` a folder with these files; it is gone afterwards. */
export async function inWorkspace<T>(
  files: Files,
  act: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-"));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Running {
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts `cohortline` with these words in the folder, in a process of its own. */
export function start(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  const child = spawn(process.execPath, [CLI, ...words], {
    cwd: folder,
    env: { ...usualEnvironment, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal, out, err });
    });
  });
  return { process: child, ended };
}

/** The same to its end: for how a process starts, meets its surroundings and ends. */
export function alone(
  folder: string,
  words: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return start(folder, words, environment).ended;
}

/** The same to its end, in a process that all such commands of a file of tests share. */
export function cohortline(folder: string, words: readonly string[]): Promise<Ended> {
  return host.run(folder, words) ?? start(folder, words).ended;
}

/** Every file below the folder and its text, sorted; the manifest too. Node 24 lists what lies behind links as well. */
export function contentsOf(folder: string): Files {
  const top = realpathSync(folder);
  const names = readdirSync(top, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && realpathSync(entry.parentPath) === entry.parentPath)
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  return Object.fromEntries(
    names.map((name) => [name.slice(top.length + 1), readFileSync(name, "latin1")]),
  );
}

/** A small study with a flag, a category, an age and two measures. */
export const smallStudy = readFileSync(
  join(import.meta.dirname, "../../fixtures/small-study/analysis/study_definition.ts"),
  "utf8",
);

export const smallWorkspace: Files = { "analysis/study_definition.ts": smallStudy };
