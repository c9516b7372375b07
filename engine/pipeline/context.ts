/** Everything from outside that the pipeline may use; the command line fills it in. */
import type { Line } from "../base/toned-line.ts";
import type { Reporter } from "../commands/context.ts";
import type { PerformAction } from "../commands/threads/perform-action.ts";

export interface PipelineContext {
  /** Absolute path of the study's folder. */
  readonly folder: string;
  readonly now: () => Date;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The login name of who runs it. */
  readonly user: string;
  readonly process: number;
  /** The name of this machine. */
  readonly host: string;
  readonly engineVersion: string;
  readonly cores: number;
  /** Files of patients are for others as well, as far as the umask says; otherwise for their owner alone. */
  readonly shared: boolean;
  /** The program that runs this, and its version. */
  readonly node: { readonly path: string; readonly version: string };
  /** Where what is this user's own is kept, outside every study; null where the user has no home. */
  readonly userState: string | null;
  /** Aborted when the person asks to stop. */
  readonly signal: AbortSignal;
  /** Prints a line beside the results. */
  readonly stderr: (line: Line) => void;
  /** Prints a line that is a result, at once. */
  readonly stdout: (line: string) => void;
  /** How far something is, shown while it goes on; null where nobody watches. */
  readonly progress: Reporter["progress"] | null;
  /** Performs a cohort action, and gives the lines of its log as they come. Throws what the command throws. */
  readonly perform: PerformAction;
  /** Where working folders of programs are made: outside the study, so that none finds its way back. */
  readonly temporary: string;
}
