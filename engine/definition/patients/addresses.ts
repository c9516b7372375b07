/** Where patients live. */
import type { Categories, CategoryType } from "../categories.ts";
import type { Column } from "../column.ts";
import type { DateText } from "../dates/date-text.ts";
import { buildColumn } from "./build-column.ts";
import type { ExpectationsOption } from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

export interface AddressOptions extends ExpectationsOption {
  /** 100 with `index_of_multiple_deprivation`, where it is required; nothing otherwise. */
  roundToNearest?: 100;
}

/**
 * Something about the place where a patient lives on a date. Of several addresses the one that began
 * last; among equals one with a postcode before one without.
 *
 * | `returning` | holds | no address |
 * |---|---|---|
 * | `index_of_multiple_deprivation` | rank 1 (most deprived) to 32,844 (least), rounded to hundreds; 0 is the first fifty ranks; -1 not known. Needs `roundToNearest: 100` | -1 |
 * | `rural_urban_classification` | 1 urban major conurbation, 2 urban minor conurbation, 3 urban city and town, 4 the same in a sparse setting, 5 rural town and fringe, 6 the same, sparse, 7 rural village and dispersed, 8 the same, sparse; -1 not known | 0 |
 * | `msoa` | text: the area code, `E02000001`, or `NPC` for no postcode | "" |
 *
 * @param date May be relative to another column's date.
 * @example
 * imd: patients.addressAsOf("index_date", "index_of_multiple_deprivation", { roundToNearest: 100 })
 */
export function addressAsOf<const Returning extends ReturningOf<"address_as_of">>(
  date: DateText,
  returning: Returning,
  options?: AddressOptions,
): Column<Returned<"address_as_of", Returning>> {
  return buildColumn("address_as_of", [date, returning], options);
}

export interface CareHomeOptions<Given extends Categories> extends ExpectationsOption {
  /**
   * Categories in the order in which they are tried, one of them "DEFAULT". Their expressions know
   * three names: `IsPotentialCareHome`, `LocationRequiresNursing` and `LocationDoesNotRequireNursing`;
   * the latter two hold 'Y' or 'N', and neither they nor their negation hold where no care home is.
   */
  categorisedAs?: Given;
}

/**
 * Whether a patient's address on a date is likely to be a care home: 1 or 0, or the categories that
 * `categorisedAs` gives. The address is chosen as by {@link addressAsOf}. Patients without any address
 * get 0 ("" for text categories), not the DEFAULT category.
 *
 * @param date May be relative to another column's date.
 * @example
 * care_home: patients.careHomeStatusAsOf("index_date", {
 *   categorisedAs: {
 *     nursing: "IsPotentialCareHome AND LocationRequiresNursing = 'Y'",
 *     other_home: "IsPotentialCareHome",
 *     private: "DEFAULT",
 *   },
 * })
 */
export function careHomeStatusAsOf<
  const Given extends Categories = readonly [readonly [1, string], readonly [0, string]],
>(date: DateText, options?: CareHomeOptions<Given>): Column<CategoryType<Given>> {
  return buildColumn("care_home_status_as_of", [date], options);
}

/**
 * Something about the household in which a patient lived on 1 February 2020, the only day for which
 * households were worked out. Households without a fixed address are left out.
 *
 * | `returning` | holds |
 * |---|---|
 * | `pseudo_id` | whole number that stands for the household |
 * | `household_size` | number of its members |
 * | `is_prison` | 1 if it is a prison |
 * | `has_members_in_other_ehr_systems` | 1 if some members are registered elsewhere |
 * | `percentage_of_members_with_data_in_this_backend` | 0 to 100 |
 * | `msoa` | text: the area code |
 *
 * Patients without a household get 0, or "" for `msoa`.
 *
 * @example household: patients.householdAsOf("2020-02-01", "household_size")
 */
export function householdAsOf<const Returning extends ReturningOf<"household_as_of">>(
  referenceDate: DateText,
  returning: Returning,
  options?: ExpectationsOption,
): Column<Returned<"household_as_of", Returning>> {
  return buildColumn("household_as_of", [referenceDate, returning], options);
}
