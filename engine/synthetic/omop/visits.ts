/** Visits: hospital stays, attendances at accident and emergency, outpatient appointments, and those in general practice. */
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Columns } from "../insert.ts";
import { insertOmop } from "./omop-tables.ts";
import { FROM_RECORD, ofPeople } from "./people.ts";
import { tpp } from "./recorded-codes.ts";

/** Numbers of visits of each kind, so that none of one is of another. */
export const visitId = {
  hospital: sql`"APCS_Ident" * 4`,
  emergency: sql`"EC_Ident" * 4 + 1`,
  outpatient: sql`"OPA_Ident" * 4 + 2`,
  practice: sql`"Appointment_ID" * 4 + 3`,
} as const;

function visits(columns: Columns, rows: Sql): Sql {
  const usual = { person_id: sql`"Patient_ID"`, visit_type_concept_id: FROM_RECORD };
  return insertOmop("visit_occurrence", { ...usual, ...columns }, rows);
}

function onOneDay(time: Sql): Columns {
  return { visit_start_date: sql`${time}::DATE`, visit_end_date: sql`${time}::DATE` };
}

export const visitStatements: readonly Sql[] = [
  visits(
    {
      visit_occurrence_id: visitId.hospital,
      visit_concept_id: sql`9201`,
      visit_start_date: sql`"Admission_Date"::DATE`,
      visit_end_date: sql`"Discharge_Date"::DATE`,
      visit_source_value: sql`'hospital'`,
      admitted_from_concept_id: sql`0`,
      admitted_from_source_value: sql`"Source_of_Admission"`,
      discharged_to_concept_id: sql`0`,
      discharged_to_source_value: sql`"Discharge_Destination"`,
    },
    ofPeople(tpp("APCS_ARCHIVED")),
  ),
  visits(
    {
      visit_occurrence_id: visitId.emergency,
      visit_concept_id: sql`9203`,
      ...onOneDay(sql`"Arrival_Date"`),
      visit_source_value: sql`'emergency'`,
      discharged_to_concept_id: sql`0`,
      discharged_to_source_value: sql`"Discharge_Destination_SNOMED_CT"`,
    },
    ofPeople(tpp("EC_ARCHIVED")),
  ),
  visits(
    {
      visit_occurrence_id: visitId.outpatient,
      visit_concept_id: sql`9202`,
      ...onOneDay(sql`"Appointment_Date"`),
      visit_source_value: sql`'outpatient'`,
    },
    // Those who came.
    sql`${ofPeople(tpp("OPA_ARCHIVED"))} WHERE "Attendance_Status" IN ('5', '6')`,
  ),
  visits(
    {
      visit_occurrence_id: visitId.practice,
      visit_concept_id: sql`581477`,
      ...onOneDay(sql`"SeenDate"`),
      visit_start_datetime: sql`"SeenDate"`,
      care_site_id: sql`"Organisation_ID"`,
      visit_source_value: sql`'practice'`,
    },
    // Those that took place.
    sql`${ofPeople(tpp("Appointment"))} WHERE "Status" IN (1, 3, 4, 8, 9, 16) AND "SeenDate" < TIMESTAMP '9999-01-01'`,
  ),
];
