/** What is known of an action once it has ended. */
import { isBuiltIn } from "../project/project.ts";
import { actionInputs } from "../state/action-inputs.ts";
import type { ActionState, MadeOutput } from "../state/action-state.ts";
import type { ActionRun, CommandEnd } from "./action-run.ts";

export async function stateAfter(
  { now, planned, ids, commit, context }: ActionRun,
  { studies }: CommandEnd,
  outputs: readonly MadeOutput[],
): Promise<ActionState> {
  const { action } = planned;
  const reads = isBuiltIn(action)
    ? [...new Set(studies.flatMap((study) => study.reads))].sort()
    : null;
  return {
    state: 1,
    action: action.name,
    fileName: action.fileName,
    succeeded: true,
    stopped: false,
    ...ids,
    finished: context.now().toISOString(),
    commit,
    basis: await actionInputs(action, now, reads),
    outputs,
    definitions: studies.map(({ name, fingerprint }) => ({ name, fingerprint })),
  };
}

/** Its last good outputs stay known, if there are any. */
export function stateAfterFailure(
  { now, planned, ids, commit, context }: ActionRun,
  stopped: boolean,
): ActionState {
  const { name: action, fileName } = planned.action;
  const before = now.stateOf(action);
  if (before !== null) return { ...before, fileName, succeeded: false, stopped };
  const finished = context.now().toISOString();
  const nothing = { basis: null, outputs: [], definitions: [] };
  return {
    state: 1,
    action,
    fileName,
    succeeded: false,
    stopped,
    ...ids,
    finished,
    commit,
    ...nothing,
  };
}
