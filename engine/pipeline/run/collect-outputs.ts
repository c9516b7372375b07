/** What an action made in its working folder, held against what it declares. */
import { statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Manifest, ManifestEntry } from "../../run/manifest.ts";
import { reasonToWithhold } from "../checks/check-output.ts";
import { columnCount, tableSize } from "../checks/table-size.ts";
import { fileSha256 } from "../../files/file-sha256.ts";
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

/** What programs keep for themselves: nobody would have declared it. */
const OWN_TO_PROGRAMS = /(^|\/)(__pycache__|\.[^/]+)\//;

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
  const isMade = (path: string): boolean => {
    if (!brought.has(path)) return true;
    if (!own.has(path)) return false;
    return kept.has(basename(path)) || stampOf(join(root, path)) !== brought.get(path);
  };
  const made = filesBelow(root).filter(isMade).sort();
  const declared = action.outputs.map((output) => ({
    output,
    matches: patternMatcher(output.pattern),
  }));
  const matched = new Map<string, DeclaredOutput>();
  for (const path of made) {
    const found = declared.find(({ matches }) => matches(path));
    if (found !== undefined) matched.set(path, found.output);
  }
  const others = made.filter((path) => !matched.has(path) && !OWN_TO_PROGRAMS.test(path));
  const unmatched = declared.filter(({ matches }) => ![...matched.keys()].some(matches));
  return { matched, others, unmatched: unmatched.map(({ output }) => output.pattern) };
}

/** Measures each file, and checks those that researchers may see. */
export async function checkedOutputs(
  run: ActionRun,
  { root }: WorkingFolder,
  { matched }: MadeFiles,
): Promise<readonly RecordedOutput[]> {
  const patients = patientTables(run);
  const entryOf = engineEntries(run, root);
  const outputs: RecordedOutput[] = [];
  for (const [path, { level }] of matched) {
    const file = join(root, path);
    const entry = entryOf(path);
    const { rows, columns, sha256, bytes } = await measured(file, entry);
    const size = rows === null || columns === null ? null : { rows, columns };
    const structure = {
      patientLevel: entry?.patient_level === true,
      madeByEngine: entry !== undefined,
    };
    const asked = { file, path, size, patients, ...structure };
    const withheld = level === "highly_sensitive" ? null : await reasonToWithhold(asked);
    outputs.push({ path, level, sha256, bytes, rows, columns, withheld });
  }
  return outputs;
}

type Measured = Pick<RecordedOutput, "rows" | "columns" | "sha256" | "bytes">;

/** What the engine recorded while it wrote a file needs no second reading of the file. */
async function measured(file: string, entry: ManifestEntry | undefined): Promise<Measured> {
  if (entry !== undefined) {
    const { rows, sha256, bytes } = entry;
    return { rows, sha256, bytes, columns: await columnCount(file) };
  }
  const { rows, columns } = (await tableSize(file)) ?? { rows: null, columns: null };
  return { rows, columns, sha256: await fileSha256(file), bytes: statSync(file).size };
}

/** What a cohort command recorded of its files. A program's word does not count. */
function engineEntries(
  { planned }: ActionRun,
  root: string,
): (path: string) => ManifestEntry | undefined {
  if (!isCohortAction(planned.action)) return () => undefined;
  const manifests = new Map<string, Manifest>();
  return (path) => {
    const inside = dirname(path);
    const manifest = manifests.get(inside) ?? manifestIn(root, inside);
    manifests.set(inside, manifest);
    return manifest[basename(path)];
  };
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
