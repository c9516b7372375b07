/** Expectations as authors write them. */
import type { DateText } from "../dates/date-text.ts";
import type { Expectations, IntDistribution, NormalDistribution } from "../model.ts";

/**
 * What dummy data look like, until real data answer. A column's expectations are merged into the
 * study's `defaultExpectations`, the column winning.
 */
export interface ExpectationsGiven {
  /**
   * How events are spread over time: more and more towards the end (`exponential_increase`, the
   * usual), evenly (`uniform`), or every patient has a value and dates do not matter (`universal`).
   */
  readonly rate?: NonNullable<Expectations["rate"]>;
  /** Share of patients who have a value, above 0 and at most 1. */
  readonly incidence?: number;
  /** Between which days events fall: days, `"today"`, or relative to `"index_date"`. */
  readonly date?: { readonly earliest?: DateText; readonly latest?: DateText };
  /** Values of a text column and how often each occurs; shares are scaled to add up to 1. */
  readonly category?: { readonly ratios: Ratios };
  /** Values of a whole-number column. */
  readonly int?: IntDistribution;
  /** Values of a decimal column. */
  readonly float?: NormalDistribution;
  /** For yes/no columns; implied. */
  readonly bool?: boolean;
}

/**
 * `{ F: 0.5, M: 0.5 }`, or pairs or a Map where values are numbers: `[[1, 0.3], [2, 0.7]]`. `null` in pairs, or
 * `""`, is the share of patients of whom nothing is recorded: `[["=", 0.9], [null, 0.1]]`.
 */
export type Ratios =
  | Readonly<Record<string, number>>
  | readonly (readonly [value: string | number | null | undefined, share: number])[]
  | ReadonlyMap<string | number | null | undefined, number>;
