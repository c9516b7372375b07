/** Vaccinations, and what their records tell besides. */
import type { vaccinations } from "../../engine/definition/functions/vaccinations.ts";
import { ownRows, rowsOf } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { sameText, suits } from "./fold-text.ts";
import { flag, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { matched } from "./matched.ts";
import { day, text } from "./row.ts";
import type { Row } from "./row.ts";

type Vaccination = Asked<"with_vaccination_record" | "with_tpp_vaccination_record">;

function vaccination(asked: Vaccination): Found {
  const inPeriod = periodOf(asked);
  const given = ownRows(asked, "Vaccination").filter(
    (row) => inPeriod(day(row, "VaccinationDate")) && isWanted(asked, row),
  );
  return matched(asked, given, "VaccinationDate") ?? nothing;
}

/** One row of the reference table must suit in both its disease and its product. */
function isWanted(asked: Vaccination, vaccination: Row): boolean {
  const { args } = asked.column;
  const wanted = "tpp" in args ? args.tpp : args;
  return rowsOf(asked, "VaccinationReference").some(
    (row) =>
      row["VaccinationName_ID"] === vaccination["VaccinationName_ID"] &&
      suits(text(row, "VaccinationContent"), wanted.target_disease_matches) &&
      suits(text(row, "VaccinationName"), wanted.product_name_matches),
  );
}

function healthcareWorker(asked: Asked): Found {
  return flag(
    ownRows(asked, "HealthCareWorker").some((row) => sameText(text(row, "HealthCareWorker"), "Y")),
  );
}

export const answerVaccinations: AnswerFamily<typeof vaccinations> = {
  with_vaccination_record: vaccination,
  with_tpp_vaccination_record: vaccination,
  with_healthcare_worker_flag_on_covid_vaccine_record: healthcareWorker,
};
