/** The commands about a whole study: those that read or run its project.yaml, and its records. */
import { count, countOr, flag, knownChoice, oneOf, text, textOr } from "./option.ts";
import type { ArgumentSpec, OptionSpec } from "./option.ts";
import { databaseUrl, shared } from "./common-options.ts";

const actions: ArgumentSpec<readonly string[]> = {
  written: "[actions...]",
  about: "names of actions, or run_all",
  read: (given) => given,
};

const run: ArgumentSpec<string> = {
  written: "[run]",
  about: "its number, the beginning of its identifier, or latest (default: latest)",
  read: ([given = "latest"]) => given,
};

/** What runs actions in Python. */
const pythonWays = ["sandbox", "container", "local"] as const;
export type PythonWay = (typeof pythonWays)[number];

const python: OptionSpec<PythonWay | undefined> = {
  about: "what runs Python: sandbox (default where it is installed, on Node 24), container, local",
  value: { name: "way", read: (given, what) => knownChoice(what, given, pythonWays) },
  absent: undefined,
};

/** What is done with a program that some actions need. */
const toolVerbs = ["list", "install", "verify", "remove"] as const;

const toolWords: ArgumentSpec<{
  readonly verb: (typeof toolVerbs)[number];
  readonly tools: readonly string[];
}> = {
  written: "[what...]",
  about: "list, install, verify or remove, and python (default: list)",
  read: ([verb = "list", ...tools]) => ({
    verb: knownChoice("what", verb, toolVerbs),
    tools: tools.map((tool) => knownChoice("tool", tool, ["python"])),
  }),
};

const strict = flag("refuse a project.yaml that old versions allow");

const planning = {
  forceRunDependencies: flag("run what they need even if it is up to date", "f"),
  databaseUrl,
  strict,
};

export const pipelineCommands = {
  run: {
    about: "Run actions of project.yaml, and what they need: all of them with run_all.",
    arguments: { actions },
    options: {
      ...planning,
      continueOnError: flag("after a failure go on with what does not depend on it"),
      concurrency: countOr("n", "actions at once", 2, "c"),
      timestamps: flag("put the time (UTC) before each line"),
      formatOutputForGithub: flag("fold the log of each action, as GitHub shows it"),
      dryRun: flag("print what would be run and why, and run nothing"),
      shared,
      localTools: flag("run other images' programs on this machine, not in containers"),
      python,
      seed: count("n", "make chance the same in each run of the sandbox"),
      memory: textOr("size", "memory of each container or sandbox", "4G", "m"),
      cpus: textOr("n", "processors of each container", "2"),
      timeout: countOr("seconds", "how long each action may take in the sandbox", 86_400),
    },
    examples: ["run run_all", "run generate_measures --dry-run"],
  },
  plan: {
    about: "Print for each action whether it would run, and why; all actions if none is named.",
    arguments: { actions },
    options: planning,
    examples: [],
  },
  runs: {
    about: "List the runs of this folder, the newest first.",
    arguments: {},
    options: {},
    examples: [],
  },
  show: {
    about: "Print one run as a job request page shows it: what exactly happened.",
    arguments: { run },
    options: {},
    examples: [],
  },
  verify: {
    about: "Check output files against metadata/manifest.json.",
    arguments: {},
    options: {},
    examples: [],
  },
  graph: {
    about: "Draw the pipeline: what needs what, the status of each action, which levels it writes.",
    arguments: {},
    options: {
      format: oneOf(
        "format",
        "how to draw it: text, mermaid, svg",
        ["text", "mermaid", "svg"],
        "text",
      ),
      outputFile: text("file", "write it here instead of printing it"),
      strict,
    },
    examples: [],
  },
  report: {
    about: "Write one run as a page for a browser: all in one file, nothing fetched.",
    arguments: { run },
    options: {
      outputFile: text("file", "write it here; - prints it", "metadata/report-NUMBER.html"),
    },
    examples: [],
  },
  tools: {
    about: "Install Python for the sandbox, or list, verify or remove it: nothing installs itself.",
    arguments: { what: toolWords },
    options: { from: text("file", "install this wheel instead of downloading it") },
    examples: ["tools install python", "tools install python --from FILE"],
  },
  clean: {
    about:
      "Remove what killed commands left in the temporary folder, metadata/ and output folders.",
    arguments: {},
    options: {
      dryRun: flag("print what would be removed, and remove nothing"),
      force: flag("also what belongs to another container or machine: only if it is gone"),
    },
    examples: [],
  },
  trust: {
    about:
      "Believe the records in metadata/ of this folder, whoever wrote them: for a folder that you share or moved.",
    arguments: {},
    options: { revoke: flag("believe only your own again") },
    examples: [],
  },
} as const;
