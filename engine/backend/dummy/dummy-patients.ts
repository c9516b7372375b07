/** The patients of a dummy cohort: invented, or those of the files that the study reads. */
import { readPatientFile } from "../supplied-file/patient-file.ts";
import type { PatientFile, ReadFile } from "../supplied-file/patient-file.ts";
import type { DummyRecipe } from "./dummy-recipes.ts";
import { chooseExactly } from "./choices.ts";
import { blockName } from "./patient-block.ts";
import type { PatientBlock } from "./patient-block.ts";
import { randomStream } from "./random-stream.ts";

export interface DummyPatients {
  readonly count: number;
  /** Of a block, ascending, each once. */
  readonly idsOf: (block: PatientBlock) => Float64Array;
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
    const { seed, patients: count } = options;
    return { count, idsOf: (block) => patientIds(seed, count, block), files: new Map() };
  }
  const files = new Map<string, PatientFile>();
  for (const path of paths) files.set(path, await readPatientFile(path, options.readFile));
  const known = new Set([...files.values()].flatMap(({ rows }) => [...rows.keys()]));
  const ids = Float64Array.from(known).sort();
  return { count: ids.length, idsOf: ({ first, end }) => ids.subarray(first, end), files };
}

/** Ids are spread so thin that they do not look like row numbers. */
const SPREAD = 10;

/**
 * Distinct whole numbers for the patients of a block, ascending, each block in a range of its own that is
 * ten times as wide: all together from 0 to 10 * patients - 1. Within the range every such set is
 * equally likely; decided by the seed and the number of all patients alone.
 */
export function patientIds(seed: string, patients: number, block: PatientBlock): Float64Array {
  const stream = randomStream([seed, "patient_id", String(patients), ...blockName(block)]);
  const count = block.end - block.first;
  const chosen = chooseExactly(stream, count, SPREAD * count);
  const ids = new Float64Array(count);
  let found = 0;
  chosen.forEach((isChosen, id) => {
    if (isChosen === 1) ids[found++] = SPREAD * block.first + id;
  });
  return ids;
}
