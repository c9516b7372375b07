import { isSameButForLinks, stampOf } from "../state/file-stamp.ts";
import { placeOf } from "../state/plan.ts";
import type { ActionRun } from "./action-run.ts";

/**
 * Hard links into a working folder change what the file system says of a file, and their removal does
 * too. Noting it anew spares the next plan from reading the files to see that they are the same.
 */
export async function restampInputs({ planned, now, keepState }: ActionRun): Promise<void> {
  for (const { name } of planned.action.needs) {
    const state = now.stateOf(name);
    if (state === null) continue;
    const outputs = state.outputs.map((output) => {
      const stamp = stampOf(placeOf(output, state, now));
      return isSameButForLinks(stamp, output.stamp) ? { ...output, stamp } : output;
    });
    const changed = outputs.some(({ stamp }, i) => stamp !== state.outputs[i]?.stamp);
    if (changed) await keepState({ ...state, outputs });
  }
}
