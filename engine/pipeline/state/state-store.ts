/** The states of actions, read once and written when they change. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { RecordFolder } from "../record/record-file.ts";
import { readActionRecords, removeActionState, writeActionState } from "./action-records.ts";
import type { ActionState } from "./action-state.ts";

export interface StateStore {
  /** Null where it was never run here, as far as this user's engine wrote it down. */
  readonly of: (action: string) => ActionState | null;
  readonly all: () => readonly ActionState[];
  readonly keep: (state: ActionState) => Promise<void>;
  /** Every file that an action made, or that some record says one made: none of them is code. */
  readonly outputs: () => ReadonlySet<string>;
  /** Of records that do not count: record-unreadable, records-foreign, no-user-state. */
  readonly warnings: readonly Problem[];
}

export function openStates(place: RecordFolder): StateStore {
  const { ours, foreign, foreignFiles, problems } = readActionRecords(place);
  const states = new Map(ours.map((state) => [state.action, state]));
  const others = new Map(foreign.map((state) => [state.action, state]));
  const keep: StateStore["keep"] = async (state) => {
    const before = states.get(state.action) ?? others.get(state.action);
    states.set(state.action, state);
    others.delete(state.action);
    await writeActionState(place, state);
    if (before !== undefined && before.fileName !== state.fileName) {
      removeActionState(place, before);
    }
  };
  const known = (): readonly ActionState[] => [...states.values(), ...others.values()];
  return {
    of: (action) => states.get(action) ?? null,
    all: () => [...states.values()],
    keep,
    outputs: () => new Set(known().flatMap(({ outputs }) => outputs.map((o) => o.path))),
    warnings: [...problems, ...foreignWarnings(place, foreignFiles)],
  };
}

function foreignWarnings({ seals }: RecordFolder, files: readonly string[]): readonly Problem[] {
  if (files.length === 0) return [];
  const noKey = seals.problem();
  return [problem("records-foreign", { files }), ...(noKey === null ? [] : [noKey])];
}
