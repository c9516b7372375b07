/** What is counted while a cohort file is read, planned so that measures share it. */
import type { CohortReading, WantedColumns, CohortBlock } from "../table/cohort-reader.ts";
import {
  POPULATION,
  countedColumns,
  groupKeys,
  isPatientLevel,
  wantedColumns,
} from "./measure-spec.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import { emptySum, growFloats, noValuesYet } from "./running-sum.ts";
import type { ExactnessState } from "./running-sum.ts";
import { openTally } from "./tally.ts";
import type { Tally } from "./tally.ts";

export interface Counting {
  readonly wanted: WantedColumns;
  /** Per wanted number. */
  readonly seen: readonly ExactnessState[];
  /** One per way of grouping; see `tallyOf`. */
  readonly tallies: ReadonlyMap<string, Tally>;
  /** Null unless a measure is at patient level. */
  readonly patients: PatientRows | null;
}

export function openCounting(measures: readonly MeasureSpec[]): Counting {
  const wanted = wantedColumns(measures);
  const tallies = new Map<string, Tally>();
  const patients = measures.some(isPatientLevel) ? noPatientsYet() : null;
  for (const measure of measures) {
    const positions = numberPositions(wanted, measure);
    if (isPatientLevel(measure)) {
      for (const position of positions) patients?.columns.set(position, new Float64Array(0));
    } else {
      const name = groupingName(measure);
      const tally =
        tallies.get(name) ?? openTally(keyPositions(wanted, measure), showsObserved(measure));
      tallies.set(name, tally);
      for (const position of positions) tally.sums.set(position, emptySum());
    }
  }
  return { wanted, seen: wanted.numbers.map(noValuesYet), tallies, patients };
}

/** The tally that the measure shares with all that show the same groups in the same order. */
export function tallyOf({ tallies }: Counting, measure: MeasureSpec): Tally | undefined {
  return isPatientLevel(measure) ? undefined : tallies.get(groupingName(measure));
}

/** How many values each key of a tally has had so far. */
export function sizesOfKeys(
  { keys }: Tally,
  dictionaries: CohortReading["dictionaries"],
): readonly number[] {
  return keys.map((key) => dictionaries[key]?.length ?? 0);
}

/** With one column or none every group is one that occurs. */
export function showsObserved(measure: MeasureSpec): boolean {
  return measure.groups === "observed" && groupKeys(measure).length > 1;
}

function groupingName(measure: MeasureSpec): string {
  return JSON.stringify([showsObserved(measure), ...groupKeys(measure)]);
}

function keyPositions({ texts }: WantedColumns, measure: MeasureSpec): readonly number[] {
  return groupKeys(measure).map((name) => texts.indexOf(name));
}

function numberPositions({ numbers }: WantedColumns, measure: MeasureSpec): readonly number[] {
  return countedColumns(measure)
    .filter((name) => name !== POPULATION)
    .map((name) => numbers.indexOf(name));
}

/** Values of measures without groups: the only part that takes more room the more patients there are. */
export interface PatientRows {
  rows: number;
  /** By position among the wanted numbers. */
  readonly columns: Map<number, Float64Array>;
}

export function noPatientsYet(): PatientRows {
  return { rows: 0, columns: new Map() };
}

export function keepRows(kept: PatientRows, block: CohortBlock): void {
  const rows = kept.rows + block.rows;
  for (const [position, column] of kept.columns) {
    const longer = growFloats(column, rows);
    const values = block.numbers[position];
    if (values !== undefined) longer.set(values.subarray(0, block.rows), kept.rows);
    kept.columns.set(position, longer);
  }
  kept.rows = rows;
}
