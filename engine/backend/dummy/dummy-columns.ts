/** All columns of the dummy cohort at one index date. */
import type { ColumnValues } from "../../table/cohort-schema.ts";
import { aggregate } from "./aggregate.ts";
import { drawColumn } from "./draw-column.ts";
import type { DrawnColumnValues } from "./draw-column.ts";
import { chosenCategories } from "./derived/chosen-categories.ts";
import { drawGrowing } from "./derived/draw-growing.ts";
import type { Scope } from "./derived/holding-rows.ts";
import type { DummyDraws } from "./dummy-draws.ts";
import type { DummyPatients } from "./dummy-patients.ts";
import type { DummyRecipe } from "./dummy-recipes.ts";
import { fileColumn } from "../supplied-file/file-column.ts";
import { parseIsoDate, toDayNumber } from "../../base/dates.ts";
import type { ValueType } from "../../base/value-types.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";

/** Those of one block. */
export interface BlockPatients extends Pick<DummyPatients, "files"> {
  readonly ids: Float64Array;
}

/** By column name. */
type MadeColumns = ReadonlyMap<string, DrawnColumnValues>;

/**
 * Makes every column, each after those it reads; takes from `kept` those that are the same at every
 * index date, and puts them there.
 */
export function dummyColumns(
  recipes: readonly DummyRecipe[],
  patients: BlockPatients,
  draws: DummyDraws,
  kept: Map<string, DrawnColumnValues>,
): MadeColumns {
  const made = new Map<string, DrawnColumnValues>();
  for (const recipe of recipes) {
    const { name } = recipe.column;
    const column = kept.get(name) ?? makeColumn(recipe, patients, draws, made);
    made.set(name, column);
    if (!recipe.moving) kept.set(name, column);
  }
  return made;
}

function makeColumn(
  recipe: DummyRecipe,
  { ids, files }: BlockPatients,
  draws: DummyDraws,
  made: MadeColumns,
): DrawnColumnValues {
  switch (recipe.kind) {
    case "draw":
      return recipe.draw.dates === "growing"
        ? drawGrowing(recipe.draw, draws)
        : drawColumn(recipe.draw, draws);
    case "date-of":
      return plain({ type: "date", values: datesOf(made, recipe.source) });
    case "aggregate": {
      const sources = recipe.sources.map((source) => valuesOf(made, source));
      return plain(aggregate(recipe.how, sources));
    }
    case "categories":
      return plain(chosenCategories(scopeOf(recipe, made), draws.rows));
    case "constant":
      return plain(constantColumn(recipe.column.type, recipe.value, draws.rows));
    case "file": {
      const file = files.get(recipe.path);
      if (file === undefined) throw new Error(`the file ${recipe.path} was not read`);
      return plain(fileColumn(recipe.wanted, file, ids));
    }
  }
}

function scopeOf(
  { column, sources }: Extract<DummyRecipe, { kind: "categories" }>,
  made: MadeColumns,
): Scope {
  const columns = new Map(sources.map((source) => [source.name, source]));
  return {
    owner: column,
    termOf: (name) => {
      const source = columns.get(name);
      if (source === undefined) throw new Error(`${column.name} does not read ${name}`);
      return { column: source, values: valuesOf(made, name) };
    },
  };
}

function plain(values: ColumnValues): DrawnColumnValues {
  return { values, dates: null };
}

export function valuesOf(made: MadeColumns, name: string): ColumnValues {
  const values = made.get(name)?.values ?? null;
  if (values === null) throw new Error(`column ${name} has no dummy values`);
  return values;
}

function datesOf(made: MadeColumns, name: string): Int32Array {
  const dates = made.get(name)?.dates ?? null;
  if (dates === null) throw new Error(`column ${name} has no dummy dates`);
  return dates;
}

/** `value` is of the type as `check` has decided it from the value. */
function constantColumn(type: ValueType, value: unknown, rows: number): ColumnValues {
  switch (type) {
    case "bool":
      return { type, values: new Uint8Array(rows).fill(Number(value)) };
    case "int":
    case "float":
      return { type, values: new Float64Array(rows).fill(Number(value)) };
    case "date": {
      const date = parseIsoDate(String(value));
      return {
        type,
        values: new Int32Array(rows).fill(date === null ? NO_DATE : toDayNumber(date)),
      };
    }
    case "str":
      return { type, codes: new Uint32Array(rows), values: [String(value)] };
  }
}
