/** `measure`: a ratio over the cohort, in groups. */
import { callStack } from "./call-stack.ts";
import { givenOptions } from "./given-options.ts";
import type { Json, MeasureDefinition } from "./model.ts";
import { isPlainObject } from "./plain-object.ts";
import { plainValue } from "./plain-value.ts";
import type { ColumnTypes, Study } from "./study-builder.ts";

/** A column that the study does not define but its cohort files have. In a text it is its name. */
export interface FileColumn {
  readonly fromFile: string;
  toString(): string;
}

/** Names of columns that can be added up, and `population`, which is 1 for everybody. */
export type NumberName<Types extends ColumnTypes> =
  | { [Name in keyof Types]: Types[Name] extends "str" | "date" ? never : Name }[keyof Types]
  | "population"
  | FileColumn;

/** Names of columns to group by. `population` alone is one group of everybody. */
export type GroupName<Types extends ColumnTypes> = keyof Types | "population" | FileColumn;

export interface MeasureOptions<Types extends ColumnTypes> {
  /** Names the files, `measure_ID.csv`: whatever can be a file's name on Linux, macOS and Windows. */
  id: string;
  /** The column that is added up above the line. */
  numerator: NumberName<Types>;
  /** The column that is added up below the line; `"population"` counts patients. */
  denominator: NumberName<Types>;
  /**
   * The column, or list of columns, whose values make the groups; `"population"` for one group of
   * everybody. Without it there is one row for each patient.
   */
  groupBy?: GroupName<Types> | readonly GroupName<Types>[];
  /**
   * Which rows there are with two or more columns in `groupBy`. `"all"`: every combination of the values
   * that occur, with zeros where nobody has it (default). `"observed"`: only those that somebody has.
   */
  groups?: "all" | "observed";
  /**
   * Hide counts up to 5, and what would give them away; `{ threshold: 7 }` hides counts up to 7. Off by
   * default.
   */
  smallNumberSuppression?: boolean | { threshold: number };
  /**
   * Round numerator and denominator after suppression, and compute the value from the rounded numbers.
   * `{ to: 5 }`: to the nearest 5, a half up. `"midpoint6"`: 0 stays 0, 1 to 6 become 3, 7 to 12 become
   * 9, and so on. Off by default.
   */
  rounding?: { to: number } | "midpoint6";
}

/**
 * A measure: for each group of patients, numerator divided by denominator. The names must be columns
 * of the study's cohort files; one that another action adds to the files is marked with
 * {@link fromFile}.
 *
 * @example
 * export const measures = [
 *   measure(theStudy, {
 *     id: "asthma_by_region",
 *     numerator: "has_asthma",
 *     denominator: "population",
 *     groupBy: ["region", "sex"],
 *     smallNumberSuppression: true,
 *   }),
 * ];
 */
export function measure<Types extends ColumnTypes>(
  _study: Study<Types>,
  options: MeasureOptions<NoInfer<Types>>,
): MeasureDefinition {
  const given = new Map(givenOptions("measure", options, known));
  const marked = new Set<string>();
  const part = (name: string): Json => {
    const value = withoutMarks(given.get(name) ?? null, marked);
    return plainValue(value, { function: "measure", argument: name });
  };
  const group = part("groupBy");
  const definition = {
    id: part("id"),
    numerator: part("numerator"),
    denominator: part("denominator"),
    group_by: typeof group === "string" ? Object.freeze([group]) : group,
    ...(given.get("groups") === undefined ? {} : { groups: part("groups") }),
    small_number_suppression: part("smallNumberSuppression") ?? false,
    ...(given.get("rounding") === undefined ? {} : { rounding: part("rounding") }),
  };
  const fromFiles = marked.size === 0 ? {} : { from_file: Object.freeze([...marked]) };
  const whole = { ...definition, ...fromFiles, ...callStack() };
  const measured = Object.freeze(whole) as unknown as MeasureDefinition;
  // Elsewhere nobody would ask for them, nor end the list.
  if (globalThis.cohortlineHost !== undefined) made.push(measured);
  return measured;
}

const made: MeasureDefinition[] = [];

/** Every measure that was made while the sandbox runs a study, in the order of the calls. */
export function measuresMade(): readonly MeasureDefinition[] {
  return made;
}

/** The names alone; those that `fromFile` marks are kept in `marked`. */
function withoutMarks(value: unknown, marked: Set<string>): unknown {
  if (Array.isArray(value)) return value.map((each: unknown) => withoutMarks(each, marked));
  if (!isPlainObject(value) || typeof value["fromFile"] !== "string") return value;
  marked.add(value["fromFile"]);
  return value["fromFile"];
}

const known = [
  ...["id", "numerator", "denominator", "groupBy"],
  ...["groups", "smallNumberSuppression", "rounding"],
];

/**
 * The name of a column that is in the cohort files when measures are made though the study does not
 * define it, because another action of the pipeline adds it.
 *
 * @example groupBy: fromFile("ethnicity")
 */
export function fromFile(name: string): FileColumn {
  return Object.freeze({ fromFile: name, toString: () => name });
}
