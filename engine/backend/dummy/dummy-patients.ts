/** The patients of a dummy cohort: invented, or those of the files that the study reads. */
import { patientIds } from "./patient-ids.ts";
import { readPatientFile } from "../supplied-file/patient-file.ts";
import type { PatientFile, ReadFile } from "../supplied-file/patient-file.ts";
import type { DummyRecipe } from "./dummy-recipes.ts";

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
