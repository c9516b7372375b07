/** A pipeline as a drawing sees it: actions, what they need, how they stand, which levels they write. */
import type { Tone } from "../../base/toned-line.ts";
import type { SecurityLevel } from "../project/project.ts";
import { securityLevels } from "../project/project.ts";
import { readProject } from "../project/read-project.ts";
import type { JobRecord, RunRecord } from "../record/run-record.ts";
import { stateOf } from "../record/status.ts";
import type { JobState } from "../record/status.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { PlanStatus } from "../state/plan-status.ts";

export type GraphState = PlanStatus | JobState | "kept" | "other";

export interface GraphNode {
  readonly name: string;
  readonly needs: readonly string[];
  readonly levels: readonly SecurityLevel[];
  readonly state: GraphState;
  /** Why it stands so; "" where there is nothing to say. */
  readonly note: string;
}

/** As a plan finds it. */
export function graphOfPlan(plan: readonly PlannedAction[]): readonly GraphNode[] {
  return plan.map(({ action, status, reasons }) => ({
    name: action.name,
    needs: action.needs.map(({ name }) => name),
    levels: levelsOf(action.outputs),
    state: status,
    note: reasons.join("; "),
  }));
}

/** As a run left it. Actions that were not asked for stand there as other. */
export function graphOfRun(run: RunRecord): readonly GraphNode[] {
  const { project } = readProject(run.project_definition);
  const jobs = new Map(run.jobs.map((job) => [job.action, job]));
  const kept = new Set(run.kept.map(({ action }) => action));
  return (project?.actions ?? []).map(({ name, needs, outputs }) => ({
    name,
    needs: needs.map((need) => need.name),
    levels: levelsOf(outputs),
    ...standingIn(jobs.get(name), kept.has(name)),
  }));
}

function standingIn(
  job: JobRecord | undefined,
  isKept: boolean,
): Pick<GraphNode, "state" | "note"> {
  if (job !== undefined) return { state: stateOf(job.status), note: job.message };
  return isKept
    ? { state: "kept", note: "nothing changed" }
    : { state: "other", note: "not a part of this run" };
}

function levelsOf(outputs: readonly { readonly level: SecurityLevel }[]): readonly SecurityLevel[] {
  return securityLevels.filter((level) => outputs.some((output) => output.level === level));
}

/** What each state is called and drawn with; colours that stay apart for people with colour blindness. */
export const stateLooks: Readonly<
  Record<GraphState, { readonly fill: string; readonly ink: string; readonly tone: Tone }>
> = {
  fresh: { fill: "#cfe8dc", ink: "#0b3d2a", tone: "good" },
  kept: { fill: "#cfe8dc", ink: "#0b3d2a", tone: "good" },
  succeeded: { fill: "#cfe8dc", ink: "#0b3d2a", tone: "good" },
  stale: { fill: "#fde3b0", ink: "#4a3000", tone: "warning" },
  running: { fill: "#fde3b0", ink: "#4a3000", tone: "warning" },
  missing: { fill: "#e2e4e8", ink: "#2b2f36", tone: "soft" },
  pending: { fill: "#e2e4e8", ink: "#2b2f36", tone: "soft" },
  other: { fill: "#f2f3f5", ink: "#4a4f57", tone: "soft" },
  run: { fill: "#cfe0f7", ink: "#0a2f63", tone: "news" },
  failed: { fill: "#f7cfd0", ink: "#5c0a0d", tone: "problem" },
};
