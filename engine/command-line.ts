/** The command line: reads what is outside, calls commands/ and pipeline/, prints, and ends with an exit code. */
import { usableCores } from "./workers/usable-cores.ts";
import { hostname, tmpdir, userInfo } from "node:os";
import { readFileSync } from "node:fs";
import { asTyped, ProblemError, tonedProblem } from "./base/problems.ts";
import { visibleJson } from "./base/visible-text.ts";
import type { Reporter, RunContext } from "./commands/context.ts";
import { jsonReporter, textReporter } from "./commands/reporting/reporters.ts";
import { studyAbove } from "./commands/studies/study-above.ts";
import { sideBySide } from "./commands/threads/action-thread.ts";
import { machineFault } from "./files/machine-fault.ts";
import { sweepOwnedFolders } from "./files/owned-folder.ts";
import { isPipelineRequest } from "./options/command-table.ts";
import type { Request, RequestOf, StudyRequest } from "./options/command-table.ts";
import { readWords, usageExit } from "./options/read-words.ts";
import type { PipelineContext } from "./pipeline/context.ts";
import { outputPolicyIn } from "./pipeline/declared-outputs.ts";
import { userStateFolder } from "./pipeline/trust/user-state-folder.ts";
import { progressOn } from "./terminal/progress.ts";
import { openScreen } from "./terminal/screen.ts";

const BUG = 70;

/** In package.json, which lies above both engine/ and dist/. A part of every fingerprint. */
const { version: engineVersion } = JSON.parse(
  readFileSync(new URL("../package.json", import.meta.url), "utf8"),
) as { readonly version: string };

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
  const request = readWords(isVersionWord(argv) ? ["--version"] : argv, engineVersion);
  return request === null ? 0 : answer(request);
}

/** What people try before they look. */
function isVersionWord(argv: readonly string[]): boolean {
  const [word = "", ...more] = argv;
  return more.length === 0 && ["-v", "-V", "version"].includes(word);
}

async function answer(request: Request): Promise<number> {
  // One place for all that any room, library or program writes: files 0600, folders 0700.
  if ("shared" in request && !request.shared) process.umask(0o077);
  sweepOwnedFolders(tmpdir());
  const signal = hearsSignals(request) ? stopSignal() : new AbortController().signal;
  if (isPipelineRequest(request)) {
    const { answerPipeline } = await import("./pipeline/answer-request.ts");
    const { lines, exitCode } = await answerPipeline(request, pipelineContext(request, signal));
    for (const line of lines) screen.out(line);
    return exitCode;
  }
  if (request.command === "serve") {
    const { serve } = await import("./serve/serve.ts");
    return serve(request, pipelineContext(request, signal));
  }
  if (request.command === "audit") {
    const { auditInThread } = await import("./commands/threads/audit-thread.ts");
    const { lines, exitCode } = await auditInThread(request, runContext(request, signal));
    for (const line of lines) screen.out(line);
    return exitCode;
  }
  if (request.command === "verify-certificate") {
    const { verifyCertificateCommand } = await import("./commands/verify-certificate.ts");
    const { lines, exitCode } = await verifyCertificateCommand(request, process.cwd());
    for (const line of lines) screen.out(line);
    return exitCode;
  }
  const { runCommand } = await import("./commands/run-command.ts");
  const run = () => runCommand(request, runContext(request, signal));
  const lines = request.command === "check" ? await check(request, run, signal) : await run();
  for (const line of lines) screen.out(line);
  return 0;
}

/** What computes without a pause would hear nothing: a signal ends it where it is, with nothing half written. */
function hearsSignals({ command }: Request): boolean {
  return command !== "release" && command !== "verify-certificate";
}

/** Aborted when the person asks to stop; who asks twice does not wait. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stop.signal.aborted) endBy(signal);
    stop.abort();
  };
  process.on("SIGINT", onSignal).on("SIGTERM", onSignal);
  return stop.signal;
}

/** As a program that never listened to it: Node may crash where it exits by itself while its threads are at work. */
function endBy(signal: NodeJS.Signals): void {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

async function check(
  request: RequestOf<"check">,
  checkStudies: () => Promise<readonly string[]>,
  signal: AbortSignal,
): Promise<readonly string[]> {
  if (request.databaseUrl !== undefined) {
    const { checkDatabase } = await import("./commands/check-database.ts");
    return checkDatabase(request.databaseUrl, runContext(request, signal), request);
  }
  const { checkWholeStudy } = await import("./pipeline/commands/check.ts");
  return checkWholeStudy(request, checkStudies, pipelineContext(request, signal));
}

function runContext(request: StudyRequest, signal: AbortSignal): RunContext {
  const workspace = process.cwd();
  return {
    workspace,
    now: () => new Date(),
    environment: process.env,
    reporter: reporterFor(request),
    signal,
    engineVersion,
    cores: usableCores(),
    outputPolicy: outputPolicyIn(workspace),
  };
}

/** As `--json`, `--quiet`, `--verbose` say; progress only where a person watches a terminal. */
function reporterFor({ json, quiet, verbose }: StudyRequest): Reporter {
  if (json) return jsonReporter(screen);
  if (quiet) return textReporter(screen, "quiet", null);
  return textReporter(screen, verbose ? "verbose" : "normal", progressOn(screen));
}

function pipelineContext(request: Request, signal: AbortSignal): PipelineContext {
  const isSilent = request.quiet || request.json;
  return {
    folder: process.cwd(),
    now: () => new Date(),
    environment: process.env,
    user: loginName(),
    process: process.pid,
    host: hostname(),
    temporary: tmpdir(),
    node: { path: process.execPath, version: process.versions.node },
    userState: userStateFolder(process.env),
    engineVersion,
    cores: usableCores(),
    shared: "shared" in request && request.shared,
    signal,
    stdout: screen.out,
    stderr: isSilent ? () => undefined : screen.err,
    progress: isSilent ? null : progressOn(screen),
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
