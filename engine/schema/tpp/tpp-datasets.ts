/** Deaths, intensive care, tests and treatments of Covid-19, registries. */
import { isaricColumnTypes } from "../../definition/functions/isaric-columns.ts";
import { CAUSES_OF_DEATH } from "../contract.ts";
import type { ContractTable } from "../contract.ts";
import { column, plain } from "../provision.ts";
import type { Provision, Source } from "../provision.ts";

function two(n: number): string {
  return String(n).padStart(2, "0");
}

const deaths: Provision = [
  {
    table: "ONS_Deaths",
    alias: "d",
    fields: plain({
      patient_id: "d.Patient_ID",
      died_on: "d.dod",
      underlying_cause: "d.icd10u",
      place: "d.Place_of_occurrence",
      ...Object.fromEntries(
        Array.from({ length: CAUSES_OF_DEATH }, (_, i) => [
          `cause_${i + 1}`,
          `d.ICD100${two(i + 1)}`,
        ]),
      ),
    }),
  },
];

const icuAdmissions: Provision = [
  {
    table: "ICNARC",
    alias: "i",
    fields: {
      ...plain({
        patient_id: "i.Patient_ID",
        basic_respiratory_days: "i.BasicDays_RespiratorySupport",
        advanced_respiratory_days: "i.AdvancedDays_RespiratorySupport",
      }),
      admitted_at: {
        kind: "earlier",
        of: [column("i.IcuAdmissionDateTime"), column("i.OriginalIcuAdmissionDate")],
      },
    },
  },
];

const none: Source = { kind: "missing" };

function tests(
  prefix: string,
  date: string,
  columns: { readonly positive: Record<string, Source>; readonly negative: Record<string, Source> },
): Provision {
  return (["positive", "negative"] as const).map((result) => ({
    table: `${prefix}_${result === "positive" ? "Positive" : "Negative"}`,
    alias: "s",
    fields: {
      patient_id: column("s.Patient_ID"),
      is_positive: { kind: "flag", value: result === "positive" },
      taken_on: column(`s.${date}`),
      ...columns[result],
    },
  }));
}

const firstTests = tests("SGSS", "Earliest_Specimen_Date", {
  positive: {
    s_gene_target_failure: column("s.SGTF"),
    case_category: column("s.CaseCategory"),
  },
  negative: { s_gene_target_failure: none, case_category: none },
});

const allTests = tests("SGSS_AllTests", "Specimen_Date", {
  positive: {
    s_gene_target_failure: column("s.SGTF"),
    variant: {
      kind: "renamed",
      of: column("s.Variant"),
      names: [
        ["(blank)", ""],
        ["none", ""],
        ["N/A", ""],
        ["VOC-20DEC-01 detected", "VOC-20DEC-01"],
      ],
      others: "kept",
    },
    variant_detection_method: column("s.VariantDetectionMethod"),
    symptomatic: {
      kind: "renamed",
      of: column("s.Symptomatic"),
      names: [
        ["Y", "Y"],
        ["N", "N"],
      ],
      others: "empty",
    },
  },
  negative: {
    s_gene_target_failure: none,
    variant: none,
    variant_detection_method: none,
    symptomatic: {
      kind: "renamed",
      of: column("s.Symptomatic"),
      names: [
        ["true", "Y"],
        ["false", "N"],
      ],
      others: "empty",
    },
  },
});

function cleanedRisk(name: string): Source {
  const pairs = [
    ["Patients with a ", ""],
    ["Patients with ", ""],
    [" and ", ","],
  ] as const;
  return { kind: "replaced", of: column(name), pairs };
}

function day(name: string): Source {
  return { kind: "day-in-text", of: column(name), layout: "iso" };
}

const risks = {
  mol1_risk: cleanedRisk("t.MOL1_high_risk_cohort"),
  sot02_risk: cleanedRisk("t.SOT02_risk_cohorts"),
  casim05_risk: cleanedRisk("t.CASIM05_risk_cohort"),
} as const;

const treatments: Provision = [
  {
    table: "Therapeutics",
    alias: "t",
    distinct: true,
    fields: {
      ...plain({
        patient_id: "t.Patient_ID",
        status: "t.CurrentStatus",
        intervention: "t.Intervention",
        indication: "t.COVID_indication",
        region: "t.Region",
        age: "t.AgeAtReceivedDate",
        form: "t.FormName",
        mol1_onset: "t.MOL1_onset_of_symptoms",
        sot02_onset: "t.SOT02_onset_of_symptoms",
        count: "t.Count",
        loaded_on: "t.Der_LoadDate",
      }),
      treated_on: day("t.TreatmentStartDate"),
      received_on: day("t.Received"),
      therapeutic: {
        kind: "replaced",
        of: { kind: "trimmed", of: column("t.Intervention") },
        pairs: [[" and ", ","]],
      },
      ...risks,
      risk_group: { kind: "joined", of: Object.values(risks), between: "," },
    },
  },
];

function isaricField(name: string): Source {
  const known: Source = { kind: "unless", of: column(`i.${name}`), texts: ["", "NA"] };
  switch (isaricColumnTypes[name]) {
    case "date":
      return { kind: "day-in-text", of: known, layout: "day-first" };
    case "int":
    case "float":
      return { kind: "number-in-text", of: known };
    default:
      return known;
  }
}

const isaric: Provision = [
  {
    table: "ISARIC_Patient_Data_TopLine",
    alias: "i",
    fields: {
      patient_id: column("i.Patient_ID"),
      ...Object.fromEntries(
        Object.keys(isaricColumnTypes).map((name) => [name, isaricField(name)]),
      ),
    },
  },
];

const renalRegistry: Provision = [
  {
    table: "UKRR",
    alias: "u",
    fields: plain({
      patient_id: "u.Patient_ID",
      dataset: "u.dataset",
      renal_centre: "u.renal_centre",
      started_on: "u.rrt_start",
      modality_at_start: "u.mod_start",
      modality: "u.mod_prev",
      creatinine: "u.creat",
      egfr: "u.eGFR_ckdepi",
    }),
  },
];

export const tppDatasets = {
  registered_deaths: deaths,
  covid_patient_notifications: [
    {
      table: "CPNS",
      alias: "c",
      fields: plain({ patient_id: "c.Patient_ID", died_on: "c.DateOfDeath" }),
    },
  ],
  icu_admissions: icuAdmissions,
  first_covid_tests: firstTests,
  all_covid_tests: allTests,
  covid_treatments: treatments,
  healthcare_workers: [
    {
      table: "HealthCareWorker",
      alias: "h",
      fields: plain({ patient_id: "h.Patient_ID", flag: "h.HealthCareWorker" }),
    },
  ],
  isaric,
  renal_registry: renalRegistry,
} as const satisfies { readonly [Table in ContractTable]?: Provision };
