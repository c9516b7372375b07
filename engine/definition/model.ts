/**
 * A study as plain data. This is the canonical form: what builders make, what crosses the sandbox
 * boundary as JSON, what `dump_study_yaml` prints and what the recorded cases are written in.
 * Names of functions and arguments are those of the reference, in snake_case.
 */
import type { IsoDate } from "../base/dates.ts";
import type { CodeMatch } from "./codelists/code-match.ts";
import type { FunctionName } from "./function-table.ts";

/** A mapping whose order matters or whose keys are not text, as in the recorded cases. */
export interface Pairs<Key extends number | string = number | string, Value = Json> {
  readonly $pairs: readonly (readonly [Key, Value])[];
}

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Either every code has a category or none has. */
export interface Codelist {
  readonly system: string | null;
  readonly codes: readonly string[] | readonly (readonly [code: string, category: string])[];
  /** How it is looked up in vocabularies, where that is not as for the other codelists. */
  readonly match?: CodeMatch;
  readonly descendants?: boolean;
  /** Where its codes come from, when the sandbox could tell. Never part of a fingerprint. */
  readonly files?: readonly CodelistFile[];
}

/** A file of codes and its column with them. */
export interface CodelistFile {
  readonly file: string;
  readonly column: string;
}

/** Arguments by the reference's names; absent means not given. Checked by `check`, not by type. */
export type Args = Readonly<Record<string, unknown>>;

/** One `patients.*` call. */
export interface ColumnDefinition {
  readonly function: FunctionName;
  readonly args: Args;
  /** Where the author wrote it, when the sandbox could tell. Never part of a fingerprint. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** Dates may be expressions on `index_date` and `today`. */
export interface Expectations {
  readonly rate?: "exponential_increase" | "uniform" | "universal";
  readonly incidence?: number;
  readonly date?: { readonly earliest?: string; readonly latest?: string };
  readonly category?: { readonly ratios: Readonly<Record<string, number>> | Pairs };
  readonly int?: IntDistribution;
  readonly float?: NormalDistribution;
  readonly bool?: boolean;
}

export interface NormalDistribution {
  readonly distribution: "normal";
  readonly mean: number;
  readonly stddev: number;
}

export type IntDistribution =
  | NormalDistribution
  | { readonly distribution: "poisson"; readonly mean: number }
  | { readonly distribution: "population_ages" };

export interface MeasureDefinition {
  readonly id: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly group_by: readonly string[] | null;
  /** Those of its columns that `fromFile` marks; absent = none. */
  readonly from_file?: readonly string[];
  /** Absent = all. */
  readonly groups?: "all" | "observed";
  readonly small_number_suppression: boolean | { readonly threshold: number };
  /** Absent = none. */
  readonly rounding?: { readonly to: number } | "midpoint6";
  /** Where the author wrote it, when the sandbox could tell. Never part of a fingerprint. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** Whether dummy columns that follow from others are worked out from them, or drawn like all others. */
export type DummyData = "independent" | "derived";

export interface StudyDefinition {
  readonly index_date: IsoDate | string | null;
  readonly default_expectations: Expectations | null;
  /** Absent = independent. */
  readonly dummy_data?: DummyData;
  readonly population: ColumnDefinition;
  readonly columns: Readonly<Record<string, ColumnDefinition>>;
  /** The order in which the author wrote the columns; JSON objects do not keep it for names like `1`. */
  readonly column_order: readonly string[];
  /** Where the author called `study`, when the sandbox could tell. Never part of a fingerprint. */
  readonly place?: { readonly file: string; readonly line: number };
}

/** Everything one author's file says. */
export interface StudyFile {
  readonly study: StudyDefinition;
  readonly measures: readonly MeasureDefinition[];
  /** Made by the file and not among its measures; absent = none. */
  readonly left_out?: readonly LeftOutMeasure[];
}

export interface LeftOutMeasure {
  readonly id: string;
  /** The export that holds it instead. */
  readonly exported_as: string | null;
  readonly place?: { readonly file: string; readonly line: number };
}
