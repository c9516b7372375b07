/** Random rows of deaths, intensive care, COVID-19 and renal datasets. */
import fc from "fast-check";
import type { Row } from "../naive/row.ts";
import { maybe, oneOf, oneRowEach, oneRowEachOf, ownRows } from "./random-rows.ts";
import {
  decimals,
  icd10Codes,
  interventions,
  isaricTexts,
  oddTexts,
  recordedDay,
  recordedMoment,
  statuses,
} from "./random-vocabulary.ts";

const cause = maybe(oneOf(...icd10Codes, "J1"));

/** dd/mm/yyyy, or one of the ways to say nothing. */
const writtenOut = fc.oneof(
  { weight: 5, arbitrary: recordedDay.map((day) => day.split("-").reverse().join("/")) },
  { weight: 1, arbitrary: fc.constantFrom("", "NA") },
);

/** Text that begins with a day, with a time or without. */
const dayAsText = fc.oneof(
  recordedDay,
  recordedDay.map((day) => `${day} 00:00:00.000`),
);

const cohort = maybe(
  oneOf(
    "Patients with a renal disease",
    "Patients with liver disease and IMID",
    "solid cancer",
    "not a group; [x]",
    "",
  ),
);

const specimen = { Specimen_Date: maybe(recordedDay) };
const earliest = { Earliest_Specimen_Date: maybe(recordedDay) };
const sgtf = { SGTF: maybe(oneOf("", "0", "1", "9")) };

export const datasetTables: Readonly<Record<string, fc.Arbitrary<readonly Row[]>>> = {
  ONS_Deaths: ownRows(20, {
    dod: maybe(recordedDay),
    icd10u: cause,
    ICD10001: cause,
    ICD10008: cause,
    ICD10015: cause,
    Place_of_occurrence: maybe(oneOf("Care home", "Hospital", ...oddTexts.slice(2, 4))),
  }),
  // Rows of one patient that disagree would stop the run.
  CPNS: oneRowEach({ DateOfDeath: maybe(recordedDay) }),
  ICNARC: ownRows(20, {
    IcuAdmissionDateTime: maybe(recordedMoment),
    OriginalIcuAdmissionDate: maybe(recordedDay),
    BasicDays_RespiratorySupport: maybe(oneOf(0, 0, 3)),
    AdvancedDays_RespiratorySupport: maybe(oneOf(0, 0, 5)),
  }),
  SGSS_Positive: ownRows(20, {
    ...earliest,
    ...sgtf,
    CaseCategory: maybe(oneOf("LFT_Only", "PCR_Only", "LFT_WithPCR")),
  }),
  SGSS_Negative: ownRows(16, earliest),
  SGSS_AllTests_Positive: ownRows(28, {
    ...specimen,
    ...sgtf,
    Variant: maybe(oneOf("VOC-20DEC-01 detected", "VOC-21APR-02", "(blank)", "N/A", "none")),
    VariantDetectionMethod: maybe(oneOf("Reflex Assay", "Private Lab")),
    Symptomatic: maybe(oneOf("Y", "N", "U")),
  }),
  SGSS_AllTests_Negative: ownRows(16, {
    ...specimen,
    Symptomatic: maybe(oneOf("true", "false")),
  }),
  // Few different values: some rows are one record told twice.
  Therapeutics: ownRows(36, {
    TreatmentStartDate: maybe(dayAsText),
    Received: maybe(oneOf("2020-01-15", "2020-01-15 00:00:00.000", "2020-02-29")),
    Intervention: maybe(oneOf(...interventions)),
    CurrentStatus: maybe(oneOf(...statuses)),
    COVID_indication: maybe(oneOf("hospital_onset", "hospitalised_with", "non_hospitalised")),
    Region: maybe(oneOf("North", ...oddTexts.slice(2, 4))),
    MOL1_high_risk_cohort: cohort,
    SOT02_risk_cohorts: cohort,
    CASIM05_risk_cohort: cohort,
  }),
  UKRR: oneRowEachOf("dataset", ["2019prev", "2020prev", "2020ckd"], {
    rrt_start: maybe(recordedDay),
    renal_centre: maybe(oneOf("RJ121", ...oddTexts)),
    mod_start: maybe(oneOf("ICHD", "HD", "Tx")),
    mod_prev: maybe(oneOf("PD", "Tx")),
    // The column of a cohort is a whole number.
    creat: maybe(oneOf(0, 88, 91, 340)),
    eGFR_ckdepi: maybe(decimals),
  }),
  ISARIC_Patient_Data_TopLine: oneRowEach({
    assess_or_admit_date: maybe(writtenOut),
    cestdat: maybe(writtenOut),
    calc_age: maybe(oneOf("7", "52", "0", "NA", "")),
    temp_vsorres: maybe(oneOf("36.6", "NA", "38")),
    fever: maybe(oneOf(...isaricTexts)),
  }),
};
