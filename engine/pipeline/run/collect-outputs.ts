/** What an action made in its working folder, held against what it declares. */
import { basename, dirname, join } from "node:path";
import { reasonToWithhold } from "../checks/check-output.ts";
import { tableSize } from "../checks/table-size.ts";
import { fileSha256 } from "../../run/stored-files.ts";
import { isCohortAction } from "../project/project.ts";
import type { Action, DeclaredOutput } from "../project/project.ts";
import { patternMatcher } from "../project/output-pattern.ts";
import { filesBelow } from "../state/code-files.ts";
import { holdsPatients } from "../state/action-state.ts";
import { placeOf } from "../state/plan.ts";
import { stampOf } from "../state/file-stamp.ts";
import type { RecordedOutput } from "../record/run-record.ts";
import type { ActionRun } from "./action-run.ts";
import { manifestIn } from "./working-folder.ts";
import type { WorkingFolder } from "./working-folder.ts";

export interface MadeFiles {
  /** Paths that match a declared output, sorted, and what declares them. */
  readonly matched: ReadonlyMap<string, DeclaredOutput>;
  /** Other files that it made, sorted. */
  readonly others: readonly string[];
  readonly unmatched: readonly string[];
}

/**
 * Files that are new or changed. Those that were brought in and changed are of another action, or are
 * code: they count as made only if they are the action's own. `kept` names own files that are as good
 * as new.
 */
export function madeFiles(
  action: Action,
  { root, brought, own }: WorkingFolder,
  kept: ReadonlySet<string>,
): MadeFiles {
  const made = filesBelow(root)
    .filter((path) => {
      if (!brought.has(path)) return true;
      if (!own.has(path)) return false;
      return kept.has(basename(path)) || stampOf(join(root, path)) !== brought.get(path);
    })
    .sort();
  const declared = action.outputs.map((output) => ({
    output,
    matches: patternMatcher(output.pattern),
  }));
  const matched = new Map<string, DeclaredOutput>();
  for (const path of made) {
    const found = declared.find(({ matches }) => matches(path));
    if (found !== undefined) matched.set(path, found.output);
  }
  const unmatched = declared.filter(({ matches }) => ![...matched.keys()].some(matches));
  return {
    matched,
    others: made.filter((path) => !matched.has(path)),
    unmatched: unmatched.map(({ output }) => output.pattern),
  };
}

/** Measures each file, and checks those that researchers may see. */
export async function checkedOutputs(
  run: ActionRun,
  { root }: WorkingFolder,
  { matched }: MadeFiles,
): Promise<readonly RecordedOutput[]> {
  const patients = patientTables(run);
  const outputs: RecordedOutput[] = [];
  for (const [path, { level }] of matched) {
    const file = join(root, path);
    const size = await tableSize(file);
    const engineMade = engineEntry(run, root, path);
    const withheld =
      level === "highly_sensitive"
        ? null
        : await reasonToWithhold({
            ...{ file, path, size, patients },
            patientLevel: engineMade?.patient_level === true,
            madeByEngine: engineMade !== undefined,
          });
    const sha256 = await fileSha256(file);
    const { bytes } = { bytes: sizeOf(file) };
    const { rows, columns } = size ?? { rows: null, columns: null };
    outputs.push({ path, level, sha256, bytes, rows, columns, withheld });
  }
  return outputs;
}

function sizeOf(file: string): number {
  return Number(stampOf(file).split(" ")[0] ?? 0);
}

/** What a cohort command recorded of a file. A program's word does not count. */
function engineEntry({ planned }: ActionRun, root: string, path: string) {
  if (!isCohortAction(planned.action)) return undefined;
  return manifestIn(root, dirname(path))[basename(path)];
}

/** Tables of patients that the action could read, where they lie. */
function patientTables({ planned, now }: ActionRun): readonly string[] {
  return planned.action.needs.flatMap(({ name }) => {
    const state = now.stateOf(name);
    if (state === null) return [];
    return state.outputs
      .filter(holdsPatients)
      .filter(({ path }) => /\.csv(\.gz)?$/.test(path))
      .map((output) => placeOf(output, state, now));
  });
}
