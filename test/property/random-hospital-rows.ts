/** Random rows of secondary care. */
import fc from "fast-check";
import type { Row } from "../naive/row.ts";
import { ids, maybe, oneForEach, oneOf, ownRows, range, rows } from "./random-rows.ts";
import { diagnosisCodes, icd10Codes, opcs4Codes, recordedDay } from "./random-vocabulary.ts";

const ethnicCode = maybe(oneOf("A", "A", "D0", "D", "R", "S1", "Z", "Z9", "99", "Q"));

/** `||U071 ,J12, J129`: a code counts after a character that is no letter or digit. */
function codesInOneField(codes: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(fc.constantFrom(...codes, "XW371", "u071x"), { maxLength: 3 }),
      fc.constantFrom("||", "", "| "),
      fc.constantFrom(" ,", ", ", ","),
    )
    .map(([list, lead, between]) => `${lead}${list.join(between)}`);
}

const diagnosed = maybe(oneOf(...diagnosisCodes, "other"));

export const hospitalTables: Readonly<Record<string, fc.Arbitrary<readonly Row[]>>> = {
  APCS_ARCHIVED: ownRows(
    40,
    {
      APCS_Ident: ids(1, 40),
      Admission_Date: maybe(recordedDay),
      Discharge_Date: maybe(recordedDay),
      Der_Diagnosis_All: maybe(codesInOneField(icd10Codes)),
      Der_Procedure_All: maybe(codesInOneField(opcs4Codes)),
      Ethnic_Group: ethnicCode,
      Admission_Method: maybe(oneOf("21", "2A", "2B")),
      Source_of_Admission: maybe(oneOf("19", "54")),
      Discharge_Destination: maybe(oneOf("19", "51", "79")),
      Patient_Classification: maybe(oneOf("1", "3")),
      Der_Admit_Treatment_Function_Code: maybe(oneOf("300", "430")),
      Administrative_Category: maybe(oneOf("01", "02")),
      Duration_of_Elective_Wait: maybe(oneOf("0", "7", "101")),
      Der_Spell_LoS: maybe(oneOf(0, 1, 5)),
    },
    "APCS_Ident",
  ),
  APCS_Der_ARCHIVED: oneForEach("APCS_Ident", range(1, 40), {
    Spell_Primary_Diagnosis: maybe(oneOf(...icd10Codes, "u0710")),
    Spell_PbR_CC_Day: maybe(oneOf("0", "2", "10")),
  }),
  EC_ARCHIVED: ownRows(
    20,
    {
      EC_Ident: ids(1, 20),
      Arrival_Date: maybe(recordedDay),
      Discharge_Destination_SNOMED_CT: maybe(oneOf("306689006", "75004002")),
      Ethnic_Category: ethnicCode,
    },
    "EC_Ident",
  ),
  // Not one for one: a visit with two rows counts twice, one without does not count.
  EC_Diagnosis_ARCHIVED: rows(50, {
    EC_Ident: ids(1, 20),
    EC_Diagnosis_01: diagnosed,
    EC_Diagnosis_02: diagnosed,
    EC_Diagnosis_13: diagnosed,
    EC_Diagnosis_24: diagnosed,
  }),
  OPA_ARCHIVED: ownRows(
    24,
    {
      OPA_Ident: ids(1, 24),
      Appointment_Date: maybe(recordedDay),
      Attendance_Status: maybe(oneOf("5", "6", "7")),
      First_Attendance: maybe(oneOf("1", "3", "5")),
      Treatment_Function_Code: maybe(oneOf("300", "430")),
      Consultation_Medium_Used: maybe(oneOf("01", "03", "04")),
      Ethnic_Category: ethnicCode,
    },
    "OPA_Ident",
  ),
  // Whether an appointment with two such rows counts twice is left open: none has.
  OPA_Proc_ARCHIVED: oneForEach("OPA_Ident", range(1, 24), {
    Primary_Procedure_Code: maybe(oneOf(...opcs4Codes, "xk40x")),
  }),
};
