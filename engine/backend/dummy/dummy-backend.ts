/** Dummy data as an answer to a study: made from its expectations, the same for the same seed. */
import type { IsoDate } from "../../base/dates.ts";
import { isoDateOf } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { Backend, Cohort } from "../backend.ts";
import type { CohortSchema, CohortBatch } from "../../table/cohort-schema.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { dummyColumns, valuesOf } from "./dummy-columns.ts";
import type { DrawnColumnValues } from "./draw-column.ts";
import { dummyPatients } from "./dummy-patients.ts";
import { dummyRecipes } from "./dummy-recipes.ts";
import type { DummyRecipe } from "./dummy-recipes.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { patientBlocks } from "./patient-block.ts";
import type { PatientBlock } from "./patient-block.ts";

export interface DummyOptions {
  /** How many; a whole number from 1. Without meaning for a study that reads patients from files. */
  readonly patients: number;
  /** Any text or number; another seed gives other data. */
  readonly seed: number | string;
  readonly today: IsoDate;
  /** For `with_value_from_file` and `which_exist_in_file`, which name paths in the workspace. */
  readonly readFile?: ReadFile;
}

/** Where what lasts for life is computed in a study without an index date of its own. */
const ANCHOR = isoDateOf("2020-01-01");

/** Part of the data version: raise it with every change that alters dummy values. */
const GENERATION = 2;

/**
 * Cohorts of invented patients. The same options and study give the same rows; a patient keeps her id
 * and every column that does not depend on the index date, whichever dates are asked for and in
 * whichever order; a column does not depend on which others there are.
 * Problems: those of the expectations, of dates that cannot be drawn, of files.
 */
export function dummyBackend(options: DummyOptions): Backend {
  const { patients, seed } = options;
  if (!Number.isSafeInteger(patients) || patients < 1) {
    throw new RangeError("the number of dummy patients must be a whole number from 1");
  }
  return {
    // Of the day only studies that say "today" depend; whoever knows the study adds it.
    warnings: [],
    dataVersion: `dummy-${GENERATION} seed ${seed} patients ${patients}`,
    cohorts: (study, indexDates) => dummyCohorts(options, study, indexDates),
    groups: null,
    close: () => Promise.resolve(),
  };
}

async function* dummyCohorts(
  options: DummyOptions,
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
): AsyncGenerator<Cohort> {
  const { today, readFile = noFiles } = options;
  const seed = String(options.seed);
  const recipes = dummyRecipes(study);
  const schema = drawnSchema(study, recipes);
  const patients = await dummyPatients(recipes, { ...options, seed, readFile });
  const blocks = patientBlocks(patients.count);
  const kept = keptColumns();
  const anchor = study.indexDate ?? ANCHOR;
  for (const indexDate of indexDates) {
    const at = { seed, today, anchor, indexDate: indexDate ?? study.indexDate };
    const draw = (block: PatientBlock): CohortBatch => {
      const rows = block.end - block.first;
      const ids = patients.idsOf(block);
      const known = kept(block);
      const made = dummyColumns(
        recipes,
        { ids, files: patients.files },
        { ...at, block, rows },
        known,
      );
      const values = study.output.map((name) => valuesOf(made, name));
      return { rows, columns: [{ type: "int", values: ids }, ...values] };
    };
    const alone = patients.files.size === 0 ? { drawn: { options: plainOf(options), study } } : {};
    yield {
      indexDate,
      schema,
      batches: drawnBatches(blocks, draw),
      rows: patients.count,
      ...alone,
    };
  }
}

function plainOf({ patients, seed, today }: DummyOptions): DummyOptions {
  return { patients, seed, today };
}

/** What is the same at every index date is held of so many blocks; of further ones it is drawn again. */
const BLOCKS_KEPT = 16;

function keptColumns(): (block: PatientBlock) => Map<string, DrawnColumnValues> {
  const kept = Array.from({ length: BLOCKS_KEPT }, () => new Map<string, DrawnColumnValues>());
  return ({ number }) => kept[number] ?? new Map<string, DrawnColumnValues>();
}

/** A block is drawn when it is asked for. */
function* drawnBatches(
  blocks: readonly PatientBlock[],
  draw: (block: PatientBlock) => CohortBatch,
): Generator<CohortBatch> {
  for (const block of blocks) yield draw(block);
}

/** As the study declares its columns, but for numbers that its expectations name by words. */
function drawnSchema(study: CheckedStudy, recipes: readonly DummyRecipe[]): CohortSchema {
  const words = new Set(recipes.filter(isInWords).map(({ column }) => column.name));
  return cohortSchema(study).map((column) =>
    words.has(column.name) ? { name: column.name, type: "str" } : column,
  );
}

function isInWords(recipe: DummyRecipe): boolean {
  if (recipe.kind !== "draw") return false;
  const { values } = recipe.draw.expectations;
  return values.kind === "category" && values.asText === true;
}

function noFiles(path: string): never {
  throw new Error(`nobody reads files for this dummy backend: ${path}`);
}
