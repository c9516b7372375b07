/** What is known of an action's last run: what it was made from, and what it made. */
import type { SecurityLevel } from "../project/project.ts";
import type { FileStamp } from "./file-stamp.ts";

/** All that an action's outputs depend on. A later run with an equal basis would make the same. */
export interface ActionInputs {
  /** Words as they are run, without config and population. */
  readonly command: string;
  readonly config: string | null;
  /** Levels and patterns. */
  readonly outputs: readonly string[];
  /** Dummy patients; null where it makes none. */
  readonly population: number | null;
  /** Where patients come from; null where the action asks nobody. */
  readonly data: string | null;
  readonly engine: string;
  /** sha256 by path: of what a study read, or of all code where a program may read anything. */
  readonly code: Readonly<Record<string, string>>;
  /** sha256 by path of the outputs of its needs. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Names of the studies it runs; none for a program. */
  readonly studies: readonly string[];
}

export interface MadeOutput {
  readonly path: string;
  readonly level: SecurityLevel;
  readonly sha256: string;
  readonly bytes: number;
  /** Below the header; null where the file is not a table. */
  readonly rows: number | null;
  readonly columns: number | null;
  /** Why it was not put in its place; null where it was. */
  readonly withheld: string | null;
  /** The action that made the file of this path which it was given and wrote anew; null where the path is its own. */
  readonly rewrites: string | null;
  readonly stamp: FileStamp;
}

/** Nobody may see what is in it: by its level, or because it did not pass the checks of its level. */
export function holdsPatients({
  level,
  withheld,
}: Pick<MadeOutput, "level" | "withheld">): boolean {
  return level === "highly_sensitive" || withheld !== null;
}

export interface StudyMade {
  readonly name: string;
  readonly fingerprint: string;
}

export interface ActionState {
  readonly state: 1;
  readonly action: string;
  /** What this record, and the folder of what was withheld, are called. */
  readonly fileName: string;
  readonly succeeded: boolean;
  /** It did not succeed because a person asked to stop. */
  readonly stopped: boolean;
  /** The run that made this. */
  readonly run: string;
  readonly job: string;
  /** UTC, as ISO text. */
  readonly finished: string;
  readonly commit: string | null;
  /** Null where the action failed before anything could be reported. */
  readonly basis: ActionInputs | null;
  readonly outputs: readonly MadeOutput[];
  readonly definitions: readonly StudyMade[];
}
