/** What must hold of every made-up database: queries for what breaks it, which must find nothing. */

const dead = `"DateOfDeath" < '9999-12-31'`;

/** Rows of the table dated before the birth or after the death of their patient. */
function outOfLife(table: string, column: string, sentinel = "false"): string {
  return `SELECT 1 FROM "${table}" AS r JOIN "Patient" USING ("Patient_ID")
    WHERE NOT (${sentinel}) AND (r."${column}"::DATE < "DateOfBirth" OR r."${column}"::DATE > "DateOfDeath")`;
}

const unknownDay = (column: string): string => `r."${column}" = '1900-01-01'`;

export const coherenceRules: Readonly<Record<string, string>> = {
  "nobody dies before birth": `SELECT 1 FROM "Patient" WHERE "DateOfDeath" < "DateOfBirth"`,
  "births are on the first of a month": `SELECT 1 FROM "Patient" WHERE day("DateOfBirth") <> 1`,
  "a patient is there once": `SELECT 1 FROM "Patient" GROUP BY "Patient_ID" HAVING count(*) > 1`,
  "SNOMED events are within life": outOfLife(
    "CodedEvent_SNOMED",
    "ConsultationDate",
    unknownDay("ConsultationDate"),
  ),
  "CTV3 events are within life": outOfLife(
    "CodedEvent",
    "ConsultationDate",
    unknownDay("ConsultationDate"),
  ),
  "prescriptions are within life": outOfLife(
    "MedicationIssue",
    "ConsultationDate",
    unknownDay("ConsultationDate"),
  ),
  "prescriptions start within life": outOfLife("MedicationIssue", "StartDate"),
  "vaccinations are within life": outOfLife("Vaccination", "VaccinationDate"),
  "appointments are within life": outOfLife(
    "Appointment",
    "SeenDate",
    `r."SeenDate" = '9999-12-31'`,
  ),
  "frailty scores are within life": outOfLife("DecisionSupportValue", "CalculationDateTime"),
  "attendances are within life": outOfLife("EC_ARCHIVED", "Arrival_Date"),
  "admissions are within life": outOfLife("APCS_ARCHIVED", "Admission_Date"),
  "discharges are within life": outOfLife("APCS_ARCHIVED", "Discharge_Date"),
  "outpatient appointments are within life": outOfLife("OPA_ARCHIVED", "Appointment_Date"),
  "positive tests are within life": outOfLife("SGSS_AllTests_Positive", "Specimen_Date"),
  "negative tests are within life": outOfLife("SGSS_AllTests_Negative", "Specimen_Date"),
  "intensive care is within life": outOfLife("ICNARC", "IcuAdmissionDateTime"),
  "the original admission to intensive care is within life": outOfLife(
    "ICNARC",
    "OriginalIcuAdmissionDate",
  ),
  "treatments are within life": outOfLife("Therapeutics", "TreatmentStartDate"),
  "addresses begin within life": outOfLife("PatientAddress", "StartDate"),
  "renal replacement begins within life": outOfLife("UKRR", "rrt_start"),
  "nobody leaves hospital before arriving": `SELECT 1 FROM "APCS_ARCHIVED" WHERE "Discharge_Date" < "Admission_Date"`,
  "the length of a stay is that of its dates": `SELECT 1 FROM "APCS_ARCHIVED"
    WHERE "Der_Spell_LoS" <> "Discharge_Date" - "Admission_Date"`,
  "registrations do not overlap": `SELECT 1 FROM (SELECT "StartDate", lag("EndDate")
      OVER (PARTITION BY "Patient_ID" ORDER BY "StartDate", "EndDate") AS before FROM "RegistrationHistory")
    WHERE "StartDate" < before`,
  "registrations begin before they end": `SELECT 1 FROM "RegistrationHistory" WHERE "EndDate" < "StartDate"`,
  "everybody was registered": `SELECT 1 FROM "Patient" ANTI JOIN "RegistrationHistory" USING ("Patient_ID")`,
  "the registration of a dead person ends at death": `SELECT 1 FROM "Patient"
    JOIN (SELECT "Patient_ID", max("EndDate") AS ends FROM "RegistrationHistory" GROUP BY ALL) USING ("Patient_ID")
    WHERE ${dead} AND ends <> "DateOfDeath"`,
  "registrations have a practice": `SELECT 1 FROM "RegistrationHistory" ANTI JOIN "Organisation" USING ("Organisation_ID")`,
  "appointments have a practice": `SELECT 1 FROM "Appointment" ANTI JOIN "Organisation" USING ("Organisation_ID")`,
  "practices of the trial exist": `SELECT 1 FROM "ClusterRandomisedTrial" ANTI JOIN "Organisation" USING ("Organisation_ID")`,
  "an STP is in one region": `SELECT 1 FROM "Organisation" GROUP BY "STPCode" HAVING count(DISTINCT "Region") > 1`,
  "deprivation is in hundreds or unknown": `SELECT 1 FROM "PatientAddress" WHERE "ImdRankRounded" <> -1
    AND ("ImdRankRounded" % 100 <> 0 OR "ImdRankRounded" NOT BETWEEN 0 AND 32800)`,
  "the rural classification is 1 to 8 or unknown": `SELECT 1 FROM "PatientAddress"
    WHERE "RuralUrbanClassificationCode" NOT IN (-1, 1, 2, 3, 4, 5, 6, 7, 8)`,
  "addresses have numbers of their own": `SELECT 1 FROM "PatientAddress" GROUP BY "PatientAddress_ID" HAVING count(*) > 1`,
  "a household is as large as it has members": `SELECT 1 FROM "Household"
    FULL JOIN (SELECT "Household_ID", count(*) AS members FROM "HouseholdMember" GROUP BY ALL) USING ("Household_ID")
    WHERE members IS DISTINCT FROM "HouseholdSize"`,
  "a patient is in one household": `SELECT 1 FROM "HouseholdMember" GROUP BY "Patient_ID" HAVING count(*) > 1`,
  "members of households were alive on the day of the households": `SELECT 1 FROM "HouseholdMember"
    JOIN "Patient" USING ("Patient_ID") WHERE "DateOfBirth" > '2020-02-01' OR "DateOfDeath" < '2020-02-01'`,
  "events have numbers of their own": `SELECT 1 FROM (SELECT "CodedEvent_ID" FROM "CodedEvent" UNION ALL
    SELECT "CodedEvent_ID" FROM "CodedEvent_SNOMED") GROUP BY "CodedEvent_ID" HAVING count(*) > 1`,
  "ranges belong to an event with a number": `SELECT 1 FROM "CodedEventRange" ANTI JOIN (SELECT "CodedEvent_ID", "NumericValue"
    FROM "CodedEvent" WHERE "NumericValue" > 0 UNION ALL SELECT "CodedEvent_ID", "NumericValue"
    FROM "CodedEvent_SNOMED" WHERE "NumericValue" > 0) USING ("CodedEvent_ID")`,
  "prescribed products are in the dictionary": `SELECT 1 FROM "MedicationIssue" ANTI JOIN "MedicationDictionary" USING ("MultilexDrug_ID")`,
  "the dictionary has a product once": `SELECT 1 FROM "MedicationDictionary" GROUP BY "MultilexDrug_ID" HAVING count(*) > 1`,
  "vaccinations are in the reference": `SELECT 1 FROM "Vaccination" ANTI JOIN "VaccinationReference"
    USING ("VaccinationName_ID", "VaccinationName")`,
  "a spell has one row in both tables": `SELECT 1 FROM "APCS_ARCHIVED" FULL JOIN "APCS_Der_ARCHIVED"
    USING ("APCS_Ident", "Patient_ID") GROUP BY "APCS_Ident" HAVING count(*) <> 1`,
  "no derived row is without its spell": `SELECT 1 FROM "APCS_Der_ARCHIVED" ANTI JOIN "APCS_ARCHIVED" USING ("APCS_Ident")`,
  "no spell is without its derived row": `SELECT 1 FROM "APCS_ARCHIVED" ANTI JOIN "APCS_Der_ARCHIVED" USING ("APCS_Ident")`,
  "the primary diagnosis is the first of all": `SELECT 1 FROM "APCS_ARCHIVED" JOIN "APCS_Der_ARCHIVED" USING ("APCS_Ident")
    WHERE NOT starts_with("Der_Diagnosis_All", '||' || "Spell_Primary_Diagnosis")`,
  "an attendance has at most one row of diagnoses": `SELECT 1 FROM "EC_Diagnosis_ARCHIVED" GROUP BY "EC_Ident" HAVING count(*) > 1`,
  "rows of diagnoses have an attendance": `SELECT 1 FROM "EC_Diagnosis_ARCHIVED" ANTI JOIN "EC_ARCHIVED"
    USING ("EC_Ident", "Patient_ID")`,
  "outpatient procedures belong to an appointment": `SELECT 1 FROM "OPA_Proc_ARCHIVED" ANTI JOIN "OPA_ARCHIVED"
    USING ("OPA_Ident", "Patient_ID")`,
  "certificates tell of the dead, at most a day off": `SELECT 1 FROM "ONS_Deaths" JOIN "Patient" USING ("Patient_ID")
    WHERE abs(dod - "DateOfDeath") > 1`,
  "hospital deaths are those of the dead": `SELECT 1 FROM "CPNS" JOIN "Patient" USING ("Patient_ID")
    WHERE "CPNS"."DateOfDeath" <> "Patient"."DateOfDeath"`,
  "the earliest positive test is the earliest of all": `SELECT 1 FROM "SGSS_Positive"
    FULL JOIN (SELECT "Patient_ID", min("Specimen_Date") AS first FROM "SGSS_AllTests_Positive" GROUP BY ALL)
    USING ("Patient_ID") WHERE first IS DISTINCT FROM "Earliest_Specimen_Date"`,
  "the earliest negative test is the earliest of all": `SELECT 1 FROM "SGSS_Negative"
    FULL JOIN (SELECT "Patient_ID", min("Specimen_Date") AS first FROM "SGSS_AllTests_Negative" GROUP BY ALL)
    USING ("Patient_ID") WHERE first IS DISTINCT FROM "Earliest_Specimen_Date"`,
  "a patient has one earliest positive test": `SELECT 1 FROM "SGSS_Positive" GROUP BY "Patient_ID" HAVING count(*) > 1`,
  "a patient is in a renal data set once": `SELECT 1 FROM "UKRR" GROUP BY "Patient_ID", dataset HAVING count(*) > 1`,
  "a patient is in ISARIC once": `SELECT 1 FROM "ISARIC_Patient_Data_TopLine" GROUP BY "Patient_ID" HAVING count(*) > 1`,
  "everybody has either opted out or not": `SELECT 1 FROM "Patient"
    FULL JOIN (SELECT * FROM "AllowedPatientsWithTypeOneDissent" UNION ALL SELECT * FROM "PatientsWithTypeOneDissent") AS asked
    ON asked."Patient_ID" = "Patient"."Patient_ID" GROUP BY "Patient"."Patient_ID" HAVING count(*) <> 1`,
  "vaccinations have numbers of their own": `SELECT 1 FROM "Vaccination" GROUP BY "Vaccination_ID" HAVING count(*) > 1`,
  "nobody is vaccinated against COVID-19 before there is a vaccine": `SELECT 1 FROM "Vaccination"
    WHERE "VaccinationName" LIKE '%COVID%' AND "VaccinationDate" < '2020-12-08'`,
  "nobody dies of COVID-19 before there is any": `SELECT 1 FROM "ONS_Deaths"
    WHERE dod < '2020-02-01' AND (icd10u = 'U071' OR "ICD10001" = 'U071' OR "ICD10003" = 'U071')`,
  "nobody is in hospital with COVID-19 before there is any": `SELECT 1 FROM "APCS_ARCHIVED"
    WHERE "Admission_Date" < '2020-02-01' AND contains("Der_Diagnosis_All", 'U071')`,
  "no build is running": `SELECT 1 FROM "BuildProgress" WHERE year("EventEnd") >= 9999`,
  "care homes are somebody's address": `SELECT 1 FROM "PotentialCareHomeAddress" AS home ANTI JOIN "PatientAddress"
    USING ("PatientAddress_ID", "Patient_ID")`,
};
