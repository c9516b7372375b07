/** The command `run`: plan, tell, run, record. */
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
import { openStudyFolder } from "../state/surroundings.ts";
import type { StudyFolder } from "../state/surroundings.ts";
import { recordsOf } from "../trust/records-of.ts";
import type { PipelineWorld } from "../world.ts";
import { firstRecord } from "./first-record.ts";
import { takeLock } from "../../files/lock.ts";
import type { Lock } from "../../files/lock.ts";
import type { RunOptions } from "./run-options.ts";
import { runPlanned } from "./run-planned.ts";
import type { EndedRun } from "./run-planned.ts";
import type { RunListener } from "./run-session.ts";
import { sweepWorking } from "./sweep-working.ts";

/**
 * Null for a dry run, which only tells the plan. Problems: those of project.yaml, unknown-action,
 * no-action-named, run-locked; what happens to single actions is in what is given back.
 */
export async function runProject(
  world: PipelineWorld,
  options: RunOptions,
  listener: RunListener,
): Promise<EndedRun | null> {
  if (options.dryRun || !hasProject(world.folder)) {
    await toldPlan(world, options, listener);
    return null;
  }
  const paths = await makeMetadata(world.folder, world.shared);
  const created = world.now().toISOString();
  const id = identifierOf(world.folder, created, String(world.process));
  const lock = takeLock(paths.lock, {
    ...{ process: world.process, host: world.host, since: created, run: id },
    wanted: options.wanted,
  });
  try {
    await closeTakenOver(recordsOf(world), lock, created);
    sweepWorking(world.folder, paths.working);
    const { plan, now, states, records } = await toldPlan(world, options, listener);
    warnOfKey(records, states, listener);
    const first = await firstRecord({ id, created, plan, world, options, now, records });
    return await runPlanned(plan, first, { world, options, listener, records, now, states, paths });
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
  world: PipelineWorld,
  options: RunOptions,
  listener: RunListener,
): Promise<ToldPlan> {
  const study = openStudyFolder(world, options);
  listener.warned(study.warnings);
  if (options.wanted.length === 0) {
    const known = [...study.now.project.actions.map(({ name }) => name), RUN_ALL];
    fail("no-action-named", { known });
  }
  const plan = await planActions(options, study.now);
  listener.planned(plan);
  return { ...study, plan };
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
