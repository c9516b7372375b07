/** What would be run, and why. */
import { join } from "node:path";
import { nearestNames } from "../../base/nearest.ts";
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import { isBuiltIn, RUN_ALL } from "../project/project.ts";
import type { Action, Project } from "../project/project.ts";
import { metadataPaths } from "../record/metadata-paths.ts";
import type { ActionState, MadeOutput } from "./action-state.ts";
import { actionInputs } from "./action-inputs.ts";
import type { FolderNow } from "./action-inputs.ts";
import { changesBetween } from "./changes.ts";
import { stampOf } from "./file-stamp.ts";
import type { PlanStatus } from "./plan-status.ts";

export interface PlannedAction {
  readonly action: Action;
  readonly status: PlanStatus;
  /** Why; also why it is fresh. */
  readonly reasons: readonly string[];
  /** It has to run only if what it needs comes out different. */
  readonly onlyIfInputsChange: boolean;
}

export interface PlanRequest {
  /** Names of actions, or run_all. */
  readonly wanted: readonly string[];
  readonly force: boolean;
}

/** Every action that the wanted ones need, and they themselves, needs first. Problem: unknown-action. */
export async function planActions(
  { wanted, force }: PlanRequest,
  now: FolderNow,
): Promise<readonly PlannedAction[]> {
  refuseUnknown(wanted, now.project);
  const named = new Set(wanted.filter((name) => name !== RUN_ALL));
  const planned = new Map<string, PlannedAction>();
  for (const action of inRunningOrder(now.project, wanted)) {
    const judged = await judge(action, { now, named, force, planned });
    planned.set(action.name, { action, ...judged });
  }
  return [...planned.values()];
}

function refuseUnknown(wanted: readonly string[], { actions }: Project): void {
  const known = [...actions.map(({ name }) => name), RUN_ALL];
  const problems = wanted
    .filter((name) => !known.includes(name))
    .map((name) =>
      problem("unknown-action", { wanted: name, nearest: nearestNames(name, known), known }),
    );
  if (problems.length > 0) throw new ProblemError(problems);
}

/** The wanted actions and what they need; needs first, otherwise in the order of the file. */
export function inRunningOrder(project: Project, wanted: readonly string[]): readonly Action[] {
  const byName = new Map(project.actions.map((action) => [action.name, action]));
  const ordered = new Map<string, Action>();
  const names = wanted.includes(RUN_ALL) ? [...byName.keys()] : wanted;
  const pending = [...names].reverse();
  for (let name = pending.at(-1); name !== undefined; name = pending.at(-1)) {
    const action = byName.get(name);
    const lacking = (action?.needs ?? []).filter((need) => !ordered.has(need.name));
    if (action === undefined || ordered.has(name) || lacking.length === 0) {
      pending.pop();
      if (action !== undefined) ordered.set(name, action);
    } else pending.push(...lacking.map((need) => need.name).reverse());
  }
  return [...ordered.values()];
}

interface Judging {
  readonly now: FolderNow;
  readonly named: ReadonlySet<string>;
  readonly force: boolean;
  readonly planned: ReadonlyMap<string, PlannedAction>;
}

type Judged = Omit<PlannedAction, "action">;

async function judge(action: Action, judging: Judging): Promise<Judged> {
  const { now, named, force, planned } = judging;
  const state = now.stateOf(action.name);
  const first = action.needs
    .map(({ name }) => name)
    .filter((name) => (planned.get(name)?.status ?? "fresh") !== "fresh");
  const firsts = first.map((name) => `${name} runs first`);
  if (named.has(action.name)) return mustRun("run", ["requested explicitly"]);
  if (force) return mustRun("run", ["forced"]);
  if (state === null) return mustRun("missing", ["it has not been run"]);
  if (!state.succeeded) return mustRun("run", [lastEnd(state)]);
  const gone = state.outputs.filter((output) => stampOf(placeOf(output, state, now)) === "");
  if (gone.length > 0) return mustRun("missing", [goneReason(gone)]);
  const changes = [...(await alteredOutputs(state, now)), ...(await changesOf(action, state, now))];
  if (changes.length > 0) return mustRun("stale", [...changes, ...firsts]);
  if (firsts.length > 0) return { status: "stale", reasons: firsts, onlyIfInputsChange: true };
  return { status: "fresh", reasons: ["nothing changed"], onlyIfInputsChange: false };
}

function lastEnd({ stopped }: ActionState): string {
  return stopped ? "it was stopped the last time" : "it failed the last time";
}

function mustRun(status: PlanStatus, reasons: readonly string[]): Judged {
  return { status, reasons, onlyIfInputsChange: false };
}

function goneReason(gone: readonly MadeOutput[]): string {
  const [first, ...others] = gone;
  const more = others.length === 0 ? "" : ` and ${others.length} more are`;
  return `${first?.path ?? "an output"}${more === "" ? " is" : more} gone`;
}

/** Where a file lies that an action made. */
export function placeOf(
  { path, withheld, rewrites }: Pick<MadeOutput, "path" | "withheld" | "rewrites">,
  { fileName }: Pick<ActionState, "fileName">,
  { folder }: Pick<FolderNow, "folder">,
): string {
  const paths = metadataPaths(folder);
  if (withheld !== null) return join(paths.withheld, fileName, path);
  return rewrites === null ? join(folder, path) : join(paths.rewritten, fileName, path);
}

async function alteredOutputs(state: ActionState, now: FolderNow): Promise<readonly string[]> {
  const altered: string[] = [];
  for (const output of state.outputs) {
    const place = placeOf(output, state, now);
    if (stampOf(place) === output.stamp) continue;
    const path = place.slice(now.folder.length + 1);
    if ((await now.hash(path)) !== output.sha256) altered.push(output.path);
  }
  const [first, ...others] = altered;
  if (first === undefined) return [];
  return [
    others.length === 0
      ? `${first} was altered`
      : `${first} and ${others.length} more outputs were altered`,
  ];
}

/** Only what the action itself depends on; that its needs will run is another matter. */
async function changesOf(
  action: Action,
  { basis }: ActionState,
  now: FolderNow,
): Promise<readonly string[]> {
  if (basis === null) return ["what it was made from is not known"];
  const reads = isBuiltIn(action) ? Object.keys(basis.code) : null;
  return changesBetween(basis, await actionInputs(action, now, reads));
}
