/** Values from files. */
import type { files } from "../../definition/functions/files.ts";
import type { Rows } from "../model/rows.ts";
import { field, integer } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import type { LowerFamily, Lowering } from "./lowering.ts";

/** A file has one row for a patient; two are found before the cohort file gets its name. */
function ofEach(rows: Rows, value: Value, to: Lowering): Value {
  return to.summary(rows, { kind: "always" }, { kind: "each", take: { value } })();
}

export const lowerFiles: LowerFamily<typeof files> = {
  with_value_from_file: ({ args: { f_path: path, returning: column }, type }, to) => ({
    value: ofEach(to.file({ path, column, type }), field("value"), to),
  }),
  which_exist_in_file: ({ args: { f_path: path } }, to) => ({
    value: ofEach(to.file({ path, column: null, type: "bool" }), integer(1), to),
  }),
};
