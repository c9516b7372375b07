/** One action from its working folder to its outputs in their places. */
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import { makeOwnedFolder, makeTemporaryFolder } from "../../files/owned-folder.ts";
import type { AuditVerdict } from "../../commands/releases/audit-verdict.ts";
import { skipsExisting, studyOf } from "../../options/read-words.ts";
import { isBuiltIn } from "../project/project.ts";
import { statusCodes } from "../record/status.ts";
import type { StatusCode } from "../record/status.ts";
import { filesBelow } from "../state/files-below.ts";
import { fileHashes } from "../state/file-stamp.ts";
import type { HashFile } from "../state/file-stamp.ts";
import { needsInOrder } from "../state/needs-in-order.ts";
import { placeOf } from "../state/plan.ts";
import { holdsPatients } from "../state/action-state.ts";
import type { ActionState } from "../state/action-state.ts";
import type { ActionEnd, ActionRun, CommandEnd } from "./action-run.ts";
import { runCohortCommand } from "./cohort-command.ts";
import { checkedOutputs, outputFiles } from "./collect-outputs.ts";
import type { CheckedFiles, OutputFiles } from "./collect-outputs.ts";
import { publishOutputs } from "./publish-outputs.ts";
import { runProgramCommand } from "./program-command.ts";
import { smallNumberNotes } from "./small-number-notes.ts";
import { restampInputs } from "./restamp-inputs.ts";
import { stateAfter, stateAfterFailure } from "./state-after.ts";
import { forgetUnfinished, keepUnfinished } from "./unfinished.ts";
import { stageManifests, makeWorkingFolder } from "./working-folder.ts";
import type { StagedFile, FoldersInside, WorkingFolder } from "./working-folder.ts";

/** Ends in a state whatever happens, except for bugs. The study's folder changes only after success. */
export async function performAction(run: ActionRun): Promise<ActionEnd> {
  run.enter("preparing");
  const unfinished = unfinishedOf(run);
  const working = await prepare(run, unfinished);
  try {
    const hash = hashesOfCode(working);
    run.enter("prepared");
    run.enter("executing");
    const ended = isBuiltIn(run.planned.action)
      ? await runCohortCommand(run, working, unfinished !== null)
      : await runProgramCommand(run, working);
    run.enter("executed");
    return await afterCommand({ ...run, now: { ...run.now, hash } }, working, ended);
  } finally {
    working.remove();
    if (isBuiltIn(run.planned.action)) await run.exclusive(() => restampInputs(run));
  }
}

/** Of what was staged: an author may go on editing while her actions run. */
function hashesOfCode({ root, code }: WorkingFolder): HashFile {
  const hash = fileHashes(root);
  return (path) => {
    const known = code.get(path);
    return known === undefined ? hash(path) : Promise.resolve(known);
  };
}

/** Null where our own record does not say that the action failed here: a study may bring such files too. */
function unfinishedOf({ paths, planned, now }: ActionRun): string | null {
  const { name, fileName } = planned.action;
  const folder = join(paths.unfinished, fileName);
  return now.stateOf(name)?.succeeded === false && existsSync(folder) ? folder : null;
}

async function prepare(run: ActionRun, unfinished: string | null): Promise<WorkingFolder> {
  const { now, planned, paths, context } = run;
  const { action } = planned;
  const isCohort = isBuiltIn(action);
  const inputs = [
    ...dummyDataOf(run),
    ...needsInOrder(action, now.project).flatMap(({ name }) => filesOf(now.stateOf(name), run)),
  ];
  const own = isCohort ? [...ownOutputs(run), ...filesIn(unfinished)] : [];
  const working = makeWorkingFolder({
    study: now.folder,
    make: () =>
      isCohort ? makeOwnedFolder(paths.working) : makeTemporaryFolder(context.temporary),
    mayLink: isCohort,
    code: now.code.map((path) => ({ from: join(now.folder, path), path })),
    inputs,
    own,
  });
  if (isCohort) {
    await stageManifests(working, foldersInside(run, own), [
      now.folder,
      ...(unfinished === null ? [] : [unfinished]),
    ]);
  }
  return working;
}

/** A command that runs no study needs what is known of measures: which column is the denominator, and the policy. */
function foldersInside({ planned, now }: ActionRun, own: readonly StagedFile[]): FoldersInside {
  const { needs, request } = planned.action;
  const outputs = needs.flatMap(({ name }) => now.stateOf(name)?.outputs ?? []);
  const origins = request?.command === "measures_report" || request?.command === "audit";
  const sensitive = studyOf(request) === null ? outputs : outputs.filter(holdsPatients);
  const folders = (files: readonly { readonly path: string }[]): readonly string[] => [
    ...new Set(files.map(({ path }) => dirname(path))),
  ];
  return { patients: folders(sensitive), own: folders(own), origins };
}

/** The action's own supplied patients, which are no code where git ignores them. */
function dummyDataOf({ planned, now }: ActionRun): readonly StagedFile[] {
  const path = planned.action.dummyDataFile;
  if (path === null || now.code.includes(path) || /^\/|(^|\/)\.\.(\/|$)/.test(path)) return [];
  const from = join(now.folder, path);
  return existsSync(from) ? [{ from, path }] : [];
}

function filesOf(state: ActionState | null, { now }: ActionRun): readonly StagedFile[] {
  if (state === null) return [];
  return state.outputs.map((output) => ({ from: placeOf(output, state, now), path: output.path }));
}

/** With --skip-existing a command goes on from its own last outputs, unless it must run anew. */
function ownOutputs(run: ActionRun): readonly StagedFile[] {
  const { action, status } = run.planned;
  const state = run.now.stateOf(action.name);
  if (!skipsExisting(action.request) || status === "run") return [];
  return filesOf(state, run).filter(({ from }) => existsSync(from));
}

function filesIn(folder: string | null): readonly StagedFile[] {
  if (folder === null) return [];
  return filesBelow(folder).map((path) => ({ from: join(folder, path), path }));
}

async function afterCommand(
  run: ActionRun,
  working: WorkingFolder,
  ended: CommandEnd,
): Promise<ActionEnd> {
  const { action } = run.planned;
  const files = outputFiles(action, working, ended.upToDate);
  const problems = [...ended.problems];
  if (problems.length === 0 && files.unmatched.length > 0) {
    const { unmatched: patterns, others, changed } = files;
    const facts = { action: action.name, patterns, made: others.slice(0, 10) };
    problems.push(problem("action-unmatched", { ...facts, changed: changed.slice(0, 10) }));
  }
  if (problems.length > 0 || ended.interrupted) {
    return failed(run, working, { ended, problems, files });
  }
  run.enter("finalizing");
  try {
    const checked = await checkedOutputs(run, working, files);
    return await run.exclusive(() => succeed(run, working, { ended, checked, files }));
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return failed(run, working, { ended, problems: error.problems, files });
  }
}

interface Success {
  readonly ended: CommandEnd;
  readonly checked: CheckedFiles;
  readonly files: OutputFiles;
}

async function succeed(
  run: ActionRun,
  working: WorkingFolder,
  { ended, checked, files }: Success,
): Promise<ActionEnd> {
  const { outputs } = checked;
  const placed = await publishOutputs(run, working.root, outputs);
  const state = await stateAfter(run, ended, placed);
  await run.keepState(state);
  forgetUnfinished(run);
  const withheld = outputs.filter((output) => output.withheld !== null);
  const problems = withheld.map(({ path, withheld: reason }) =>
    problem("output-withheld", {
      action: run.planned.action.name,
      file: path,
      reason: reason ?? "",
    }),
  );
  const notes = [
    ...(ended.audit === null ? [] : [ended.audit.line]),
    ...problems.map(({ message }) => message),
    ...smallNumberNotes(ended, outputs),
    ...checked.notes,
  ];
  if (files.others.length > 0) {
    const named = files.others.slice(0, 5).join(", ");
    notes.push(`Not declared, so not kept: ${named}${files.others.length > 5 ? ", …" : ""}`);
  }
  notes.push(...changedNotes(run, files, outputs), ...alsoMadeByOthers(run, outputs));
  const { exit } = ended;
  const message = successText(withheld.length);
  return { code: "succeeded", message, exit, problems, state, notes, verdict: verdictOf(ended) };
}

function verdictOf({ audit }: CommandEnd): AuditVerdict | null {
  return audit?.verdict ?? null;
}

/** What it was given and changed: the other action's file is not touched. */
function changedNotes(
  { planned }: ActionRun,
  { changed }: OutputFiles,
  outputs: CheckedFiles["outputs"],
): readonly string[] {
  const { name, fileName } = planned.action;
  const makers = new Set(outputs.flatMap(({ rewrites }) => rewrites ?? []));
  const kept = [...makers].map((maker) => {
    const paths = outputs.filter(({ rewrites }) => rewrites === maker).map(({ path }) => path);
    return `${withMore(paths)}: changed from what ${maker} made, which stays as it was; what needs ${name} gets it as changed (metadata/rewritten/${fileName}/)`;
  });
  if (changed.length === 0) return kept;
  return [...kept, `Changed, but made by other actions, so not kept: ${withMore(changed)}`];
}

function withMore([path = "", ...more]: readonly string[]): string {
  return more.length === 0 ? path : `${path} and ${more.length} more`;
}

/** Each would undo the other's: whichever ran last counts. */
function alsoMadeByOthers(
  { planned, now }: ActionRun,
  outputs: CheckedFiles["outputs"],
): readonly string[] {
  const inPlace = outputs.filter(({ rewrites }) => rewrites === null);
  const mine = new Set(inPlace.map(({ path }) => path));
  return now.project.actions
    .filter(({ name }) => name !== planned.action.name)
    .flatMap(({ name }) => {
      const paths = (now.stateOf(name)?.outputs ?? [])
        .filter(({ path, rewrites }) => rewrites === null && mine.has(path))
        .map(({ path }) => path);
      if (paths.length === 0) return [];
      return [`${withMore(paths)}: ${name} made a file of this name too, which is replaced`];
    });
}

function successText(withheld: number): string {
  const { text } = statusCodes.succeeded;
  if (withheld === 0) return text;
  const files = withheld === 1 ? "1 file was" : `${withheld} files were`;
  return `${text}, but ${files} withheld: not permitted at their security level`;
}

interface Failure {
  readonly ended: CommandEnd;
  readonly problems: readonly Problem[];
  readonly files: OutputFiles;
}

/** Its last good outputs stay as they are; what it made now is put aside, and known as unfinished. */
async function failed(
  run: ActionRun,
  working: WorkingFolder,
  { ended, problems, files }: Failure,
): Promise<ActionEnd> {
  const kept = await run.exclusive(async () => {
    await run.keepState(stateAfterFailure(run, ended.interrupted));
    return keepUnfinished(run, working, files);
  });
  const notes = [
    ...(ended.audit === null ? [] : [ended.audit.line]),
    ...(kept === 0 ? [] : [`What it had made is kept aside: ${kept} files`]),
  ];
  const { exit } = ended;
  if (ended.interrupted) {
    const { text } = statusCodes.cancelled_by_user;
    return { code: "cancelled_by_user", message: text, exit, problems: [], state: null, notes };
  }
  const code: StatusCode =
    problems[0]?.code === "action-unmatched" ? "unmatched_patterns" : "nonzero_exit";
  const message = problems.map((each) => each.message).join("; ");
  return { code, message, exit, problems, state: null, notes, verdict: verdictOf(ended) };
}
