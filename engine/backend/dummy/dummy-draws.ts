/** What all columns of one dummy cohort are drawn from. */
import type { IsoDate } from "../../base/dates.ts";
import { randomStream } from "./random-stream.ts";
import type { RandomStream } from "./random-stream.ts";
import { blockName } from "./patient-block.ts";
import type { PatientBlock } from "./patient-block.ts";

/** What a stream is for; each purpose of a column has one of its own. */
export type Purpose = "date" | "patients" | "value" | "birthday" | "later";

export interface DummyDraws {
  readonly seed: string;
  readonly block: PatientBlock;
  /** Of the block. */
  readonly rows: number;
  readonly today: IsoDate;
  /** The study's own, or the one being evaluated; null when the study has none. */
  readonly indexDate: IsoDate | null;
  /** The index date at which what belongs to a patient for life is computed, whatever the range. */
  readonly anchor: IsoDate;
}

/**
 * A stream is named by what it is for and never by a place in a list: another column, another month,
 * another order leave it as it is. `moving` streams are new at each index date. Each block of patients
 * has a stream of its own, so that a block is drawn without those before it.
 */
export function streamOf(
  draws: DummyDraws,
  column: string,
  purpose: Purpose,
  moving: boolean,
): RandomStream {
  const date = moving ? draws.indexDate : null;
  return randomStream([draws.seed, column, purpose, date, ...blockName(draws.block)]);
}
