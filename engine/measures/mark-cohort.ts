/**
 * Marks of a cohort and of its columns: equal for equal values of the same patients, and nothing else can be told
 * from them. Without the secret nobody can try out which values give a mark, not even where a few patients
 * leave few to try. Taken while the file is read for its measures, so every byte counts.
 */
import { createHmac } from "node:crypto";
import type { CohortBlock, CohortReading, WantedColumns } from "../table/cohort-reader.ts";
import { PATIENT_ID } from "../table/whole-cohort.ts";
import { labelBytes, openIdBytes, openNumberBytes } from "./mark-bytes.ts";
import type { CohortMarks } from "./published-facts.ts";
import type { ExactnessState } from "./running-sum.ts";

type Hmac = ReturnType<typeof createHmac>;

/** What must be read besides, so that it is known whose values they are. */
export function withPatients({ numbers, texts }: WantedColumns): WantedColumns {
  return { texts, numbers: numbers.includes(PATIENT_ID) ? numbers : [...numbers, PATIENT_ID] };
}

export interface Marking {
  /** `seen` tells of each number what `observe` found in the block. */
  readonly add: (block: CohortBlock, seen: readonly ExactnessState[]) => void;
  /** Null where rows do not ascend by patient: files of one cohort could then differ. */
  readonly marks: (dictionaries: CohortReading["dictionaries"]) => CohortMarks | null;
}

/** `wanted` is what the blocks hold, by `withPatients`. */
export function openMarking(secret: string, { numbers, texts }: WantedColumns): Marking {
  const idAt = numbers.indexOf(PATIENT_ID);
  const of = (what: string, name: string): Hmac =>
    createHmac("sha256", secret).update(JSON.stringify([what, name]));
  const population = of("patients", "");
  const sums = numbers.map((name) => ({ sum: of("number", name), bytes: openNumberBytes() }));
  const labels = texts.map((name) => of("text", name));
  const idBytes = openIdBytes();
  return {
    add: (block, seen) => {
      population.update(idBytes(block.numbers[idAt] ?? new Float64Array(0), block.rows));
      sums.forEach(({ sum, bytes }, at) => {
        const values = block.numbers[at];
        if (at !== idAt && values !== undefined) sum.update(bytes(values, block.rows, seen[at]));
      });
      labels.forEach((label, at) => {
        const codes = block.codes[at];
        if (codes !== undefined) label.update(labelBytes(codes, block.rows));
      });
    },
    marks: (dictionaries) => {
      if (!idBytes.areAscending()) return null;
      const patients = population.digest();
      labels.forEach((label, at) => label.update(JSON.stringify(dictionaries[at] ?? [])));
      const marked = (hashes: readonly Hmac[], names: readonly string[]) =>
        names.map((name, at) => [name, textOf(hashes[at]?.update(patients).digest())] as const);
      const added = marked(
        sums.map(({ sum, bytes }) => sum.update(bytes.rest())),
        numbers,
      );
      const columns = Object.fromEntries([...added, ...marked(labels, texts)]);
      return { population: textOf(patients), columns };
    },
  };
}

/** 128 bits: nobody finds two cohorts of one mark. */
function textOf(digest: Buffer | undefined): string {
  return digest?.toString("hex", 0, 16) ?? "";
}
