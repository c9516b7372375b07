/** The patients of a dummy cohort: invented, or those of the files that the study reads. */
import { readPatientFile } from "../supplied-file/patient-file.ts";
import type { PatientFile, ReadFile } from "../supplied-file/patient-file.ts";
import type { DummyRecipe } from "./dummy-recipes.ts";
import { chooseExactly } from "./choices.ts";
import { randomStream } from "./random-stream.ts";

export interface DummyPatients {
  /** Ascending, each once. */
  readonly ids: Float64Array;
  /** By the path that the study gives. */
  readonly files: ReadonlyMap<string, PatientFile>;
}

/**
 * Where columns come from files, the patients are all those who occur in any of them, whatever number
 * was asked for: no row of a file is lost, and a patient missing in one file has empty values there.
 */
export async function dummyPatients(
  recipes: readonly DummyRecipe[],
  options: { readonly seed: string; readonly patients: number; readonly readFile: ReadFile },
): Promise<DummyPatients> {
  const paths = new Set(recipes.flatMap((recipe) => (recipe.kind === "file" ? [recipe.path] : [])));
  if (paths.size === 0) {
    return { ids: patientIds(options.seed, options.patients), files: new Map() };
  }
  const files = new Map<string, PatientFile>();
  for (const path of paths) files.set(path, await readPatientFile(path, options.readFile));
  const known = new Set([...files.values()].flatMap(({ rows }) => [...rows.keys()]));
  return { ids: Float64Array.from(known).sort(), files };
}

/** Ids are spread so thin that they do not look like row numbers. */
const SPREAD = 10;

/**
 * `patients` distinct whole numbers from 0 to 10 * patients - 1, ascending, every such set equally
 * likely; decided by the seed and the number of patients alone.
 */
export function patientIds(seed: string, patients: number): Float64Array {
  const stream = randomStream([seed, "patient_id", String(patients)]);
  const chosen = chooseExactly(stream, patients, SPREAD * patients);
  const ids = new Float64Array(patients);
  let found = 0;
  chosen.forEach((isChosen, id) => {
    if (isChosen === 1) ids[found++] = id;
  });
  return ids;
}
