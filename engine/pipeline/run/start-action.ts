/** One action of a run: whether it can be run at all, its log, and what its record says in the end. */
import { join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { machineFault } from "../../files/machine-fault.ts";
import { isPython } from "../../guest-python/sandbox.ts";
import { isBuiltIn } from "../project/project.ts";
import { openLog } from "../record/action-log.ts";
import { writeManifest } from "../record/manifest-file.ts";
import { logFile } from "../record/metadata-paths.ts";
import { recorded } from "../record/record-keeper.ts";
import { statusCodes } from "../record/status.ts";
import { holdsPatients } from "../state/action-state.ts";
import { actionInputs } from "../state/action-inputs.ts";
import type { FolderNow } from "../state/action-inputs.ts";
import { changesBetween } from "../state/changes.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { ActionEnd, ActionRun } from "./action-run.ts";
import { logSummary } from "./log-summary.ts";
import { performAction } from "./perform-action.ts";
import type { RunningSession } from "./run-session.ts";
import type { Outcome } from "./schedule.ts";
import type { ProgramLimits } from "./program-request.ts";
import type { RunRequest } from "./run-request.ts";
import { programPath } from "./program-path.ts";
import { localProgram, toolName } from "./tools.ts";
import type { Tool } from "./tools.ts";

/** How it ended, and the end of what it printed. */
interface Ended {
  readonly end: ActionEnd;
  readonly printed: readonly string[];
}

export async function startAction(
  planned: PlannedAction,
  starting: RunningSession,
): Promise<Outcome> {
  const { keeper, listener, problems, now } = starting;
  const { name } = planned.action;
  const { end, printed } = await endOf(planned, starting);
  const { state, exit, notes, message, code } = end;
  const made = state ?? (code === "unchanged" ? now.stateOf(name) : null);
  keeper.add(name, {
    ...{ exit, notes, audit: end.verdict ?? null },
    outputs: (made?.outputs ?? []).map(recorded),
    definitions: made?.definitions ?? [],
  });
  keeper.enter(name, code, message);
  if (code !== "succeeded") problems.push(...end.problems);
  listener.ended(name, end, printed);
  await keeper.save();
  if (code === "no_tool") return "unable";
  return code === "succeeded" || code === "unchanged" ? "succeeded" : "failed";
}

async function endOf(planned: PlannedAction, starting: RunningSession): Promise<Ended> {
  const tool = toolOf(planned, starting);
  const nothing = { exit: null, problems: [], state: null, notes: [] };
  if (planned.onlyIfInputsChange && (await isUnchanged(planned, starting))) {
    const code = "unchanged";
    return { end: { ...nothing, code, message: statusCodes[code].text }, printed: [] };
  }
  if (!isBuiltIn(planned.action) && tool.kind === "none") {
    const missing = tool.why ?? toolMissing(planned, starting);
    const { message } = missing;
    return { end: { ...nothing, code: "no_tool", message, problems: [missing] }, printed: [] };
  }
  return logged(planned, starting);
}

async function isUnchanged({ action }: PlannedAction, { now }: RunningSession): Promise<boolean> {
  const state = now.stateOf(action.name);
  if (state?.basis === null || state === null) return false;
  const reads = isBuiltIn(action) ? Object.keys(state.basis.code) : null;
  return changesBetween(state.basis, await actionInputs(action, now, reads)).length === 0;
}

function toolOf({ action }: PlannedAction, { tools }: RunningSession): Tool {
  return tools.get(action.name) ?? { kind: "none", why: null };
}

function toolMissing({ action }: PlannedAction, { context }: RunningSession): Problem {
  const { program } = localProgram(action, action.words, context.environment);
  const isHere = programPath(program, context.environment) !== null;
  const image = `${action.image}:${action.version}`;
  const sandboxed = isPython(action);
  return problem("action-tool-missing", { action: action.name, image, program, isHere, sandboxed });
}

async function logged(planned: PlannedAction, starting: RunningSession): Promise<Ended> {
  const { context, keeper, listener, now, paths, records, states, request } = starting;
  const { exclusive } = starting;
  const { name, fileName } = planned.action;
  const log = openLog({
    folder: now.folder,
    file: logFile(fileName),
    printed: join(paths.printed, `${fileName}.txt`),
    seesPatients: seesPatients(planned, now),
    clock: () => context.now().toISOString(),
    hear: (line) => listener.logged?.(name, line),
  });
  const { id: job, command } = keeper.job(name);
  log.note(`Running ${command}`);
  const tool = toolOf(planned, starting);
  const by = toolName(tool);
  if (by !== null) log.note(`Run by ${by}`);
  keeper.add(name, { run_by: by });
  const run = keeper.run();
  const end = await endWithProblems(name, {
    ...{ planned, now, context, paths, tool, log, exclusive },
    limits: limitsOf(request),
    ids: { run: run.id, job },
    commit: run.git.commit,
    keepState: states.keep,
    enter: (code) => {
      keeper.enter(name, code);
    },
  });
  await exclusive(() => writeManifest(records, states.all()));
  const fault = log.end(logSummary({ end, job: keeper.job(name), run, hidden: log.hidden() }));
  if (fault !== null) starting.problems.push(fault);
  keeper.add(name, { log_sha256: log.sha256() });
  const notes = [...toolNote(tool), ...end.notes, ...hiddenNote(log.hidden(), fileName, end.code)];
  return { end: { ...end, notes }, printed: log.tail() };
}

function limitsOf({ memory, cpus, seed, timeout }: RunRequest): ProgramLimits {
  return { memory, cpus, seed: seed ?? null, timeout };
}

/** Problems of files, such as a full disk, end the action; bugs go on to whoever runs it. */
async function endWithProblems(name: string, run: ActionRun): Promise<ActionEnd> {
  try {
    return await performAction(run);
  } catch (error) {
    const problems = error instanceof ProblemError ? error.problems : systemProblem(name, error);
    const message = problems.map((each) => each.message).join("; ");
    return { code: "nonzero_exit", message, exit: null, problems, state: null, notes: [] };
  }
}

function systemProblem(action: string, error: unknown): readonly Problem[] {
  const fault = machineFault(error);
  if (fault !== null) return [fault];
  const { code, syscall } = error as NodeJS.ErrnoException;
  if (!(error instanceof Error) || code === undefined || syscall === undefined) throw error;
  return [problem("action-system", { action, doing: syscall, reason: code })];
}

/** Only a program prints what it likes; the engine's own commands never print a value. */
function seesPatients({ action }: PlannedAction, now: FolderNow): boolean {
  if (isBuiltIn(action)) return false;
  const inputs = action.needs.flatMap(({ name }) => now.stateOf(name)?.outputs ?? []);
  const makes = action.outputs.some(({ level }) => level === "highly_sensitive");
  return makes || inputs.some(holdsPatients);
}

function toolNote(tool: Tool): readonly string[] {
  return "note" in tool ? [tool.note] : [];
}

function hiddenNote(hidden: number, fileName: string, code: string): readonly string[] {
  if (hidden === 0) return [];
  const lines = `${hidden} ${hidden === 1 ? "line" : "lines"}`;
  const what = code === "nonzero_exit" ? ", what its error says among them," : "";
  return [
    `${lines} that it printed${what} may hold values of patients: metadata/printed/${fileName}.txt`,
  ];
}
