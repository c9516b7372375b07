/**
 * A study after `check`: every name resolved, every type decided, legacy spellings gone.
 * Everything after the definition layer (dummy data, plan, measures, files) reads this form only.
 */
import type { DateFormat, IsoDate } from "../base/dates.ts";
import type { ValueType } from "../base/value-types.ts";
import type { CheckedArgs, CheckedDates } from "./checked-arguments.ts";
import type { Condition } from "./conditions/condition.ts";
import type { DateExpression } from "./dates/date-expression.ts";
import type { FunctionName } from "./function-table.ts";
import type { DummyData, Expectations, MeasureDefinition } from "./model.ts";

/** Both ends inclusive; null = open. */
export interface Period {
  readonly from: DateExpression | null;
  readonly to: DateExpression | null;
}

/** One value of `categorised_as`, `satisfying` or `care_home_status_as_of`, in the author's order. */
export interface CategoryRule {
  readonly value: number | string;
  /** null marks the DEFAULT. */
  readonly when: Condition | null;
}

/** What is known of a column whatever its function. */
interface ColumnFacts {
  readonly name: string;
  readonly type: ValueType;
  /** What the cohort file shows of a date; null for other types. */
  readonly dateFormat: DateFormat | null;
  readonly hidden: boolean;
  readonly period: Period | null;
  /** Null unless the function decides by conditions. */
  readonly rules: readonly CategoryRule[] | null;
  /** Names of the columns this one reads, in order of first mention. */
  readonly reads: readonly string[];
  /** Whether its value can differ between index dates, through any column it reads. */
  readonly readsIndexDate: boolean;
  /** The author's `return_expectations`, before `default_expectations` are merged in. */
  readonly expectations: Expectations | null;
  readonly place?: { readonly file: string; readonly line: number };
}

interface ColumnOf<Name extends FunctionName> extends ColumnFacts {
  readonly function: Name;
  /** Normalised: no legacy flags, no nested definitions; the study's own names otherwise. */
  readonly args: CheckedArgs<Name>;
  /** `date`, `reference_date`, `start_date`, `end_date` where the function has them. */
  readonly dates: CheckedDates<Name>;
}

/** A column of any function, or of those named: `function` tells which arguments it has. */
export type CheckedColumn<Name extends FunctionName = FunctionName> = {
  [Each in Name]: ColumnOf<Each>;
}[Name];

export interface CheckedStudy {
  /** `study_definition`, `study_definition_copd`. */
  readonly name: string;
  /** The study's own index date, used when no range is given. */
  readonly indexDate: IsoDate | null;
  readonly defaultExpectations: Expectations | null;
  readonly dummyData: DummyData;
  /** Every column, hidden ones and the population too, each after all that it reads. */
  readonly columns: readonly CheckedColumn[];
  /** Visible columns in the order of the cohort file, `patient_id` not among them. */
  readonly output: readonly string[];
  /** Name of the population column, which no author's column can have. */
  readonly population: "population";
  /**
   * A hidden column that tells how many conditions of the population a patient meets in a row from the first on;
   * absent unless they are to be counted.
   */
  readonly passedConditions?: string;
  readonly measures: readonly MeasureDefinition[];
}

/** Paths of the files from which columns take values, each once. */
export function valueFilesOf(columns: readonly CheckedColumn[]): readonly string[] {
  return [...new Set(columns.flatMap(({ args }) => ("f_path" in args ? [args.f_path] : [])))];
}
