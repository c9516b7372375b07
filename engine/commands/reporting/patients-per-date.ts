/** How many patients each index date has: lines below the summary of an extraction. */
import { byCodePoint } from "../../base/value-types.ts";
import type { CohortSize } from "../context.ts";

/** So many dates are told one by one. */
const ALL_SHOWN = 6;
/** Of more dates the first and the last, and at most so many of the greatest changes. */
const CHANGES_SHOWN = 6;
/** A smaller change from one date to the next is no news. */
const SHARP = 0.1;

/**
 * None where all dates of a study have as many patients: the summary says that. The numbers are exact, as in the
 * summary: they stand on the terminal of whoever has the cohort files, and in no file that is released.
 */
export function patientsPerDate(sizes: readonly CohortSize[]): readonly string[] {
  const studies = [...new Set(sizes.map(({ study }) => study))];
  return studies.flatMap((study) => {
    const dated = sizes.flatMap(({ study: of, indexDate, patients }) =>
      of === study && indexDate !== null ? [{ date: indexDate, patients }] : [],
    );
    const sorted = dated.sort((a, b) => byCodePoint(a.date, b.date));
    return linesOf(sorted, studies.length === 1 ? "" : ` of ${study}`);
  });
}

interface Dated {
  readonly date: string;
  readonly patients: number;
}

function linesOf(sorted: readonly Dated[], of: string): readonly string[] {
  const width = Math.max(...sorted.map(({ patients }) => String(patients).length));
  if (sorted.every(({ patients }) => patients === sorted[0]?.patients)) return [];
  const shown = sorted.length <= ALL_SHOWN ? new Set(sorted) : telling(sorted);
  const lines = sorted.flatMap((each, i) => {
    if (!shown.has(each)) return [];
    const changed = changeText(sorted[i - 1], each);
    return [`  ${each.date}  ${String(each.patients).padStart(width)}${changed}`];
  });
  const heading =
    shown.size === sorted.length
      ? `Patients${of} at each index date:`
      : `Patients${of} at ${sorted.length} index dates; first, last and sharp changes:`;
  return [heading, ...lines];
}

function telling(sorted: readonly Dated[]): ReadonlySet<Dated> {
  const changes = sorted
    .map((each, i) => ({ each, change: Math.abs(changeOf(sorted[i - 1], each)) }))
    .filter(({ change }) => change >= SHARP)
    .sort((a, b) => b.change - a.change)
    .slice(0, CHANGES_SHOWN);
  const ends = [...sorted.slice(0, 1), ...sorted.slice(-1)];
  return new Set([...ends, ...changes.map(({ each }) => each)]);
}

/** As a share of the date before; everything where that had nobody. */
function changeOf(before: Dated | undefined, { patients }: Dated): number {
  if (before === undefined || before.patients === patients) return 0;
  return before.patients === 0 ? Infinity : patients / before.patients - 1;
}

function changeText(before: Dated | undefined, here: Dated): string {
  const change = changeOf(before, here);
  if (Math.abs(change) < SHARP) return "";
  if (change === Infinity) return "  (nobody the date before)";
  const sign = change > 0 ? "+" : "-";
  return `  (${sign}${Math.round(Math.abs(change) * 100)} % from the date before)`;
}
