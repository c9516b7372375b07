/** Everything from outside that the pipeline may use; the command line fills it in. */
import type { Line } from "../base/toned-line.ts";
import type { Reporter, RunContext, RunSummary } from "../commands/context.ts";
import type { RefuseWords } from "./project/check-cohort-action.ts";

/** What a command of cohortextractor is given besides its words. */
export interface CommandSurroundings extends Omit<RunContext, "reporter" | "outputPolicy"> {
  /** Files that its studies may write. */
  readonly own: readonly string[];
  /** Files of other actions, which are not written and are no mistake. */
  readonly others: readonly string[];
  /** Absent where nobody watches. */
  readonly progress?: Reporter["progress"];
}

export interface PipelineWorld {
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
  /** Where what is this user's own is kept, outside every study; null where the user has no home. */
  readonly userState: string | null;
  /** Aborted when the person asks to stop. */
  readonly signal: AbortSignal;
  /** Says a line beside the results. */
  readonly tell: (line: Line) => void;
  /** Says a line that is a result, at once. */
  readonly say: (line: string) => void;
  /** How far something is, shown while it goes on; null where nobody watches. */
  readonly progress: Reporter["progress"] | null;
  readonly refuseWords: RefuseWords;
  /**
   * Performs the words of a cohortextractor command, such as `generate_cohort --output-dir=output`,
   * and says in lines what it does. Throws what the command throws.
   */
  readonly perform: (
    words: readonly string[],
    surroundings: CommandSurroundings,
    say: (line: string) => void,
  ) => Promise<RunSummary>;
  /** Where working folders of programs are made: outside the study, so that none finds its way back. */
  readonly temporary: string;
}
