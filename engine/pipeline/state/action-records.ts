/** The files of metadata/actions: one for each action, of its last run. */
import { join } from "node:path";
import type { Problem } from "../../base/problems.ts";
import { ownNames } from "../../files/json-file.ts";
import { removeOwn } from "../../files/own-folder.ts";
import { metadataPaths } from "../record/metadata-paths.ts";
import { readRecord, writeRecord } from "../record/record-file.ts";
import type { RecordFolder } from "../record/record-file.ts";
import type { ActionState } from "./action-state.ts";
import { actionStateKind } from "./action-state-reader.ts";

export interface ActionRecords {
  readonly ours: readonly ActionState[];
  /** Written elsewhere, or by somebody else: nothing of them is trusted. */
  readonly foreign: readonly ActionState[];
  /** Paths of their files from the study. */
  readonly foreignFiles: readonly string[];
  /** record-unreadable */
  readonly problems: readonly Problem[];
}

/** Of all actions ever run here, also of those that project.yaml does not have any more. */
export function readActionRecords(place: RecordFolder): ActionRecords {
  const { actions } = metadataPaths(place.folder);
  const names = ownNames(place.folder, actions).filter((name) => name.endsWith(".json"));
  const held = names.sort().map((name) => readRecord(place, join(actions, name), actionStateKind));
  const read = held.flatMap((each) => (each.kind === "read" ? [each] : []));
  const foreign = read.filter(({ isOurs }) => !isOurs);
  return {
    ours: read.filter(({ isOurs }) => isOurs).map(({ record }) => record),
    foreign: foreign.map(({ record }) => record),
    foreignFiles: foreign.map(({ file }) => file),
    problems: held.flatMap((each) => (each.kind === "unreadable" ? [each.problem] : [])),
  };
}

export async function writeActionState(place: RecordFolder, state: ActionState): Promise<void> {
  await writeRecord(place, fileOf(place, state), state);
}

/** Another action of a name that differs only in letter case gives both records other names. */
export function removeActionState(place: RecordFolder, state: ActionState): void {
  removeOwn(place.folder, fileOf(place, state));
}

function fileOf({ folder }: RecordFolder, { fileName }: ActionState): string {
  return join(metadataPaths(folder).actions, `${fileName}.json`);
}
