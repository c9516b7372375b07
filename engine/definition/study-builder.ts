/** `study`: the whole definition that an author writes. */
import { fail } from "./author-side-problems.ts";
import type { ValueType } from "../base/value-types.ts";
import { callStack } from "./call-stack.ts";
import type { Column, ImpliedOf, ImpliedSuffix, NamedColumns, TypeOf } from "./column.ts";
import { describeValue } from "./describe-value.ts";
import type { ExpectationsGiven } from "./expectations/expectations-given.ts";
import { givenArgument, givenColumn, givenColumns } from "./given-argument.ts";
import { givenOptions } from "./given-options.ts";
import type { DummyData, Expectations, StudyDefinition } from "./model.ts";

declare const columnTypes: unique symbol;

/** Types of a cohort file's columns by name. */
export type ColumnTypes = Readonly<Record<string, ValueType>>;

/**
 * A study in its canonical form (model.ts), frozen. The type parameter knows the columns of its cohort
 * files for the compiler only.
 */
export interface Study<Types extends ColumnTypes = ColumnTypes> extends StudyDefinition {
  readonly [columnTypes]: Types;
}

/** The columns that a cohort file has: the author's, and `NAME_date` where one comes with them. */
export type TypesOfColumns<Columns extends NamedColumns> = {
  readonly [Name in keyof Columns & string]: TypeOf<Columns[Name]>;
} & {
  readonly [Name in keyof Columns & string as `${Name}_${ImpliedOf<Columns[Name]>}`]: "date";
};

/** Names that every study uses itself. */
export type ReservedNames = "population" | "patient_id" | "index_date" | "default_expectations";

export interface StudyOptions<Columns extends NamedColumns> {
  /**
   * The day that `"index_date"` stands for, written `YYYY-MM-DD`, unless the command names others.
   * Needed as soon as an expression says `index_date`.
   */
  indexDate?: string;
  /** What dummy data look like wherever a column does not say. */
  defaultExpectations?: ExpectationsGiven;
  /**
   * `"derived"`: dummy data agree with themselves. `satisfying`, `categorisedAs`, `minimumOf` and
   * `maximumOf` are worked out from the columns they read, also from hidden ones, which then need
   * expectations instead of them; dates lie in their periods; and what was recorded up to an index date is
   * still there at the next one. `"independent"`, if not given: each column is drawn by itself.
   */
  dummyData?: DummyData;
  /** Which patients are in the cohort: those for whom it is 1. Dummy data do not look at it. */
  population: Column<"bool", ImpliedSuffix>;
  /**
   * The columns of the cohort file after `patient_id`, in this order. Names are letters, digits and
   * underscores; columns can refer to one another by name whatever their order.
   */
  columns: Columns & { readonly [Name in ReservedNames]?: never };
}

/**
 * A study definition: who is in the cohort, and what is known of each patient. Make it the default
 * export of the study's file. It is data only; nothing is read or computed until cohortline runs it.
 *
 * @example
 * export default study({
 *   indexDate: "2020-03-01",
 *   defaultExpectations: { date: { earliest: "2015-01-01", latest: "today" }, incidence: 0.5 },
 *   population: patients.registeredAsOf("index_date"),
 *   columns: {
 *     age: patients.ageAsOf("index_date", {
 *       returnExpectations: { rate: "universal", int: { distribution: "population_ages" } },
 *     }),
 *   },
 * });
 */
export function study<const Columns extends NamedColumns>(
  options: StudyOptions<Columns>,
): Study<TypesOfColumns<Columns>> {
  const known = ["indexDate", "defaultExpectations", "dummyData", "population", "columns"];
  const given = new Map(givenOptions("study", options, known));
  const spot = (argument: string) => ({ function: "study", argument });
  const columns = givenColumns(given.get("columns"), spot("columns"));
  refuseNumbers(Object.keys(columns));
  const definition = {
    index_date: indexDateOf(given.get("indexDate") ?? null),
    default_expectations: defaultsOf(given.get("defaultExpectations")),
    ...dummyDataOf(given.get("dummyData") ?? "independent"),
    population: givenColumn(given.get("population"), spot("population")),
    columns,
    column_order: Object.freeze(Object.keys(columns)),
    ...callStack(),
  };
  return Object.freeze(definition) as unknown as Study<TypesOfColumns<Columns>>;
}

function indexDateOf(given: unknown): string | null {
  if (given === null || typeof given === "string") return given;
  const wayOut = 'Write indexDate: "2020-03-01".';
  const facts = { function: "study", argument: "indexDate", expected: "text" };
  return fail("value-wrong", { ...facts, found: describeValue(given), wayOut });
}

function defaultsOf(given: unknown): Expectations | null {
  if (given === undefined || given === null) return null;
  const spot = { function: "study", argument: "defaultExpectations" };
  return givenArgument("expectations", given, spot) as Expectations;
}

function dummyDataOf(given: unknown): Pick<StudyDefinition, "dummy_data"> {
  if (given === "independent") return {};
  if (given === "derived") return { dummy_data: given };
  const found = typeof given === "string" ? JSON.stringify(given) : describeValue(given);
  return fail("unknown-dummy-data", { function: "study", found });
}

/** JavaScript moves such names to the front, so that the order of columns would not be the author's. */
function refuseNumbers(names: readonly string[]): void {
  const name = names.find((each) => /^\d+$/.test(each));
  if (name !== undefined) fail("column-name-is-a-number", { function: "study", name });
}
