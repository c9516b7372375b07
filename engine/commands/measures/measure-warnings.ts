/** Warnings about a study's measures, from what they say. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { LoadedStudy } from "../studies/load-study.ts";
import { isStudyFile } from "../studies/study-discovery.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import { isPatientLevel } from "../../measures/measure-spec.ts";

/**
 * At most one problem, which names them together. Another study's file that this one imports exports its
 * own; a file that several studies share may hold more than one of them uses, so that it counts only where
 * a study exports none at all.
 */
export function measuresLeftOut({ location, definition }: LoadedStudy): readonly Problem[] {
  const { left_out: all = [], measures } = definition;
  const found = all.filter(({ place }) => {
    if (place === undefined || place.file === location.file) return true;
    return measures.length === 0 && !isStudyFile(place.file);
  });
  if (found.length === 0) return [];
  const exportedAs = [...new Set(found.flatMap(({ exported_as }) => exported_as ?? []))];
  const facts = { study: location.name, measures: found.map(({ id }) => id), exportedAs };
  return [problem("measures-left-out", facts, found[0]?.place)];
}

export interface Unsuppressed {
  readonly measures: readonly string[];
  /** Names them together. */
  readonly problem: Problem;
}

/**
 * At most one. Rounding to `midpoint6` shows no small number either; measures at patient level are reported
 * for themselves.
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
