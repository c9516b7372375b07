/** Cohort files of the same study that a command did not make, but that lie where it writes. */
import { ProblemError } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { IsoDate } from "../../base/dates.ts";
import { originFindings } from "../measures/cohort-findings.ts";
import { cohortFilesOf } from "./cohort-files.ts";
import type { DatedFile } from "./cohort-files.ts";
import { makersOf } from "../measures/cohort-inputs.ts";
import type { DefinitionFacts } from "../manifest/cohort-origin.ts";
import { readManifest } from "../manifest/manifest.ts";
import type { RunContext } from "../context.ts";

export interface CohortsMade {
  /** `study_definition_copd`. */
  readonly study: string;
  readonly suffix: string;
  /** Absolute. */
  readonly folder: string;
  readonly indexDates: readonly (IsoDate | null)[];
  readonly present: DefinitionFacts;
}

/** Two formats of one date are a problem of who measures them, not of who made the second. */
function cohortFilesOrWarning(
  folder: string,
  suffix: string,
  { reporter }: Pick<RunContext, "reporter">,
): readonly DatedFile[] {
  try {
    return cohortFilesOf(folder, suffix);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    for (const found of error.problems) reporter.report({ kind: "warning", problem: found });
    return [];
  }
}

/**
 * They would be measured with those made now, so that they are named where they do not belong with them:
 * months of an older definition, dummy months beside real ones. Gives the number
 * of those that nothing is to be said of but that they are there.
 */
export function tellOtherCohorts(
  { study, suffix, folder, indexDates, present }: CohortsMade,
  context: RunContext,
): number {
  const files = cohortFilesOrWarning(folder, suffix, context);
  const others = files.filter(({ date }) => !indexDates.includes(date));
  if (others.length === 0) return 0;
  const made = makersOf(folder, files, readManifest(folder), context);
  const { refused, warnings } = originFindings(study, made, present);
  const told = [...refused, ...warnings];
  for (const found of told) context.reporter.report({ kind: "warning", problem: found });
  if (told.length > 0) return 0;
  const facts = { study, files: others.map(({ fileName }) => fileName) };
  const { message } = problem("other-cohorts", facts);
  context.reporter.report({ kind: "message", text: message });
  return others.length;
}
