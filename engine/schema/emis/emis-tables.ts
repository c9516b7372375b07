/** The tables of an EMIS database and the kind of each column. A row of patients is a registration. */
import { columns } from "../physical-table.ts";
import type { PhysicalKind, PhysicalTable, PhysicalTables } from "../physical-table.ts";

export const PATIENTS = "patient_all_orgs_v2";

/** In production a hash in hexadecimal digits; a whole number in databases that were made up. */
export type RegistrationIds = Extract<PhysicalKind, "int" | "text">;

const coded = columns({
  text: "registration_id hashed_organisation",
  long: "snomed_concept_id",
  datetime: "effective_date",
});

const tables = {
  [PATIENTS]: columns({
    text: "registration_id nhs_no hashed_organisation msoa stp_code stp_name english_region_code english_region_name",
    date: "date_of_birth date_of_death registered_date registration_end_date",
    int: "gender rural_urban imd_rank",
  }),
  observation_all_orgs_v2: { ...coded, ...columns({ real: "value_pq_1" }) },
  medication_all_orgs_v2: coded,
  immunisation_all_orgs_v2: coded,
  icnarc_view: columns({
    text: "registration_id hashed_organisation",
    datetime: "icuadmissiondatetime",
    date: "originalicuadmissiondate",
    int: "icnarc_id basicdays_respiratorysupport advanceddays_respiratorysupport ventilator",
  }),
  ons_view: columns({
    text: "pseudonhsnumber hashed_organisation sex icd10u icd10001 icd10002 icd10003 icd10004 icd10005 icd10006 icd10007 icd10008 icd10009 icd10010 icd10011 icd10012 icd10013 icd10014 icd10015 upload_date",
    int: "ageinyrs reg_stat_dod",
  }),
  cpns_view: columns({
    text: "registration_id hashed_organisation",
    date: "dateofdeath",
  }),
} as const satisfies PhysicalTables;

export function emisTables(ids: RegistrationIds): PhysicalTables {
  return Object.fromEntries(
    Object.entries<PhysicalTable>(tables).map(([name, table]) => [
      name,
      "registration_id" in table ? { ...table, registration_id: ids } : table,
    ]),
  );
}
