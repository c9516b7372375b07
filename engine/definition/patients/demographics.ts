/** Who the patients are. */
import type { Column } from "../column.ts";
import type { DateText } from "../dates/date-text.ts";
import { buildColumn } from "./build-column.ts";
import type { DateFormatOption, ExpectationsOption, Occurrence } from "./options.ts";

/**
 * Everybody: 1 for every patient of the database. Use it as a population that leaves nobody out;
 * studies usually want those who are registered instead, see {@link registeredAsOf}.
 *
 * @example population: patients.all()
 */
export function all(): Column<"bool"> {
  return buildColumn("all", []);
}

/**
 * A random part of the patients, 1 for about `percent` in a hundred and 0 for the others. The choice
 * hangs on the patient alone: it is the same on every run and at every index date.
 *
 * @param percent Share of patients in percent, above 0.
 * @example population: patients.randomSample(5)
 */
export function randomSample(
  percent: number,
  options?: ExpectationsOption<Occurrence | "bool">,
): Column<"bool"> {
  return buildColumn("random_sample", [percent], options);
}

/**
 * The patient's sex as recorded: `M`, `F`, `I` (intersex) or `U` (unknown). Empty if not recorded.
 *
 * @example
 * sex: patients.sex({ returnExpectations: { rate: "universal", category: { ratios: { F: 0.51, M: 0.49 } } } })
 */
export function sex(options?: ExpectationsOption<Occurrence | "category">): Column<"str"> {
  return buildColumn("sex", [], options);
}

/**
 * Age in completed years on a date. Recorded births are on the first of a month, so an age can run
 * ahead of the true one by less than a month. 0 without a date of birth or if the date is missing;
 * negative for patients born later.
 *
 * @param referenceDate The day of which the age is wanted; may be relative to another column's date.
 * @example age: patients.ageAsOf("index_date")
 */
export function ageAsOf(
  referenceDate: DateText,
  options?: ExpectationsOption<Occurrence | "int">,
): Column<"int"> {
  return buildColumn("age_as_of", [referenceDate], options);
}

export interface DateOfBirthOptions
  extends DateFormatOption<"YYYY" | "YYYY-MM">, ExpectationsOption<Occurrence> {}

/**
 * The date of birth, as year (default) or year and month; the day is not available to studies.
 * Empty if not recorded.
 *
 * @example born: patients.dateOfBirth({ dateFormat: "YYYY-MM" })
 */
export function dateOfBirth(options?: DateOfBirthOptions): Column<"date"> {
  return buildColumn("date_of_birth", [], options);
}
