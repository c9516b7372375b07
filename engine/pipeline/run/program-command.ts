/** Runs the program of an action, in a container or on this machine. */
import type { Problem } from "../../base/problems.ts";
import { guestEnd, stoppedProblem } from "../../guest-python/sandbox.ts";
import { problem } from "../problems.ts";
import { logFile } from "../record/metadata-paths.ts";
import { isBuiltIn } from "../project/project.ts";
import { needsInOrder } from "../state/needs-in-order.ts";
import type { ActionRun, CommandEnd } from "./action-run.ts";
import { commandWords } from "./command-words.ts";
import { programRequest } from "./program-request.ts";
import type { StartedProgram } from "./program-request.ts";
import { runProgram } from "./run-program.ts";
import type { ProgramEnd, ProgramRequest } from "./run-program.ts";
import type { WorkingFolder } from "./working-folder.ts";

export async function runProgramCommand(
  run: ActionRun,
  working: WorkingFolder,
): Promise<CommandEnd> {
  const { context, log } = run;
  const request = requestFor(run, working);
  const { program, words, environment } = request;
  const started = { program, words, environment, folder: working.root };
  const end = await runProgram({
    ...started,
    signal: context.signal,
    stop: request.stop,
    onLine: log.print,
    onStop: () => {
      stopContainer(request, started);
    },
  });
  return commandEnd(run, { program, home: working.home }, end);
}

function requestFor(run: ActionRun, working: WorkingFolder): StartedProgram {
  const { tool, planned, now, context, limits, ids } = run;
  if (tool.kind === "none") throw new Error("an action without a tool was started");
  const { action } = planned;
  const words = commandWords(action, now.project, now.source);
  const { environment } = context;
  const name = `cohortline-${ids.job}`;
  const node = context.node.path;
  const byEngine = madeByEngine(run);
  return programRequest(tool, {
    ...{ action, words, working, byEngine, limits, environment, name, node },
  });
}

/** Of the needs that are the engine's own commands; a file that another need changed is not among them. */
function madeByEngine({ planned, now }: ActionRun): readonly string[] {
  const known = new Map(now.project.actions.map((action) => [action.name, action]));
  const paths = new Map<string, boolean>();
  for (const { name } of needsInOrder(planned.action, now.project)) {
    const need = known.get(name);
    const isEngine = need !== undefined && isBuiltIn(need);
    for (const { path } of now.stateOf(name)?.outputs ?? []) paths.set(path, isEngine);
  }
  return [...paths].filter(([, isEngine]) => isEngine).map(([path]) => path);
}

/** It would outlive the program that started it. */
function stopContainer(
  { stop }: StartedProgram,
  started: Pick<ProgramRequest, "program" | "environment" | "folder">,
): void {
  if (stop === null) return;
  const { signal } = new AbortController();
  void runProgram({ ...started, words: stop, signal, onLine: () => undefined });
}

const OUT_OF_MEMORY = 137;

function commandEnd(
  run: ActionRun,
  { program, home }: { readonly program: string; readonly home: string },
  end: ProgramEnd,
): CommandEnd {
  const { planned, context, limits } = run;
  const { name, fileName } = planned.action;
  const rest = {
    ...{ studies: [], upToDate: new Set<string>(), unsuppressed: [], audit: null },
    interrupted: context.signal.aborted,
  };
  if (!end.started) {
    const facts = { action: name, program };
    return { ...rest, exit: null, problems: [problem("action-program-missing", facts)] };
  }
  if (end.exit === 0) return { ...rest, exit: 0, problems: [] };
  const stopped = stoppedOf(run, home);
  if (stopped !== null) return { ...rest, exit: end.exit, problems: [stopped] };
  const exit = exitText(end, limits.memory);
  const problems = [problem("action-failed", { action: name, exit, log: logFile(fileName) })];
  return { ...rest, exit: end.exit, problems };
}

/** What a sandbox says of how its guest ended, beside an exit code. */
function stoppedOf({ tool, planned, limits }: ActionRun, home: string): Problem | null {
  const end = tool.kind === "sandbox" ? guestEnd(home) : null;
  return end === null ? null : stoppedProblem(planned.action.name, end, limits.memory);
}

function exitText({ exit, signal }: ProgramEnd, memory: string): string {
  if (exit === null) return `signal ${signal ?? "unknown"}`;
  return exit === OUT_OF_MEMORY
    ? `exit code 137: it was killed, most often because it needed more memory than ${memory}`
    : `exit code ${exit}`;
}
