/** A cohort with what is hardest to say to Stata, and what other programs must find in its file. */
import { isoDateOf, toDayNumber } from "../../engine/base/dates.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";

export const FULL_NAME = "a_name_of_more_than_thirty_two_characters";
export const SHORTENED = FULL_NAME.slice(0, 32);

export const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "flag", type: "bool" },
  { name: "count", type: "int" },
  { name: "size", type: "float" },
  { name: "sex", type: "str" },
  { name: "nothing", type: "str" },
  { name: "note", type: "str" },
  { name: FULL_NAME, type: "date", dateFormat: "YYYY-MM-DD" },
  { name: "month", type: "date", dateFormat: "YYYY-MM" },
  { name: "year", type: "date", dateFormat: "YYYY" },
];

const days = ["1959-12-31", null, "2020-02-29", "9999-12-31"].map((day) =>
  day === null ? NO_DATE : toDayNumber(isoDateOf(day)),
);

const words = (...texts: string[]) =>
  ({ type: "str", values: texts, codes: Uint32Array.from(texts.keys()) }) as const;

export const batch: CohortBatch = {
  rows: 4,
  columns: [
    { type: "int", values: Float64Array.of(1, 20, 300, 2_147_483_620) },
    { type: "bool", values: Uint8Array.of(1, 0, 1, 0) },
    { type: "int", values: Float64Array.of(0, -7, 2_147_483_621, Number.MAX_SAFE_INTEGER) },
    { type: "float", values: Float64Array.of(0.1, NaN, -1e300, 8.9e307) },
    words("F", "", "é\u{1f600}", " M "),
    words("", "", "", ""),
    words("short", "x".repeat(3000), "", "é".repeat(1500)),
    { type: "date", values: Int32Array.from(days) },
    { type: "date", values: Int32Array.from(days) },
    { type: "date", values: Int32Array.from(days) },
  ],
};

/** Cells as other readers must find them, dates being the first days of months and years. */
export const expected = {
  patient_id: ["1", "20", "300", "2147483620"],
  flag: ["1", "0", "1", "0"],
  count: ["0", "-7", "2147483621", "9007199254740991"],
  size: ["0.1", "", "-1e+300", "8.9e+307"],
  sex: ["F", "", "é\u{1f600}", " M "],
  nothing: ["", "", "", ""],
  note: ["short", "x".repeat(3000), "", "é".repeat(1500)],
  [SHORTENED]: ["1959-12-31", "", "2020-02-29", "9999-12-31"],
  month: ["1959-12-01", "", "2020-02-01", "9999-12-01"],
  year: ["1959-01-01", "", "2020-01-01", "9999-01-01"],
};
