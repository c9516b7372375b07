/** Measures of a cohort file whose groups are counted where the file is read. */
import { basename } from "node:path";
import { ProblemError } from "../base/problems.ts";
import type { AskGroups, CountedFile, GroupsWanted } from "../table/cohort-groups.ts";
import { countCohort } from "../table/read-table.ts";
import { PATIENT_ID } from "../table/whole-cohort.ts";
import { countableMeasures } from "./countable-measures.ts";
import type { MeasureParts } from "./countable-measures.ts";
import { groupsNeeded, labelTexts, measureGroups } from "./grouped-cohort.ts";
import { cohortMarks, patientMix } from "./mark-cohort.ts";
import type { Measured, MeasureTask } from "./measure-task.ts";
import type { MeasureSpec } from "./measure-spec.ts";
import type { PatientSums } from "./patient-sums.ts";
import { SUM_RANGE } from "../table/patient-mix.ts";

export interface CountedMeasures extends Measured {
  /** Measures that rows must be read for: none of `tables` is theirs. */
  readonly rest: readonly MeasureSpec[];
}

/** Null where rows must be read one after the other for all; whatever is wrong is told then. */
export async function countCohortFile(
  { file, measures, secret }: Pick<MeasureTask, "file" | "measures" | "secret">,
  threads = 1,
): Promise<CountedMeasures | null> {
  const plan: { parts: MeasureParts | null } = { parts: null };
  const ask: AskGroups = (columns) => {
    plan.parts = countableMeasures(measures, columns);
    if (plan.parts === null) return null;
    const wanted = groupsNeeded(plan.parts.counted);
    const isMarked = secret !== null && !wanted.keys.includes(PATIENT_ID);
    return { wanted, mix: isMarked ? patientMix(secret) : null };
  };
  try {
    const found = await countCohort(file, ask, threads);
    if (found === null || plan.parts === null) return null;
    const { counted, rest } = plan.parts;
    const measured = measureGroups(found.groups, counted, basename(file));
    const sums = patientSums(found, groupsNeeded(counted), measured.patients);
    const marks = secret === null || sums === null ? null : cohortMarks(secret, sums);
    return { ...measured, marks, rest };
  } catch (error) {
    if (error instanceof ProblemError) return null;
    throw error;
  }
}

/** As `sumPatients` would have found them. */
function patientSums(
  { groups, mixed }: CountedFile,
  { keys, sets, numbers }: GroupsWanted,
  patients: number,
): PatientSums | null {
  if (mixed === null) return null;
  const everybody = mixed.groups[sets.findIndex((set) => set.length === 0)];
  const ofNumbers = numbers.flatMap((name, at) =>
    name === PATIENT_ID ? [] : [[name, { whole: mixed.numbers[at] ?? 0, other: 0 }] as const],
  );
  const ofLabels = keys.map((name, key) => {
    const way = smallestWith(key, sets);
    const column = groups[way]?.keys[sets[way]?.indexOf(key) ?? 0];
    const texts = labelTexts(column, numbers.includes(name));
    const sums = new Map<string, number>();
    mixed.groups[way]?.forEach((sum, row) => {
      const text = texts(row);
      sums.set(text, ((sums.get(text) ?? 0) + sum) % SUM_RANGE);
    });
    return [name, sums] as const;
  });
  return {
    ...{ patients, population: everybody?.[0] ?? 0 },
    ...{ numbers: new Map(ofNumbers), labels: new Map(ofLabels) },
  };
}

function smallestWith(key: number, sets: readonly (readonly number[])[]): number {
  const sizes = sets.map((set) => (set.includes(key) ? set.length : Infinity));
  return sizes.indexOf(Math.min(...sizes));
}
