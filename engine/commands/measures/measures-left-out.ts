/** Measures that the study's file makes and does not export. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { LoadedStudy } from "../studies/load-study.ts";
import { isStudyFile } from "../studies/study-discovery.ts";

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
