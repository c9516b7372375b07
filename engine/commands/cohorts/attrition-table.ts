/** Who is in a cohort and why, as a table: what each condition of the population leaves of the patients. */
import type { IsoDate } from "../../base/dates.ts";
import type { AttritionCounts } from "../../backend/backend.ts";
import { roundedCount } from "../../measures/publishable.ts";

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

const HEADER = ["index_date", "step", "condition", "patients_left", "patients_removed"];

/**
 * A row for each index date and step, header first. Rounded, the number left is the middle of its six, from 1
 * to 6 it is hidden, and the number removed is the difference of the two beside it, so that no number of patients can be
 * worked out: test/commands/attrition-table.test.ts tries all.
 */
export function attritionTable(
  steps: readonly string[],
  dates: readonly PatientsLeft[],
  numbers: AttritionNumbers,
): readonly (readonly string[])[] {
  const rows = dates.flatMap(({ indexDate, left }) => {
    const shown = left.map((count) => (numbers === "exact" ? count : roundedOrHidden(count)));
    return steps.map((step, i) => [
      indexDate ?? "",
      String(i),
      step,
      cell(shown[i] ?? null),
      cell(i === 0 ? 0 : difference(shown[i - 1] ?? null, shown[i] ?? null)),
    ]);
  });
  return [HEADER, ...rows];
}

const SMALL = 6;

function roundedOrHidden(count: number): number | null {
  return count > 0 && count <= SMALL ? null : roundedCount(count, "midpoint6");
}

function difference(before: number | null, after: number | null): number | null {
  return before === null || after === null ? null : before - after;
}

function cell(count: number | null): string {
  return count === null ? "" : String(count);
}
