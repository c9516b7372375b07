/** The cohorts of a study as they may be shown: counts rounded, shares from rounded counts, drift marked. */
import type { IsoDate } from "../base/dates.ts";
import { barsOf } from "./bars.ts";
import type { CohortCounts, ColumnCounts } from "./count-cohort.ts";
import { driftOf } from "./drift.ts";
import type { Drift } from "./drift.ts";
import { shownCount } from "./treatment.ts";
import type { Treatment } from "./treatment.ts";

export interface DatedCounts {
  readonly date: IsoDate;
  readonly counts: CohortCounts;
}

/** What dummy data should have, as shares of all patients. */
export interface ExpectedColumn {
  readonly filled: number;
  /** By label; empty where only the share of patients with a value is expected. */
  readonly bars: ReadonlyMap<string, number>;
}

export interface ShownBar {
  readonly label: string;
  /** At each date. */
  readonly counts: readonly number[];
  /** Null where nobody is in the cohort. */
  readonly shares: readonly (number | null)[];
  /** Null where nothing is expected. */
  readonly expected: number | null;
  readonly drifts: readonly Drift[];
}

export interface ShownColumn {
  readonly name: string;
  readonly type: ColumnCounts["type"];
  /** Patients with a value. */
  readonly filled: ShownBar;
  readonly bars: readonly ShownBar[];
  /** Values that are in the last bar together. */
  readonly pooled: number;
}

export interface CohortProfile {
  readonly dates: readonly IsoDate[];
  readonly patients: readonly number[];
  readonly columns: readonly ShownColumn[];
  readonly treatment: Treatment;
}

/** `cohorts` are of one study, by date; `expected` by column. */
export function profileOf(
  cohorts: readonly DatedCounts[],
  expected: ReadonlyMap<string, ExpectedColumn>,
  treatment: Treatment,
): CohortProfile {
  const patients = cohorts.map(({ counts }) => shownCount(counts.rows, treatment));
  const names = cohorts[0]?.counts.columns.map(({ name }) => name) ?? [];
  const shown = shower(cohorts, patients, treatment);
  const columns = names.map((_, place): ShownColumn => {
    const each = cohorts.flatMap(({ counts }) => counts.columns[place] ?? []);
    const { name = "", type = "str" } = each[0] ?? {};
    const hoped = expected.get(name);
    const bars = barsOf(each, treatment);
    return {
      ...{ name, type, pooled: bars.pooled },
      filled: shown(
        "with a value",
        each.map(({ filled }) => filled),
        hoped?.filled,
      ),
      bars: bars.labels.map((label, bar) =>
        shown(
          label,
          bars.counts.map((counts) => counts[bar] ?? 0),
          hoped?.bars.get(label),
        ),
      ),
    };
  });
  return { dates: cohorts.map(({ date }) => date), patients, columns, treatment };
}

function shower(
  cohorts: readonly DatedCounts[],
  patients: readonly number[],
  treatment: Treatment,
): (label: string, exact: readonly number[], expected: number | undefined) => ShownBar {
  const dates = cohorts.map(({ date }) => date);
  return (label, exact, expected = NaN) => {
    const counts = exact.map((count) => shownCount(count, treatment));
    // Rounded apart, a part may come out a little above the whole.
    const shares = counts.map((count, at) => {
      const all = patients[at] ?? 0;
      return all === 0 ? null : Math.min(1, count / all);
    });
    const drifts = driftOf(dates, shares, patients);
    return { label, counts, shares, expected: Number.isNaN(expected) ? null : expected, drifts };
  };
}
