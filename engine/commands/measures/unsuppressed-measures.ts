/** Measures that show small numbers, and so must not be released as they are. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { isPatientLevel } from "../../measures/measure-spec.ts";

export interface Unsuppressed {
  readonly measures: readonly string[];
  /** Names them together. */
  readonly problem: Problem;
}

/**
 * At most one. Rounding to `midpoint6` shows no small number either; measures at patient level are told
 * of for themselves.
 */
export function unsuppressedMeasures({ name, measures }: CheckedStudy): readonly Unsuppressed[] {
  const bare = measures.filter(
    (measure) =>
      measure.small_number_suppression === false &&
      measure.rounding !== "midpoint6" &&
      !isPatientLevel(measure),
  );
  if (bare.length === 0) return [];
  const ids = bare.map(({ id }) => id);
  const facts = { study: name, measures: ids };
  return [{ measures: ids, problem: problem("measures-not-suppressed", facts, bare[0]?.place) }];
}
