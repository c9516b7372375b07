/** Dummy data as an answer to a study: made from its expectations, the same for the same seed. */
import type { IsoDate } from "../../base/dates.ts";
import { isoDateOf } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { Backend, Cohort } from "../backend.ts";
import type { CohortSchema, CohortBatch, ColumnValues } from "../../table/cohort-schema.ts";
import { cohortSchema } from "../cohort-columns.ts";
import { dummyColumns, valuesOf } from "./dummy-columns.ts";
import type { DrawnColumnValues } from "./draw-column.ts";
import { dummyPatients } from "./dummy-patients.ts";
import { dummyRecipes } from "./dummy-recipes.ts";
import type { DummyRecipe } from "./dummy-recipes.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { unreachable } from "../../base/problems.ts";

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
const GENERATION = 1;

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
    close: () => Promise.resolve(),
  };
}

async function* dummyCohorts(
  { seed, today, patients: wanted, readFile = noFiles }: DummyOptions,
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
): AsyncGenerator<Cohort> {
  const recipes = dummyRecipes(study);
  const schema = drawnSchema(study, recipes);
  const patients = await dummyPatients(recipes, { seed: String(seed), patients: wanted, readFile });
  const rows = patients.ids.length;
  const kept = new Map<string, DrawnColumnValues>();
  const lasting = { seed: String(seed), rows, today, anchor: study.indexDate ?? ANCHOR };
  for (const indexDate of indexDates) {
    const draws = { ...lasting, indexDate: indexDate ?? study.indexDate };
    const made = dummyColumns(recipes, patients, draws, kept);
    const values = study.output.map((name) => valuesOf(made, name));
    const columns = [{ type: "int", values: patients.ids } as const, ...values];
    yield { indexDate, schema, batches: dummyBatches(columns, rows) };
  }
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

const ROWS_IN_BATCH = 65_536;

/** Views of the columns, nothing is copied; no batch at all where there are no rows. */
function* dummyBatches(columns: readonly ColumnValues[], rows: number): Generator<CohortBatch> {
  for (let from = 0; from < rows; from += ROWS_IN_BATCH) {
    const to = Math.min(rows, from + ROWS_IN_BATCH);
    yield { rows: to - from, columns: columns.map((column) => part(column, from, to)) };
  }
}

function part(column: ColumnValues, from: number, to: number): ColumnValues {
  switch (column.type) {
    case "bool":
      return { type: column.type, values: column.values.subarray(from, to) };
    case "int":
    case "float":
      return { type: column.type, values: column.values.subarray(from, to) };
    case "date":
      return { type: column.type, values: column.values.subarray(from, to) };
    case "str":
      return { type: column.type, codes: column.codes.subarray(from, to), values: column.values };
    default:
      return unreachable(column);
  }
}
