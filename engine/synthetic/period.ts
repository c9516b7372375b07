/** The time that the records tell of. */

/** Events are recorded from this day on. */
export const FIRST_DAY = "2010-01-01";

/** Nothing is dated later, sentinels aside. */
export const LAST_DAY = "2024-12-31";

/** Stands for "not yet" in these databases. */
export const OPEN_END = "9999-12-31";

/** Stands for a day that nobody noted. */
export const UNKNOWN_DAY = "1900-01-01";

/** Households are those of this day. */
export const HOUSEHOLD_DAY = "2020-02-01";

/** No COVID-19 before it. */
export const COVID_DAY = "2020-02-01";

/** No vaccination against COVID-19 before it. */
export const COVID_VACCINE_DAY = "2020-12-08";
