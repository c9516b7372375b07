/** What each condition of a population leaves of the patients, as it may be shown. */
import { roundedCount } from "../measures/publishable.ts";
import { RARE } from "./treatment.ts";
import type { Treatment } from "./treatment.ts";

export interface AttritionStep {
  /** In the author's words; who all are for the first step. */
  readonly condition: string;
  /** Null where the number is hidden. */
  readonly left: number | null;
  /** Null where one of the two numbers beside it is hidden. */
  readonly removed: number | null;
}

export interface AttritionAt {
  /** "" for a study without one. */
  readonly indexDate: string;
  readonly steps: readonly AttritionStep[];
}

/** What one file tells. */
export interface ShownAttrition {
  readonly file: string;
  readonly dates: readonly AttritionAt[];
}

/**
 * Rounded, the number left is the middle of its six, from 1 to 6 it is hidden, and the number removed is the
 * difference of the two beside it, so that no number of patients can be worked out. What is rounded already stays as
 * it is. `left` has a number for each condition, or null for one that is hidden already.
 */
export function shownSteps(
  conditions: readonly string[],
  left: readonly (number | null)[],
  treatment: Treatment,
): readonly AttritionStep[] {
  const shown = left.map((count) => (treatment === "exact" ? count : roundedOrHidden(count)));
  return conditions.map((condition, i) => ({
    condition,
    left: shown[i] ?? null,
    removed: i === 0 ? 0 : difference(shown[i - 1] ?? null, shown[i] ?? null),
  }));
}

function roundedOrHidden(count: number | null): number | null {
  if (count === null || (count > 0 && count <= RARE)) return null;
  return roundedCount(count, "midpoint6");
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : before - after;
}
