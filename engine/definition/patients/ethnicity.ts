/** Ethnicity as hospitals recorded it. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type { ExpectationsOption, Occurrence } from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

/**
 * The ethnicity that hospitals recorded most often for a patient, over admissions, emergency care and
 * outpatients of all time. "Not stated" and "not known" do not count.
 *
 * | `returning` | holds |
 * |---|---|
 * | `code` | the code as recorded, `A` to `S`, sometimes with a further character |
 * | `group_6` | `1` White, `2` Mixed, `3` Asian, `4` Black, `5` Other; `0` otherwise |
 * | `group_16` | `1` to `16`, the groups of the 2001 census; `0` otherwise |
 *
 * All three are text. Patients without a record get `0` for the groups and "" for the code.
 *
 * @param useMostFrequentCode Must be `true`: it is the only way to choose.
 * @example ethnicity: patients.withEthnicityFromSus("group_6", true)
 */
export function withEthnicityFromSus<
  const Returning extends ReturningOf<"with_ethnicity_from_sus">,
>(
  returning: Returning,
  useMostFrequentCode: true,
  options?: ExpectationsOption<Occurrence | "category">,
): Column<Returned<"with_ethnicity_from_sus", Returning>> {
  return buildColumn("with_ethnicity_from_sus", [returning, useMostFrequentCode], options);
}
