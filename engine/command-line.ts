/** The command line: reads the world, calls commands/ and pipeline/, prints, and says how it ended. */
import { availableParallelism, hostname, tmpdir, userInfo } from "node:os";
import { asTyped, ProblemError, tonedProblem } from "./base/problems.ts";
import { visibleJson } from "./base/visible-text.ts";
import type { PipelineWorld } from "./pipeline/world.ts";
import { userStateFolder } from "./pipeline/trust/user-state-folder.ts";
import { outputPolicyIn } from "./pipeline/declared-outputs.ts";
import { machineFault } from "./files/machine-fault.ts";
import { sweepOwnedFolders } from "./files/owned-folder.ts";
import { isPrivate } from "./options/shared-option.ts";
import type { Reporter, RunContext } from "./commands/context.ts";
import { engineVersion } from "./commands/engine-version.ts";
import { sideBySide } from "./commands/threads/cohort-thread.ts";
import { refuseCohortWords } from "./commands/threads/cohort-words.ts";
import { commandLine, usageExit } from "./options/commands.ts";
import type { Invocation } from "./options/commands.ts";
import { isPipelineCommand } from "./options/pipeline-commands.ts";
import type { Shell } from "./options/completion.ts";
import { invoke } from "./commands/run-command.ts";
import { takeParamWords } from "./options/take-words.ts";
import { progressOn } from "./terminal/progress.ts";
import { jsonReporter, textReporter } from "./commands/reporting/reporters.ts";
import { studyAbove } from "./commands/studies/study-above.ts";
import { openScreen } from "./terminal/screen.ts";

const BUG = 70;
const INTERRUPTED = 130;

const screen = openScreen({ out: process.stdout, err: process.stderr }, process.env);

/** Who reads may stop reading (`| head`): the work goes on to its end, and says no more. */
let areResultsLost = false;
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", ({ code }: NodeJS.ErrnoException) => {
    if (code === "EPIPE" || areResultsLost) return;
    areResultsLost = true;
    process.exitCode = 1;
    if (stream === process.stdout) {
      screen.err(
        `The results could not be written to standard output (${code ?? "no reason given"}).`,
      );
    }
  });
}

/**
 * The exit code: 0 done, 2 misuse, 70 a bug, 130 interrupted, otherwise that of the problems told. What
 * only some commands need is loaded by those: loading is a quarter of a small study's time.
 */
export async function answerWords(argv: readonly string[]): Promise<number> {
  const code = await main(argv).catch(failureCode);
  return code === 0 && areResultsLost ? 1 : code;
}

async function main(argv: readonly string[]): Promise<number> {
  const { rest, params } = takeParamWords(isVersionWord(argv) ? ["--version"] : argv);
  const asked: Invocation[] = [];
  const program = commandLine(engineVersion, (invocation) => void asked.push(invocation));
  if (rest.length === 0) {
    program.outputHelp();
    return 0;
  }
  program.parse(rest, { from: "user" });
  const [invocation] = asked;
  return invocation === undefined ? 0 : run(invocation, params);
}

/** What people try before they look. */
function isVersionWord(argv: readonly string[]): boolean {
  const [word = "", ...more] = argv;
  return more.length === 0 && ["-v", "-V", "version"].includes(word);
}

async function run(asked: Invocation, params: readonly (readonly string[])[]): Promise<number> {
  // One place for all that any room, library or program writes: files 0600, folders 0700.
  if (isPrivate(asked.command, asked.options)) process.umask(0o077);
  sweepOwnedFolders(tmpdir());
  const stop = new AbortController();
  const onSignal = (): void => {
    if (stop.signal.aborted) process.exit(INTERRUPTED);
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  if (isPipelineCommand(asked.command)) {
    const { answerPipeline } = await import("./pipeline/commands.ts");
    const { lines, exitCode } = await answerPipeline(asked, worldFor(asked, stop.signal));
    for (const line of lines) screen.out(line);
    return exitCode;
  }
  if (asked.command === "completion") {
    const { completionScript } = await import("./options/completion.ts");
    const program = commandLine(engineVersion, () => undefined);
    for (const line of completionScript(asked.words[0] as Shell, program)) screen.out(line);
    return 0;
  }
  const context = contextFor(asked, stop.signal);
  const answer = (): Promise<readonly string[]> => invoke(asked, params, context);
  const lines = asked.command === "check" ? await check(asked, answer, stop) : await answer();
  for (const line of lines) screen.out(line);
  return 0;
}

async function check(
  asked: Invocation,
  checkStudies: () => Promise<readonly string[]>,
  { signal }: AbortController,
): Promise<readonly string[]> {
  const { checkWholeStudy } = await import("./pipeline/check-whole-study.ts");
  return checkWholeStudy(worldFor(asked, signal), {
    strict: asked.options["strict"] === true,
    silent: asked.options["quiet"] === true || asked.options["json"] === true,
    checkStudies,
  });
}

function contextFor({ options }: Invocation, signal: AbortSignal): RunContext {
  const workspace = process.cwd();
  return {
    workspace,
    now: () => new Date(),
    environment: process.env,
    reporter: reporterFor(options),
    signal,
    engineVersion,
    cores: availableParallelism(),
    outputPolicy: outputPolicyIn(workspace),
  };
}

/** As `--json`, `--quiet`, `--verbose` say; progress only where a person watches a terminal. */
function reporterFor(options: Invocation["options"]): Reporter {
  if (options["json"] === true) return jsonReporter(screen);
  if (options["quiet"] === true) return textReporter(screen, "quiet", null);
  const verbosity = options["verbose"] === true ? "verbose" : "normal";
  return textReporter(screen, verbosity, progressOn(screen));
}

function worldFor({ options }: Invocation, signal: AbortSignal): PipelineWorld {
  const isSilent = options["quiet"] === true || options["json"] === true;
  return {
    folder: process.cwd(),
    now: () => new Date(),
    environment: process.env,
    user: loginName(),
    process: process.pid,
    host: hostname(),
    temporary: tmpdir(),
    userState: userStateFolder(process.env),
    engineVersion,
    cores: availableParallelism(),
    shared: options["shared"] === true,
    signal,
    say: screen.out,
    tell: isSilent ? () => undefined : screen.err,
    progress: isSilent ? null : progressOn(screen),
    refuseWords: refuseCohortWords,
    perform: sideBySide(),
  };
}

/** A container may run as a user whom the system does not know. */
function loginName(): string {
  try {
    return userInfo().username;
  } catch {
    return process.env["USER"] ?? "unknown";
  }
}

const noStudyHere: ReadonlySet<string> = new Set(["no-workspace", "no-study", "project-missing"]);

/** A problem tells its message, a bug its stack. Problems of usage and others exit by their code. */
function failureCode(error: unknown): number {
  const usage = usageExit(error);
  if (usage !== null) return usage;
  const fault = machineFault(error);
  if (fault !== null) return failureCode(new ProblemError([fault]));
  if (!(error instanceof ProblemError)) {
    const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
    for (const line of stack.split("\n")) screen.err(line);
    screen.err("This is a bug in cohortline. Please report it with the lines above.");
    return BUG;
  }
  const asJson = process.argv.includes("--json");
  for (const problem of error.problems) {
    if (asJson) screen.out(visibleJson({ kind: "problem", problem: asTyped(problem) }));
    else for (const line of tonedProblem(problem)) screen.err(line);
  }
  const above = error.problems.some(({ code }) => noStudyHere.has(code))
    ? studyAbove(process.cwd())
    : null;
  if (above !== null && !asJson) {
    screen.err(`  A study is in a folder above this one: cd ${above}, and run the same again.`);
  }
  return Math.max(...error.problems.map(({ exitCode }) => exitCode));
}
