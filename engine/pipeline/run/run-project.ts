/** The command `run`: plan, tell, run, record. */
import { join } from "node:path";
import { fail } from "../problems.ts";
import { hasProject } from "../project/project.ts";
import { RUN_ALL } from "../project/project.ts";
import { makeMetadata } from "../record/metadata-paths.ts";
import { closeDeadRun } from "../record/record-keeper.ts";
import { identifierOf } from "../record/run-record.ts";
import { recordedRuns, writeRun } from "../record/run-files.ts";
import type { RecordFolder } from "../record/record-file.ts";
import { planActions } from "../state/plan.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { StateStore } from "../state/state-store.ts";
import { OpenedFolder } from "../state/study-folder.ts";
import type { StudyFolder } from "../state/study-folder.ts";
import { recordsOf } from "../trust/records-of.ts";
import type { PipelineContext } from "../context.ts";
import { firstRecord } from "./first-record.ts";
import { ownNames } from "../../files/json-file.ts";
import { removeOwn } from "../../files/own-folder.ts";
import { takeLock } from "../../files/lock.ts";
import type { Lock } from "../../files/lock.ts";
import type { RunRequest } from "./run-request.ts";
import { runPlanned } from "./run-planned.ts";
import type { PatientSource } from "./command-words.ts";
import type { EndedRun } from "./run-planned.ts";
import type { RunListener } from "./run-session.ts";

/**
 * Null for a dry run, which only tells the plan. Problems: those of project.yaml, unknown-action,
 * no-action-named, run-locked; what happens to single actions is in what is given back.
 */
export async function runProject(
  context: PipelineContext,
  request: RunRequest,
  listener: RunListener,
): Promise<EndedRun | null> {
  if (request.dryRun || !hasProject(context.folder)) {
    await toldPlan(context, request, listener);
    return null;
  }
  const paths = await makeMetadata(context.folder, context.shared);
  const created = context.now().toISOString();
  const id = identifierOf(context.folder, created, String(context.process));
  const lock = takeLock(paths.lock, {
    ...{ process: context.process, host: context.host, since: created, run: id },
    wanted: request.actions,
  });
  try {
    await closeTakenOver(recordsOf(context), lock, created);
    sweepWorking(context.folder, paths.working);
    const { plan, now, states, records } = await toldPlan(context, request, listener);
    warnOfKey(records, states, listener);
    const first = await firstRecord({ id, created, plan, context, request, now, records });
    return await runPlanned(plan, first, {
      context,
      request,
      listener,
      records,
      now,
      states,
      paths,
    });
  } finally {
    lock.release();
  }
}

/** Without a key this run's records count for nothing in the next one. */
function warnOfKey({ seals }: RecordFolder, { warnings }: StateStore, listener: RunListener): void {
  const noKey = seals.ready();
  const isTold = warnings.some(({ code }) => code === "no-user-state");
  if (noKey !== null && !isTold) listener.warned([noKey]);
}

interface ToldPlan extends StudyFolder {
  readonly plan: readonly PlannedAction[];
}

async function toldPlan(
  context: PipelineContext,
  request: RunRequest,
  listener: RunListener,
): Promise<ToldPlan> {
  const study = OpenedFolder(context, request);
  listener.warned(study.warnings);
  if (request.actions.length === 0) {
    const known = [...study.now.project.actions.map(({ name }) => name), RUN_ALL];
    fail("no-action-named", { known });
  }
  const plan = await planActions(
    { wanted: request.actions, force: request.forceRunDependencies },
    study.now,
  );
  refuseDummyTables(plan, study.now.source);
  listener.planned(plan);
  return { ...study, plan };
}

/** What is made up must never stand where records are expected. */
function refuseDummyTables(plan: readonly PlannedAction[], source: PatientSource): void {
  if (source.kind !== "database") return;
  const actions = plan
    .filter(({ action }) => action.request?.command === "generate_dummy_tables")
    .map(({ action }) => action.name);
  if (actions.length > 0) fail("dummy-tables-in-real-run", { actions });
}

/** Only of a record of our own: writing another's would make it one. */
async function closeTakenOver(
  records: RecordFolder,
  { takenOverFrom }: Lock,
  at: string,
): Promise<void> {
  const { runs, ours } = recordedRuns(records);
  const dead = runs.find(({ id }) => id === takenOverFrom && ours.has(id));
  if (dead?.status === "running") await writeRun(records, closeDeadRun(dead, at));
}

/** Working folders of a run that was killed. Call it while holding the lock: then nobody uses them. */
function sweepWorking(study: string, folder: string): void {
  for (const name of ownNames(study, folder)) removeOwn(study, join(folder, name));
}
