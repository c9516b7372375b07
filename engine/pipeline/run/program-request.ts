/** How a program is started for an action: in a container, or on this machine. */
import { join } from "node:path";
import type { Action } from "../project/project.ts";
import { startGuest } from "../../guest-python/sandbox.ts";
import { askedAction, definedIn, imageName, localProgram } from "./tools.ts";
import type { Tool } from "./tools.ts";
import type { WorkingFolder } from "./working-folder.ts";

export interface ProgramLimits {
  /** As Docker writes it: 4G. */
  readonly memory: string;
  readonly cpus: string;
  /** Of chance in the sandbox; null draws it from the machine. */
  readonly seed: number | null;
  /** Seconds that an action may take in the sandbox. */
  readonly timeout: number;
}

export interface ProgramFor {
  readonly action: Action;
  readonly words: readonly string[];
  readonly working: WorkingFolder;
  /** Paths in it of files that the engine itself wrote. */
  readonly byEngine: readonly string[];
  readonly limits: ProgramLimits;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Unlike that of any other container. */
  readonly name: string;
  /** The Node that runs this. */
  readonly node: string;
}

export interface StartedProgram {
  readonly program: string;
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Ends a container, which outlives the program that started it; null on this machine. */
  readonly stop: readonly string[] | null;
}

export function programRequest(
  tool: Exclude<Tool, { kind: "none" }>,
  asked: ProgramFor,
): StartedProgram {
  switch (tool.kind) {
    case "local":
      return onThisMachine(asked);
    case "container":
      return inContainer(tool, asked);
    case "sandbox":
      return inSandbox(tool, asked);
  }
}

/** A process of its own, which is told nothing of the environment. */
function inSandbox(
  { sandbox }: Extract<Tool, { kind: "sandbox" }>,
  { action, words, working, byEngine, limits, node }: ProgramFor,
): StartedProgram {
  const { root: workspace, home } = working;
  const asked = askedAction(action, words);
  const started = startGuest(sandbox, { asked, workspace, byEngine, home, ...limits, node });
  return { ...started, environment: {}, stop: null };
}

/** No network, no rights, limits on memory and processors; only the working folder is mounted. */
function inContainer(
  { engine, registry }: Extract<Tool, { kind: "container" }>,
  { action, words, working, limits, environment, name }: ProgramFor,
): StartedProgram {
  const license = action.image === "stata-mp" ? ["--env", "STATA_LICENSE"] : [];
  const container = [
    ...["run", "--rm", "--init", "--name", name, "--network", "none"],
    ...["--memory", limits.memory, "--cpus", limits.cpus],
    ...["--cap-drop", "ALL", "--security-opt", "no-new-privileges"],
    ...userWords(engine),
    ...["--env", "HOME=/tmp", "--env", "OPENSAFELY_BACKEND=expectations", ...license],
    ...["--mount", mountText(working.root), "--workdir", "/workspace"],
    imageName(action, registry),
    ...words,
  ];
  return {
    program: engine,
    words: container,
    environment: definedIn({ ...environment, DATABASE_URL: undefined }),
    stop: ["kill", name],
  };
}

/** A --volume is parted by colons, which a folder's name may have; here such a part is quoted. */
function mountText(folder: string): string {
  const source = `source=${folder}`;
  const quoted = /[",]/.test(source) ? `"${source.replaceAll('"', '""')}"` : source;
  return `type=bind,${quoted},target=/workspace`;
}

/** What a container writes must belong to who runs it. Podman without root maps users itself. */
function userWords(engine: string): readonly string[] {
  const [user, group] = [process.getuid?.(), process.getgid?.()];
  if (engine === "podman") return ["--userns", "keep-id"];
  return user === undefined || group === undefined ? [] : ["--user", `${user}:${group}`];
}

/** What programs need to be found and to work; nothing else of the environment reaches them. */
const PASSED_ON = [
  "PATH",
  "LANG",
  "LC_ALL",
  "VIRTUAL_ENV",
  "CONDA_PREFIX",
  "R_HOME",
  "R_LIBS",
  "R_LIBS_USER",
  "STATA_LICENSE",
] as const;

function onThisMachine({ action, words, working, environment }: ProgramFor): StartedProgram {
  const local = localProgram(action, words, environment);
  const passed = Object.fromEntries(PASSED_ON.map((name) => [name, environment[name]]));
  const home = environment["HOME"];
  return {
    program: local.program,
    words: local.words.map((word) => inWorkingFolder(word, working.root)),
    environment: definedIn({
      LANG: "C.UTF-8",
      ...passed,
      HOME: working.home,
      TMPDIR: working.home,
      // Packages that a person installed for herself are part of her Python.
      PYTHONUSERBASE: home === undefined ? undefined : join(home, ".local"),
      OPENSAFELY_BACKEND: "expectations",
    }),
    stop: null,
  };
}

/** `/workspace` of a container is the working folder here: alone, before a slash, behind `=` or `:`. */
function inWorkingFolder(word: string, root: string): string {
  return word.replace(
    /(^|[=:,'"(])\/workspace(?=$|[/:,'")])/g,
    (_, before: string) => before + root,
  );
}
