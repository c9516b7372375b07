/**
 * What a study's file imports from "cohortline". Everything here is plain data and pure functions;
 * files are read and written, and databases asked, only when cohortline runs the study.
 */

/** Every column starts here: `patients.ageAsOf("index_date")`. */
export * as patients from "./definition/patients/index.ts";

export { study } from "./definition/study-builder.ts";
export { fromFile, measure } from "./definition/measure-builder.ts";
export {
  codelist,
  combineCodelists,
  filterCodesByCategory,
} from "./definition/codelists/codelist.ts";
export { codelistFromCsv } from "./definition/codelists/codelist-from-csv.ts";
export { lookedUp } from "./definition/codelists/looked-up.ts";
export { param, params } from "./definition/params.ts";
export { writeOutput } from "./definition/output-file.ts";
export { studyFromJson } from "./definition/json/study-json.ts";

export type { Categories } from "./definition/categories.ts";
export type { CodelistFileOptions } from "./definition/codelists/codelist-from-csv.ts";
export type { CodeMatch } from "./definition/codelists/code-match.ts";
export type { LookUpOptions } from "./definition/codelists/looked-up.ts";
export type { AnyColumn, Column, NamedColumns } from "./definition/column.ts";
export type { DateText } from "./definition/dates/date-text.ts";
export type {
  ExpectationsGiven as Expectations,
  Ratios,
} from "./definition/expectations/expectations-given.ts";
export type { FileColumn, MeasureOptions } from "./definition/measure-builder.ts";
export type { Codelist, MeasureDefinition, StudyDefinition } from "./definition/model.ts";
export type { ColumnTypes, Study, StudyOptions } from "./definition/study-builder.ts";
export type { DateFormat } from "./base/dates.ts";
export type { ValueType } from "./base/value-types.ts";
