/** Who is in a cohort and why, as a table: what each condition of the population leaves of the patients. */
import type { IsoDate } from "../../base/dates.ts";
import type { AttritionCounts } from "../../backend/backend.ts";
import { shownSteps } from "../../profile/attrition.ts";

/** `rounded` may be seen by researchers, `exact` by nobody else than cohort files. */
export type AttritionNumbers = "rounded" | "exact";

/** At an index date; null for a study without one. */
export interface PatientsLeft {
  readonly indexDate: IsoDate | null;
  /** After each step. */
  readonly left: readonly number[];
}

/** What a database has counted, as patients left: of all, of those who did not opt out, after each condition. */
export function leftOf(counts: AttritionCounts, conditions: number): readonly number[] {
  const { everybody, leavesOutOptedOut, passed } = counts;
  const meeting = (least: number): number =>
    [...passed].reduce((sum, [met, patients]) => sum + (met >= least ? patients : 0), 0);
  const afterEach = Array.from({ length: conditions }, (_, i) => meeting(i + 1));
  return [everybody, ...(leavesOutOptedOut ? [meeting(0)] : []), ...afterEach];
}

export const ATTRITION_HEADER = [
  "index_date",
  "step",
  "condition",
  "patients_left",
  "patients_removed",
] as const;

/**
 * A row for each index date and step, header first. Rounded, no number of patients can be worked out:
 * test/commands/attrition-table.test.ts tries all.
 */
export function attritionTable(
  steps: readonly string[],
  dates: readonly PatientsLeft[],
  numbers: AttritionNumbers,
): readonly (readonly string[])[] {
  const treatment = numbers === "exact" ? "exact" : "midpoint6";
  const rows = dates.flatMap(({ indexDate, left }) =>
    shownSteps(steps, left, treatment).map((step, i) => [
      ...[indexDate ?? "", String(i), step.condition],
      ...[step.left, step.removed].map(cell),
    ]),
  );
  return [[...ATTRITION_HEADER], ...rows];
}

function cell(count: number | null): string {
  return count === null ? "" : String(count);
}
