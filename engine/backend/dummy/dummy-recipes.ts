/** How each column of a dummy cohort comes about, decided once for all index dates. */
import { ProblemError } from "../../base/problems.ts";
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import {
  drawnColumns,
  neededColumns,
  sourceOfDate,
} from "../../definition/expectations/expectation-plan.ts";
import { checkStudyExpectations } from "../../definition/expectations/expectation-study.ts";
import type { Extreme } from "./aggregate.ts";
import { isMoving } from "./draw-column.ts";
import type { ColumnToDraw } from "./draw-column.ts";

export type DummyRecipe = {
  readonly column: CheckedColumn;
  /** Whether anything about it differs between index dates; if not, it is made once. */
  readonly moving: boolean;
} & (
  | { readonly kind: "draw"; readonly draw: ColumnToDraw }
  | { readonly kind: "date-of"; readonly source: string }
  | { readonly kind: "aggregate"; readonly extreme: Extreme; readonly sources: readonly string[] }
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "file"; readonly path: string }
);

type Way = DummyRecipe extends infer R
  ? R extends DummyRecipe
    ? Omit<R, "column" | "moving">
    : never
  : never;

/**
 * In dependency order: the visible columns, what `minimum_of` and `maximum_of` choose from, and hidden
 * columns whose date a `date_of` takes. Problems: all of the study's expectations.
 */
export function dummyRecipes(study: CheckedStudy): readonly DummyRecipe[] {
  const { columns: expectations, problems } = checkStudyExpectations(study);
  if (problems.length > 0) throw new ProblemError(problems);
  const needed = neededColumns(study);
  const drawn = new Set(drawnColumns(study).map(({ column }) => column.name));
  const recipes = new Map<string, DummyRecipe>();
  for (const column of study.columns) {
    if (!needed.has(column.name) && !drawn.has(column.name)) continue;
    const own = expectations.get(column.name);
    const way: Way =
      own === undefined
        ? selfFilling(column)
        : { kind: "draw", draw: { study: study.name, column, expectations: own } };
    recipes.set(column.name, { column, moving: isMovingWay(way, recipes), ...way });
  }
  return [...recipes.values()];
}

function selfFilling(column: CheckedColumn): Way {
  const { function: name, args } = column;
  switch (name) {
    case "all":
      return { kind: "constant", value: 1 };
    case "fixed_value":
      return { kind: "constant", value: args["value"] };
    case "minimum_of":
    case "maximum_of":
      return { kind: "aggregate", extreme: name, sources: column.reads };
    case "with_value_from_file":
    case "which_exist_in_file":
      return { kind: "file", path: String(args["f_path"]) };
    case "date_of":
      return { kind: "date-of", source: sourceOfDate(column) ?? "" };
    default:
      throw new Error(`${name} needs expectations`);
  }
}

function isMovingWay(way: Way, recipes: ReadonlyMap<string, DummyRecipe>): boolean {
  switch (way.kind) {
    case "draw":
      return isMoving(way.draw);
    case "date-of":
      return recipes.get(way.source)?.moving === true;
    case "aggregate":
      return way.sources.some((source) => recipes.get(source)?.moving === true);
    case "constant":
    case "file":
      return false;
  }
}
