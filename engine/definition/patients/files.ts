/** Values that earlier actions left in files. */
import type { ValueType } from "../../base/value-types.ts";
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type { DateFormatOption } from "./options.ts";

/**
 * A patient's value in a column of a file. Patients who are not in the file, or whose cell there is
 * blank, get the empty value of the type: 0 or "".
 *
 * @param path A `.csv` or `.csv.gz` file of the workspace with a column `patient_id`, each patient in
 * one row at most.
 * @param returning The name of the file's column: letters, digits and underscores.
 * @param returningType How its cells are read: `"bool"` (0 or 1), `"int"`, `"float"`, `"str"`, or
 * `"date"` (YYYY-MM-DD).
 * @param options Dates are shown whole unless `dateFormat` says less. Dummy data come from the file
 * too, so there are no expectations.
 * @example case_date: patients.withValueFromFile("output/cases.csv", "case_date", "date")
 */
export function withValueFromFile<const Type extends ValueType>(
  path: string,
  returning: string,
  returningType: Type,
  options?: DateFormatOption,
): Column<Type> {
  return buildColumn("with_value_from_file", [path, returning, returningType], options);
}

/**
 * 1 for patients whose id is in a file, 0 for others.
 *
 * @param path A `.csv` or `.csv.gz` file of the workspace with a column `patient_id`.
 * @example population: patients.whichExistInFile("output/matched_controls.csv")
 */
export function whichExistInFile(path: string): Column<"bool"> {
  return buildColumn("which_exist_in_file", [path]);
}
