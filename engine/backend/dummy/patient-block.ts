/** Patients in blocks, each of which can be drawn without the others: in any order, by any thread. */

/** Fixed, because it decides what is drawn. */
export const BLOCK_PATIENTS = 65_536;

/** Patients from the `first`, counted from 0, to before `end`. */
export interface PatientBlock {
  readonly number: number;
  readonly first: number;
  readonly end: number;
}

/** None where there are no patients. */
export function patientBlocks(patients: number): readonly PatientBlock[] {
  return Array.from({ length: Math.ceil(patients / BLOCK_PATIENTS) }, (_, number) => {
    const first = number * BLOCK_PATIENTS;
    return { number, first, end: Math.min(patients, first + BLOCK_PATIENTS) };
  });
}

/** What the name of a block's stream ends with. The first block has none: a small cohort is that block. */
export function blockName({ number }: PatientBlock): readonly string[] {
  return number === 0 ? [] : [`block ${number}`];
}
