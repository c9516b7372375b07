/** How a database is asked for the cohorts of studies. */
import type { IsoDate } from "../../base/dates.ts";
import type { Bounds } from "../../sql/gather.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import type { PartMade } from "./evaluation.ts";

/** `one-pass` answers all index dates together; `per-date` one after the other, as an oracle. */
export type Evaluate = "one-pass" | "per-date";

export interface DatabaseBackendOptions {
  readonly today: IsoDate;
  /** For files that studies read values from. */
  readonly readFile: ReadFile;
  readonly evaluate: Evaluate;
  readonly onPart?: (made: PartMade) => void;
  /** How much one statement joins; no result depends on it. */
  readonly bounds?: Bounds;
  /** Ends a statement that runs. */
  readonly signal?: AbortSignal;
  /** What cohorts to be kept depend on but the records, as `Records.results` takes it. */
  readonly resultsOf?: string;
}
