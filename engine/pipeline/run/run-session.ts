/** What is shared by all actions of one run. */
import type { Problem } from "../../base/problems.ts";
import type { MetadataPaths } from "../record/metadata-paths.ts";
import type { RecordFolder } from "../record/record-file.ts";
import type { RunRecord } from "../record/run-record.ts";
import type { RecordKeeper } from "../record/record-keeper.ts";
import type { FolderNow } from "../state/action-inputs.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { StateStore } from "../state/state-store.ts";
import type { PipelineContext } from "../context.ts";
import type { ActionEnd } from "./action-run.ts";
import type { RunRequest } from "./run-request.ts";
import type { ChosenTools } from "./tools.ts";

/** Whoever asked hears of what happens while it happens. */
export interface RunListener {
  readonly warned: (warnings: readonly Problem[]) => void;
  /** Once, when the record is first written: what it says then and later. */
  readonly begun?: (record: () => RunRecord) => void;
  /** A line of an action's log, which holds only what anybody may see. */
  readonly logged?: (action: string, line: string) => void;
  readonly planned: (plan: readonly PlannedAction[]) => void;
  readonly entered: (action: string, code: string, at: string) => void;
  /** The lines are the end of what it printed, as far as anybody may see it. */
  readonly ended: (action: string, end: ActionEnd, printed: readonly string[]) => void;
}

export interface RunSession {
  readonly context: PipelineContext;
  readonly request: RunRequest;
  readonly listener: RunListener;
  readonly records: RecordFolder;
  readonly now: FolderNow;
  readonly states: StateStore;
  readonly paths: MetadataPaths;
}

export interface RunningSession extends RunSession {
  readonly keeper: RecordKeeper;
  readonly tools: ChosenTools;
  /** One after the other: for changes to the study's folder. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  /** Filled with what goes wrong. */
  readonly problems: Problem[];
}
