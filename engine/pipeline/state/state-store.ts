/** The states of actions, read once and written when they change. */
import { allActionStates, removeActionState, writeActionState } from "./action-state.ts";
import type { ActionState } from "./action-state.ts";

export interface StateStore {
  readonly of: (action: string) => ActionState | null;
  readonly all: () => readonly ActionState[];
  readonly keep: (state: ActionState) => Promise<void>;
  /** Every file that an action made. */
  readonly made: () => ReadonlySet<string>;
}

export function openStates(folder: string): StateStore {
  const states = new Map(allActionStates(folder).map((state) => [state.action, state]));
  return {
    of: (action) => states.get(action) ?? null,
    all: () => [...states.values()],
    keep: async (state) => {
      const before = states.get(state.action);
      states.set(state.action, state);
      await writeActionState(folder, state);
      if (before !== undefined && before.fileName !== state.fileName) {
        removeActionState(folder, before);
      }
    },
    made: () => new Set([...states.values()].flatMap(({ outputs }) => outputs.map((o) => o.path))),
  };
}
