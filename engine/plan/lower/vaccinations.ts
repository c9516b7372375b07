/** Vaccinations, and what their records tell besides. */
import type { VaccineTexts } from "../../definition/checked-arguments.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { vaccinations } from "../../definition/functions/vaccinations.ts";
import { compare, field, text } from "../model/value.ts";
import { existsIn, isOneOf, lowerDatedRows, matching } from "./dated-rows.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

function lowerVaccination(
  column: CheckedColumn<"with_vaccination_record" | "with_tpp_vaccination_record">,
  vaccine: VaccineTexts,
  to: Lowering,
): Lowered {
  const rows = matching(
    "vaccinations",
    ...isOneOf("target_disease", vaccine.target_disease_matches, to),
    ...isOneOf("product", vaccine.product_name_matches, to),
  );
  return lowerDatedRows(column, rows, "given_at", to);
}

export const lowerVaccinations: LowerFamily<typeof vaccinations> = {
  with_vaccination_record: (column, to) => lowerVaccination(column, column.args.tpp, to),
  with_tpp_vaccination_record: (column, to) => lowerVaccination(column, column.args, to),
  with_healthcare_worker_flag_on_covid_vaccine_record: (_column, to) => {
    const isOne = compare(field("flag"), "=", text("Y"), "folded");
    return { value: existsIn(matching("healthcare_workers", isOne), to) };
  },
};
