/** How each column of a dummy cohort comes about, decided once for all index dates. */
import { ProblemError } from "../../base/problems.ts";
import type { CheckedColumn, CheckedStudy } from "../../definition/checked-study.ts";
import { drawnColumns, neededColumns } from "../../definition/expectations/expectation-plan.ts";
import type { EffectiveExpectations } from "../../definition/expectations/expectation-facts.ts";
import { checkStudyExpectations } from "../../definition/expectations/expectation-study.ts";
import { wantedFromFile } from "../supplied-file/file-column.ts";
import type { WantedFromFile } from "../supplied-file/file-column.ts";
import type { Aggregate } from "./aggregate.ts";
import { isMoving } from "./draw-column.ts";
import type { ColumnToDraw } from "./draw-column.ts";
import { hasGrowingWindow } from "./derived/growing-window.ts";

export type DummyRecipe = {
  readonly column: CheckedColumn;
  /** Whether anything about it differs between index dates; if not, it is made once. */
  readonly moving: boolean;
} & (
  | { readonly kind: "draw"; readonly draw: ColumnToDraw }
  | { readonly kind: "date-of"; readonly source: string }
  | { readonly kind: "aggregate"; readonly how: Aggregate; readonly sources: readonly string[] }
  | { readonly kind: "categories"; readonly sources: readonly CheckedColumn[] }
  | { readonly kind: "constant"; readonly value: unknown }
  | { readonly kind: "file"; readonly path: string; readonly wanted: WantedFromFile }
);

type Way = DummyRecipe extends infer R
  ? R extends DummyRecipe
    ? Omit<R, "column" | "moving">
    : never
  : never;

/**
 * In dependency order: the visible columns, those that other columns are worked out from, and hidden
 * columns whose date a `date_of` takes. Problems: all of the study's expectations.
 */
export function dummyRecipes(study: CheckedStudy): readonly DummyRecipe[] {
  const { columns: expectations, problems } = checkStudyExpectations(study);
  if (problems.length > 0) throw new ProblemError(problems);
  const needed = neededColumns(study);
  const drawn = new Set(drawnColumns(study).map(({ column }) => column.name));
  const columns = new Map(study.columns.map((column) => [column.name, column]));
  const recipes = new Map<string, DummyRecipe>();
  for (const column of study.columns) {
    if (!needed.has(column.name) && !drawn.has(column.name)) continue;
    const own = expectations.get(column.name);
    const way: Way =
      own === undefined
        ? selfFilling(column, study, columns)
        : { kind: "draw", draw: toDraw(column, own, study, columns) };
    recipes.set(column.name, { column, moving: isMovingWay(way, recipes), ...way });
  }
  return [...recipes.values()];
}

type Columns = ReadonlyMap<string, CheckedColumn>;

function toDraw(
  column: CheckedColumn,
  expectations: EffectiveExpectations,
  study: CheckedStudy,
  columns: Columns,
): ColumnToDraw {
  const bare = { study: study.name, column, expectations };
  if (study.dummyData === "independent") return { ...bare, dates: "as-expected" };
  const grows = hasGrowingWindow(column, (name) => columns.get(name));
  return { ...bare, dates: grows ? "growing" : "in-period" };
}

function selfFilling(column: CheckedColumn, { dummyData }: CheckedStudy, columns: Columns): Way {
  const { reads } = column;
  switch (column.function) {
    case "all":
      return { kind: "constant", value: 1 };
    case "fixed_value":
      return { kind: "constant", value: column.args.value };
    case "minimum_of":
    case "maximum_of": {
      const how: Aggregate = { extreme: column.function, zeroCounts: dummyData === "independent" };
      return { kind: "aggregate", how, sources: reads };
    }
    case "satisfying":
    case "categorised_as":
      return { kind: "categories", sources: reads.flatMap((read) => columns.get(read) ?? []) };
    case "with_value_from_file":
    case "which_exist_in_file":
      return { kind: "file", path: column.args.f_path, wanted: wantedFromFile(column) };
    case "date_of":
      return { kind: "date-of", source: column.args.source };
    default:
      throw new Error(`${column.function} needs expectations`);
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
    case "categories":
      return way.sources.some((source) => recipes.get(source.name)?.moving === true);
    case "constant":
    case "file":
      return false;
  }
}
