/** SARS-CoV-2 tests. */
import type { Column } from "../column.ts";
import { buildColumn } from "./build-column.ts";
import type {
  DateFormatOption,
  ExpectationsOption,
  FindOptions,
  PeriodOptions,
  ReturningOption,
} from "./options.ts";
import type { Returned, ReturningOf } from "./returned.ts";

type TestReturning = ReturningOf<"with_test_result_in_sgss">;

export interface CovidTestOptions<Returning extends TestReturning>
  extends
    ReturningOption<Returning>,
    PeriodOptions,
    FindOptions,
    DateFormatOption,
    ExpectationsOption {
  /** Which results count; `"any"` if not given. */
  testResult?: "any" | "positive" | "negative";
  /**
   * True, the usual: one record for each patient and result, with the date of the earliest specimen.
   * False: every test that was made.
   */
  restrictToEarliestSpecimenDate?: boolean;
}

/**
 * Tests for SARS-CoV-2 reported to SGSS, dated by specimen. The latest test in the period is taken, or
 * the earliest with `findFirstMatchInPeriod`.
 *
 * | `returning` | holds | available |
 * |---|---|---|
 * | `binary_flag` (default) | 1 if there is a test in the period | always |
 * | `date` | the date of the specimen | always |
 * | `s_gene_target_failure` | `1` failed (suggests the Alpha variant), `0` detected, `9` cannot tell, "" for negative tests | always |
 * | `case_category` | `LFT_Only`, `PCR_Only`, `LFT_WithPCR` | earliest positive specimens only |
 * | `variant` | the variant, `VOC-20DEC-01` | all tests only |
 * | `variant_detection_method` | how it was found | all tests only |
 * | `symptomatic` | `Y`, `N`, or "" if not known | all tests only |
 * | `number_of_matches_in_period` | how many tests | all tests only |
 *
 * "All tests" means `restrictToEarliestSpecimenDate: false`. Patients without a test get 0, or "".
 *
 * @example
 * first_positive: patients.withTestResultInSgss("SARS-CoV-2", {
 *   testResult: "positive",
 *   returning: "date",
 *   dateFormat: "YYYY-MM-DD",
 *   findFirstMatchInPeriod: true,
 * })
 */
export function withTestResultInSgss<const Returning extends TestReturning = "binary_flag">(
  pathogen: "SARS-CoV-2",
  options?: CovidTestOptions<Returning>,
): Column<Returned<"with_test_result_in_sgss", Returning>> {
  return buildColumn("with_test_result_in_sgss", [pathogen], options);
}
