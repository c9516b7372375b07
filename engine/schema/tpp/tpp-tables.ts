/**
 * The tables of a TPP database and the kind of each column. Keys that
 * only some copies of a table have are not listed; no rule needs them.
 */
import { isaricColumnTypes } from "../../definition/functions/isaric-columns.ts";
import { columns } from "../physical-table.ts";
import type { PhysicalTables } from "../physical-table.ts";

export const tppTables = {
  APCS_ARCHIVED: columns({
    int: "Patient_ID APCS_Ident Der_Spell_LoS",
    date: "Admission_Date Discharge_Date",
    text: "Der_Diagnosis_All Der_Procedure_All Ethnic_Group Admission_Method Source_of_Admission Discharge_Destination Patient_Classification Der_Admit_Treatment_Function_Code Administrative_Category Duration_of_Elective_Wait",
  }),
  APCS_Der_ARCHIVED: columns({
    int: "Patient_ID APCS_Ident",
    text: "Spell_Primary_Diagnosis Spell_Secondary_Diagnosis Spell_PbR_CC_Day",
  }),
  AllowedPatientsWithTypeOneDissent: columns({
    int: "Patient_ID",
  }),
  Appointment: columns({
    int: "Appointment_ID Patient_ID Organisation_ID Status",
    datetime: "SeenDate",
  }),
  BuildProgress: columns({
    int: "Duration",
    text: "Event",
    datetime: "BuildStart EventStart EventEnd",
  }),
  CPNS: columns({
    int: "Patient_ID Id",
    date: "DateOfDeath",
  }),
  ClusterRandomisedTrial: columns({
    int: "Organisation_ID TrialNumber",
    text: "TrialArm",
  }),
  ClusterRandomisedTrialDetail: columns({
    int: "TrialNumber Organisation_ID",
    text: "Property PropertyValue",
  }),
  ClusterRandomisedTrialReference: columns({
    int: "TrialNumber CPMSNumber",
    text: "TrialName TrialDescription",
  }),
  CodedEvent: columns({
    int: "Patient_ID CodedEvent_ID",
    text: "CTV3Code",
    real: "NumericValue",
    datetime: "ConsultationDate",
  }),
  CodedEventRange: columns({
    int: "CodedEventRange_ID CodedEvent_ID Comparator",
    real: "LowerBound UpperBound",
  }),
  CodedEvent_SNOMED: columns({
    int: "Patient_ID CodedEvent_ID CodingSystem",
    real: "NumericValue",
    datetime: "ConsultationDate",
    text: "ConceptID",
  }),
  DecisionSupportValue: columns({
    int: "Patient_ID AlgorithmType",
    datetime: "CalculationDateTime",
    real: "NumericValue",
  }),
  EC_ARCHIVED: columns({
    int: "Patient_ID EC_Ident",
    date: "Arrival_Date",
    text: "Discharge_Destination_SNOMED_CT Ethnic_Category",
  }),
  EC_Diagnosis_ARCHIVED: columns({
    int: "Patient_ID EC_Ident",
    text: "EC_Diagnosis_01 EC_Diagnosis_02 EC_Diagnosis_03 EC_Diagnosis_04 EC_Diagnosis_05 EC_Diagnosis_06 EC_Diagnosis_07 EC_Diagnosis_08 EC_Diagnosis_09 EC_Diagnosis_10 EC_Diagnosis_11 EC_Diagnosis_12 EC_Diagnosis_13 EC_Diagnosis_14 EC_Diagnosis_15 EC_Diagnosis_16 EC_Diagnosis_17 EC_Diagnosis_18 EC_Diagnosis_19 EC_Diagnosis_20 EC_Diagnosis_21 EC_Diagnosis_22 EC_Diagnosis_23 EC_Diagnosis_24",
  }),
  HealthCareWorker: columns({
    int: "Patient_ID",
    text: "HealthCareWorker",
  }),
  HighCostDrugs: columns({
    int: "Patient_ID",
    text: "DrugName FinancialYear FinancialMonth",
  }),
  Household: columns({
    int: "Household_ID TppPercentage HouseholdSize",
    bit: "NFA_Unknown Prison MixedSoftwareHousehold",
    text: "MSOA",
  }),
  HouseholdMember: columns({
    int: "HouseholdMember_ID Patient_ID Household_ID",
  }),
  ICNARC: columns({
    int: "ICNARC_ID Patient_ID BasicDays_RespiratorySupport AdvancedDays_RespiratorySupport Ventilator",
    datetime: "IcuAdmissionDateTime",
    date: "OriginalIcuAdmissionDate",
  }),
  MedicationDictionary: columns({
    text: "MultilexDrug_ID ProductId FullName RootName PackDescription Form Strength CompanyName DMD_ID",
  }),
  MedicationIssue: columns({
    int: "Patient_ID Consultation_ID MedicationIssue_ID RepeatMedication_ID",
    text: "MultilexDrug_ID Dose Quantity MedicationStatus",
    datetime: "StartDate EndDate ConsultationDate",
  }),
  ONS_Deaths: columns({
    int: "Patient_ID ageinyrs",
    text: "Sex icd10u ICD10001 ICD10002 ICD10003 ICD10004 ICD10005 ICD10006 ICD10007 ICD10008 ICD10009 ICD10010 ICD10011 ICD10012 ICD10013 ICD10014 ICD10015 Place_of_occurrence",
    date: "dod",
  }),
  OPA_ARCHIVED: columns({
    int: "Patient_ID OPA_Ident",
    date: "Appointment_Date",
    text: "Attendance_Status Ethnic_Category First_Attendance Treatment_Function_Code Consultation_Medium_Used",
  }),
  OPA_Proc_ARCHIVED: columns({
    int: "Patient_ID OPA_Ident",
    text: "Primary_Procedure_Code",
  }),
  Organisation: columns({
    int: "Organisation_ID",
    datetime: "GoLiveDate",
    text: "STPCode MSOACode Region",
  }),
  Patient: columns({
    int: "Patient_ID",
    date: "DateOfBirth DateOfDeath",
    text: "Sex",
  }),
  PatientAddress: columns({
    int: "PatientAddress_ID Patient_ID AddressType RuralUrbanClassificationCode ImdRankRounded",
    datetime: "StartDate EndDate",
    text: "MSOACode",
  }),
  PatientsWithTypeOneDissent: columns({
    int: "Patient_ID",
  }),
  PotentialCareHomeAddress: columns({
    int: "Patient_ID PatientAddress_ID",
    text: "LocationRequiresNursing LocationDoesNotRequireNursing",
  }),
  RegistrationHistory: columns({
    int: "Registration_ID Organisation_ID Patient_ID",
    datetime: "StartDate EndDate",
  }),
  SGSS_AllTests_Negative: columns({
    int: "Patient_ID",
    text: "Organism_Species_Name Lab_Type Symptomatic Pillar LFT_Flag",
    date: "Specimen_Date Lab_Report_Date",
  }),
  SGSS_AllTests_Positive: columns({
    int: "Patient_ID",
    text: "Organism_Species_Name Lab_Type Symptomatic Variant VariantDetectionMethod Pillar LFT_Flag SGTF",
    date: "Specimen_Date Lab_Report_Date",
  }),
  SGSS_Negative: columns({
    int: "Patient_ID",
    text: "Organism_Species_Name Lab_Type",
    date: "Earliest_Specimen_Date Lab_Report_Date",
  }),
  SGSS_Positive: columns({
    int: "Patient_ID",
    text: "Organism_Species_Name Lab_Type SGTF CaseCategory",
    date: "Earliest_Specimen_Date Lab_Report_Date",
  }),
  Therapeutics: columns({
    int: "Patient_ID",
    text: "Intervention COVID_indication CurrentStatus TreatmentStartDate Received MOL1_high_risk_cohort SOT02_risk_cohorts CASIM05_risk_cohort Region AgeAtReceivedDate FormName MOL1_onset_of_symptoms SOT02_onset_of_symptoms Count Der_LoadDate",
  }),
  UKRR: columns({
    int: "Patient_ID",
    text: "dataset renal_centre mod_start mod_prev",
    date: "rrt_start",
    real: "creat eGFR_ckdepi",
  }),
  Vaccination: columns({
    int: "Patient_ID Vaccination_ID VaccinationName_ID VaccinationSchedulePart",
    datetime: "VaccinationDate",
    text: "VaccinationName",
  }),
  VaccinationReference: columns({
    int: "VaccinationName_ID",
    text: "VaccinationName VaccinationContent",
  }),
  VmpMapping: columns({
    text: "id prev_id",
  }),
  // Everything in it is text, whatever it means.
  ISARIC_Patient_Data_TopLine: columns({
    int: "Patient_ID",
    text: Object.keys(isaricColumnTypes).join(" "),
  }),
} as const satisfies PhysicalTables;
