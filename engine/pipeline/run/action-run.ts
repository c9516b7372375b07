/** What is known while one action runs. */
import type { Problem } from "../../base/problems.ts";
import type { RunSummary, StudyFacts } from "../../commands/context.ts";
import type { AuditVerdict } from "../../commands/releases/audit-verdict.ts";
import type { ActionLog } from "../record/action-log.ts";
import type { MetadataPaths } from "../record/metadata-paths.ts";
import type { StatusCode } from "../record/status.ts";
import type { ActionState } from "../state/action-state.ts";
import type { FolderNow } from "../state/action-inputs.ts";
import type { PlannedAction } from "../state/plan.ts";
import type { PipelineContext } from "../context.ts";
import type { ProgramLimits } from "./program-request.ts";
import type { Tool } from "./tools.ts";

export interface ActionRun {
  readonly planned: PlannedAction;
  readonly now: FolderNow;
  readonly context: PipelineContext;
  readonly paths: MetadataPaths;
  readonly tool: Tool;
  readonly limits: ProgramLimits;
  /** The run and the job that this is a part of. */
  readonly ids: { readonly run: string; readonly job: string };
  readonly commit: string | null;
  readonly log: ActionLog;
  readonly keepState: (state: ActionState) => Promise<void>;
  readonly enter: (code: StatusCode) => void;
  /** One after the other with other actions: for changes to the study's folder. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
}

/** How the command itself ended, before anything is said of its outputs. */
export interface CommandEnd {
  readonly exit: number | null;
  readonly problems: readonly Problem[];
  readonly interrupted: boolean;
  /** Studies that were run, and what they read; none for a program. */
  readonly studies: readonly StudyFacts[];
  /** Names of files that were there and needed no change. */
  readonly upToDate: ReadonlySet<string>;
  /** Ids of measures that show small numbers. */
  readonly unsuppressed: readonly string[];
  /** What an audit found; null of any other command, and where it did not get so far. */
  readonly audit: NonNullable<RunSummary["audit"]> | null;
}

export interface ActionEnd {
  readonly code: StatusCode;
  readonly message: string;
  readonly exit: number | null;
  readonly problems: readonly Problem[];
  /** Null where it ended before anything was made. */
  readonly state: ActionState | null;
  readonly notes: readonly string[];
  readonly verdict?: AuditVerdict | null;
}
