/** A cohort of every type, what other programs must find in it, and the frame that they write. */
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";

export const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill", type: "bool" },
  { name: "bmi", type: "float" },
  { name: "sex", type: "str" },
  { name: "seen", type: "date", dateFormat: "YYYY-MM-DD" },
];

export const cohort: CohortBatch = {
  rows: 4,
  columns: [
    { type: "int", values: Float64Array.of(1, 2, 2 ** 31, 2 ** 53 - 1) },
    { type: "bool", values: Uint8Array.of(1, 0, 0, 1) },
    { type: "float", values: Float64Array.of(27.9, 0, NaN, 0.1) },
    { type: "str", codes: Uint32Array.of(1, 0, 2, 1), values: ["", "F", "Zürich 😀"] },
    { type: "date", values: Int32Array.of(18_321, NO_DATE, 2_932_896, -719_162) },
  ],
};

export const cells = [
  ["patient_id", "ill", "bmi", "sex", "seen"],
  ["1", "1", "27.9", "F", "2020-02-29"],
  ["2", "0", "0.0", "", ""],
  ["2147483648", "0", "", "Zürich 😀", "9999-12-31"],
  ["9007199254740991", "1", "0.1", "F", "0001-01-01"],
];

/** What `frame_to_write` of arrow-frames.py and of r-frames.R holds. */
export const theirCells = [
  ["patient_id", "sex", "ill", "bmi", "seen", "place", "imd"],
  ["3", "F", "1", "27.9", "2020-02-29", "Leeds", "0"],
  ["7", "", "0", "", "", "", "100"],
  ["9", "M", "1", "0.1", "1999-12-31", "ZürichZürichZürich", "0"],
];
