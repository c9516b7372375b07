/**
 * Marks of a cohort and of its columns: equal for equal values of the same patients, and nothing else can be told
 * from them. Without the secret nobody can try out which values give a mark, not even where a few patients
 * leave few to try. They are taken of sums that cost little while a file is read, and that a database can work out.
 */
import { createHmac } from "node:crypto";
import { byCodePoint } from "../base/value-types.ts";
import type { CohortBlock, CohortReading, WantedColumns } from "../table/cohort-reader.ts";
import type { PatientMix } from "../table/patient-mix.ts";
import { PATIENT_ID } from "../table/whole-cohort.ts";
import { sumPatients } from "./patient-sums.ts";
import type { PatientSums } from "./patient-sums.ts";
import type { CohortMarks } from "./published-facts.ts";
import type { ExactnessState } from "./running-sum.ts";

/** What must be read besides, so that it is known whose values they are. */
export function withPatients({ numbers, texts }: WantedColumns): WantedColumns {
  return { texts, numbers: numbers.includes(PATIENT_ID) ? numbers : [...numbers, PATIENT_ID] };
}

export interface Marking {
  /** `seen` tells of each number what `observe` found in the block. */
  readonly add: (block: CohortBlock, seen: readonly ExactnessState[]) => void;
  /** Null where patients cannot be told apart by their ids. */
  readonly marks: (dictionaries: CohortReading["dictionaries"]) => CohortMarks | null;
}

/** `wanted` is what the blocks hold, by `withPatients`. */
export function openMarking(secret: string, wanted: WantedColumns): Marking {
  const { add, sums } = sumPatients(patientMix(secret), wanted);
  return {
    add,
    marks: (dictionaries) => {
      const found = sums(dictionaries);
      return found === null ? null : cohortMarks(secret, found);
    },
  };
}

/** Nobody without the secret can make cohorts of equal sums. */
export function patientMix(secret: string): PatientMix {
  const digest = createHmac("sha256", secret).update("patient mix").digest();
  return { low: digest.readUInt32LE(0), high: digest.readUInt32LE(4) >>> 1 };
}

export function cohortMarks(secret: string, sums: PatientSums): CohortMarks {
  const { patients, population } = sums;
  const markOf = (...content: readonly unknown[]): string =>
    createHmac("sha256", secret)
      .update(JSON.stringify([...content, patients, population]))
      .digest("hex")
      // By chance two cohorts have sums alike once in 2^36 times, which is more often than this.
      .slice(0, 32);
  const numbers = [...sums.numbers].map(
    ([name, { whole, other }]) => [name, markOf("number", name, whole, other)] as const,
  );
  const labels = [...sums.labels].map(([name, texts]) => {
    const sorted = [...texts].sort(([a], [b]) => byCodePoint(a, b));
    return [name, markOf("text", name, sorted)] as const;
  });
  const columns = Object.fromEntries([...numbers, ...labels]);
  return { population: markOf("patients"), columns };
}
