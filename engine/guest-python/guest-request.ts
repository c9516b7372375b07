/** What the process of a guest is told, as JSON in a file of its own. */
import type { OldPandas } from "./old-pandas.ts";

export interface GuestLimits {
  /** Of the program's memory. */
  readonly megabytes: number;
  /** Of all files that it writes. */
  readonly bytes: number;
  /** Files and folders that it makes. */
  readonly entries: number;
  /** Of the whole action, by the clock. */
  readonly seconds: number;
}

export type GuestProgram =
  | {
      readonly kind: "python";
      /** `file`, `module` or `code`, as `python FILE`, `-m MODULE` and `-c CODE` name it. */
      readonly form: "file" | "module" | "code";
      readonly name: string;
      readonly words: readonly string[];
    }
  | NotebookProgram;

export interface NotebookProgram {
  readonly kind: "notebook";
  /** Paths in the action's folder. */
  readonly file: string;
  readonly to: "html" | "notebook";
  readonly output: string;
  readonly execute: boolean;
  readonly showInput: boolean;
  readonly allowErrors: boolean;
  /** Seconds of each cell; null is without end. */
  readonly cellSeconds: number | null;
  readonly removeCellTags: readonly string[];
  readonly removeInputTags: readonly string[];
  readonly removeOutputTags: readonly string[];
}

/** Words that a guest cannot perform, in the author's words. */
export interface CannotRun {
  readonly kind: "cannot";
  readonly why: string;
}

/** Absolute paths of the parts of a start image (start/start-image.ts). */
export interface GuestStart {
  readonly program: string;
  /** The first fills an empty memory, each other one what the one before has left. */
  readonly layers: readonly string[];
}

export interface GuestRequest {
  /** Where the build is installed. */
  readonly runtime: string;
  /** From where it is started; null where Python is started anew. */
  readonly start: GuestStart | null;
  /** Our own modules in Python. */
  readonly packages: string;
  /** The action's folder: what is in it now is served read-only; what the guest makes is put there. */
  readonly workspace: string;
  /** A private folder for what the guest writes, on the same disk. */
  readonly scratch: string;
  readonly program: GuestProgram;
  /** Paths in the action's folder of files that the engine itself wrote. */
  readonly byEngine: readonly string[];
  /** `NAME=value` that its command sets; nothing else of an environment is there. */
  readonly variables: readonly string[];
  readonly limits: GuestLimits;
  /** Which pandas the author wrote for; null is the build's own. */
  readonly pandas: OldPandas | null;
  /** Chance is the same in each run with the same one; null draws it from the machine. */
  readonly seed: number | null;
}

/** How it ended, in `ended.json` of the scratch folder. */
export interface GuestEnd {
  readonly exit: number;
  /** What stopped it from outside the program; null where it ended by itself. */
  readonly stopped: GuestStop | null;
  /** Of that: a number, or a cell. */
  readonly at: string;
}

export type GuestStop =
  "memory" | "time" | "calls-too-deep" | "cell-time" | "crashed" | "output-taken";
