/** The command `run`: plan, tell, run, record. spec/pipeline.md 2. */
import { fail } from "../../base/problems.ts";
import { hasProject } from "../project/read-project-file.ts";
import { RUN_ALL } from "../project/project.ts";
import { makeMetadata } from "../record/metadata-paths.ts";
import { closeDeadRun } from "../record/record-keeper.ts";
import { allRuns, identifierOf, writeRun } from "../record/run-record.ts";
import { planActions } from "../state/plan.ts";
import type { PlannedAction } from "../state/plan.ts";
import { openStudyFolder } from "../state/surroundings.ts";
import type { StudyFolder } from "../state/surroundings.ts";
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
    await closeTakenOver(world.folder, lock, created);
    sweepWorking(world.folder, paths.working);
    const { plan, now, states } = await toldPlan(world, options, listener);
    const first = await firstRecord({ id, created, plan, world, options, now });
    return await runPlanned(plan, first, { world, options, listener, now, states, paths });
  } finally {
    lock.release();
  }
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

async function closeTakenOver(folder: string, { takenOverFrom }: Lock, at: string): Promise<void> {
  const dead = allRuns(folder).find(({ id }) => id === takenOverFrom);
  if (dead?.status === "running") await writeRun(folder, closeDeadRun(dead, at));
}
