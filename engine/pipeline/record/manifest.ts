/** metadata/manifest.json: every file that actions made, and where it came from. */
import { byCodePoint } from "../../base/value-types.ts";
import { fingerprintOf } from "../../commands/manifest/fingerprint.ts";
import type { SecurityLevel } from "../project/project.ts";
import type { ActionState, StudyMade } from "../state/action-state.ts";

export interface ManifestFile {
  readonly level: SecurityLevel;
  readonly action: string;
  readonly sha256: string;
  readonly size: number;
  readonly rows: number | null;
  readonly columns: number | null;
  readonly commit: string | null;
  readonly engine_version: string;
  readonly run: string;
  readonly job: string;
  /** UTC. */
  readonly made: string;
  /** Why it was kept out of its place; null where it lies there. */
  readonly withheld: string | null;
  /** Of the studies and of the codelists that its action read; null where it read none. */
  readonly definitions: string | null;
  readonly codelists: string | null;
}

/** What the fingerprints of its files are made of. */
export interface ManifestAction {
  /** What its log and the folder of what was withheld are called. */
  readonly file_name: string;
  readonly definitions: readonly StudyMade[];
  /** sha256 by path. */
  readonly codelists: Readonly<Record<string, string>>;
  /** sha256 by path of the files that it was given and wrote anew, which are kept apart. */
  readonly rewritten: Readonly<Record<string, string>>;
}

export interface PipelineManifest {
  readonly manifest: 1;
  readonly actions: Readonly<Record<string, ManifestAction>>;
  readonly files: Readonly<Record<string, ManifestFile>>;
}

/** Of the last run of each action, sorted by path. */
export function manifestOf(states: readonly ActionState[]): PipelineManifest {
  const files = states.flatMap((state) => filesOf(state)).sort(([a], [b]) => byCodePoint(a, b));
  const actions = states.map((state) => [state.action, originOf(state)] as const);
  return {
    manifest: 1,
    actions: Object.fromEntries(actions),
    files: Object.fromEntries(files),
  };
}

function originOf({ definitions, basis, fileName, outputs }: ActionState): ManifestAction {
  const code = Object.entries(basis?.code ?? {});
  const codelists = code.filter(([path]) => path.startsWith("codelists/"));
  const rewritten = outputs.filter(({ rewrites }) => rewrites !== null);
  return {
    ...{ file_name: fileName, definitions, codelists: Object.fromEntries(codelists) },
    rewritten: Object.fromEntries(rewritten.map(({ path, sha256 }) => [path, sha256])),
  };
}

function filesOf(state: ActionState): readonly (readonly [string, ManifestFile])[] {
  const { action, run, job, commit, finished, basis } = state;
  const { definitions, codelists } = originOf(state);
  const origin = {
    definitions: definitions.length === 0 ? null : fingerprintOf(definitions),
    codelists: Object.keys(codelists).length === 0 ? null : fingerprintOf(codelists),
  };
  const own = state.outputs.filter(({ rewrites }) => rewrites === null);
  return own.map(({ path, level, sha256, bytes, rows, columns, withheld }) => [
    path,
    {
      ...{ level, action, sha256, size: bytes, rows, columns, commit },
      engine_version: basis?.engine ?? "",
      ...{ run, job, made: finished, withheld, ...origin },
    },
  ]);
}
