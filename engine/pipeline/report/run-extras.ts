/** What a page of a run has besides the record, where somebody serves it; nothing where it is a file. */
import type { JobRecord, RecordedOutput } from "../record/run-record.ts";
import type { VerdictOf } from "./last-audit.ts";
import type { Html } from "../../text/html.ts";

export interface RunExtras {
  /** Where an output can be looked at; null where it cannot. */
  readonly addressOf: (output: RecordedOutput) => string | null;
  /** How far a job is, and what it says. */
  readonly besideJob: (job: JobRecord) => Html | null;
  /** What an audit says of an output. */
  readonly verdictOf: VerdictOf;
}

export const noExtras: RunExtras = {
  addressOf: () => null,
  besideJob: () => null,
  verdictOf: () => null,
};
