/** The expectations of a whole study. */
import { problem } from "../problems.ts";
import type { Problem } from "../../base/problems.ts";
import type { CheckedStudy } from "../checked-study.ts";
import type { EffectiveExpectations } from "./expectation-facts.ts";
import { drawnColumns, isDerived } from "./expectation-plan.ts";
import { checkExpectations } from "./expectations.ts";

export interface StudyExpectations {
  /** By column; a column with problems is absent. */
  readonly columns: ReadonlyMap<string, EffectiveExpectations>;
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/**
 * Checks every column that dummy data are drawn for. What is wrong in `default_expectations` is reported
 * once, however many columns use it.
 */
export function checkStudyExpectations(study: CheckedStudy): StudyExpectations {
  const columns = new Map<string, EffectiveExpectations>();
  const problems = new Map<string, Problem>();
  const warnings = new Map<string, Problem>();
  for (const drawn of drawnColumns(study)) {
    const check = checkExpectations({ study: study.name, ...drawn }, study.defaultExpectations);
    if (check.expectations !== null) columns.set(drawn.column.name, check.expectations);
    for (const each of check.problems) problems.set(each.message, each);
    for (const each of check.warnings) warnings.set(each.message, each);
  }
  return {
    columns,
    problems: [...problems.values()],
    warnings: [...warnings.values(), ...ignoredExpectations(study)],
  };
}

/** One warning for all columns that are worked out although they say how to draw them. */
function ignoredExpectations(study: CheckedStudy): readonly Problem[] {
  const ignored = study.columns.filter(
    (column) => isDerived(study, column) && column.expectations !== null,
  );
  const [first] = ignored;
  if (first === undefined) return [];
  const facts = { study: study.name, columns: ignored.map(({ name }) => name) };
  return [problem("ignored-expectations", facts, first.place)];
}
