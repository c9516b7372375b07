/** Prescriptions, and vaccinations, which are known by the names of their products. */
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { insertOmop } from "./omop-tables.ts";
import { FROM_RECORD } from "./people.ts";
import { tpp } from "./recorded-codes.ts";

const PRESCRIBED = sql`32838`;

/** A row of the table has one number, and neither kind has that of the other. */
export const drugStatements: readonly Sql[] = [
  insertOmop(
    "drug_exposure",
    {
      drug_exposure_id: sql`r."MedicationIssue_ID" * 2`,
      person_id: sql`r."Patient_ID"`,
      drug_concept_id: sql`c.standard`,
      drug_exposure_start_date: sql`r."ConsultationDate"::DATE`,
      drug_exposure_start_datetime: sql`r."ConsultationDate"`,
      // The model wants an end, and a prescription has none: four weeks are assumed.
      drug_exposure_end_date: sql`r."ConsultationDate"::DATE + 27`,
      drug_type_concept_id: PRESCRIBED,
      sig: sql`r."Dose"`,
      drug_source_value: sql`left(d."DMD_ID", 50)`,
      drug_source_concept_id: sql`c.source`,
    },
    sql`${tpp("MedicationIssue")} AS r SEMI JOIN work.people AS p ON p.id = r."Patient_ID"
      JOIN ${tpp("MedicationDictionary")} AS d USING ("MultilexDrug_ID")
      JOIN work.codes AS c ON c.system = 'dmd' AND c.code = d."DMD_ID" WHERE r."ConsultationDate" IS NOT NULL`,
  ),
  insertOmop(
    "drug_exposure",
    {
      drug_exposure_id: sql`r."Vaccination_ID" * 2 + 1`,
      person_id: sql`r."Patient_ID"`,
      drug_concept_id: sql`c.standard`,
      drug_exposure_start_date: sql`r."VaccinationDate"::DATE`,
      drug_exposure_start_datetime: sql`r."VaccinationDate"`,
      drug_exposure_end_date: sql`r."VaccinationDate"::DATE`,
      drug_type_concept_id: FROM_RECORD,
      drug_source_value: sql`left(r."VaccinationName", 50)`,
    },
    sql`${tpp("Vaccination")} AS r SEMI JOIN work.people AS p ON p.id = r."Patient_ID"
      JOIN work.codes AS c ON c.system = 'vaccine' AND c.code = r."VaccinationName" WHERE r."VaccinationDate" IS NOT NULL`,
  ),
];
