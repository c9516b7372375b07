/** Codelists: the system each function can match, and categories where they are needed or not. */
import { problem } from "../problems.ts";
import type { FunctionName } from "../function-table.ts";
import type { Codelist } from "../model.ts";
import type { Checking, Draft } from "./draft.ts";

/** Systems of vocabularies, which only some databases have. */
const ofVocabularies = ["loinc", "rxnorm", "atc", "icd10cm", "read2", "omop"] as const;
/** Classifications of hospitals, in which records of other layouts have events too. */
const ofHospitals = ["icd10", "opcs4"] as const;
const ofDiagnoses = ["icd10", "icd10cm", "omop"] as const;

/** By function and argument. */
const systems: { readonly [Name in FunctionName]?: Readonly<Record<string, readonly string[]>> } = {
  with_these_clinical_events: events(),
  with_these_medications: {
    codelist: ["snomed", "rxnorm", "atc", "omop"],
    ignore_days_where_these_codes_occur: ["ctv3", "snomed", ...ofVocabularies],
  },
  mean_recorded_value: events(),
  min_recorded_value: events(),
  max_recorded_value: events(),
  with_these_codes_on_death_certificate: { codelist: ofDiagnoses },
  admitted_to_hospital: {
    with_these_diagnoses: ofDiagnoses,
    with_these_primary_diagnoses: ofDiagnoses,
    with_these_procedures: ["opcs4", "omop"],
  },
  outpatient_appointment_date: { with_these_procedures: ["opcs4"] },
};

function events(): Readonly<Record<string, readonly string[]>> {
  const coded = ["ctv3", "snomed", ...ofVocabularies];
  return { codelist: [...coded, ...ofHospitals], ignore_days_where_these_codes_occur: coded };
}

export function checkCodelists(draft: Draft, checking: Checking): void {
  for (const [argument, allowed] of Object.entries(systems[draft.function] ?? {})) {
    const codelist = draft.args[argument] as Codelist | undefined;
    if (codelist === undefined || typeof codelist !== "object") continue;
    const system = codelist.system ?? "";
    const facts = { study: checking.study, column: draft.name, argument };
    if (!allowed.includes(system)) {
      checking.report(problem("codelist-system", { ...facts, system, allowed }, draft.place));
    }
  }
  checkCategories(draft, checking);
}

/** `returning="category"` needs categories; elsewhere they are left aside. */
function checkCategories(draft: Draft, checking: Checking): void {
  const codelist = draft.args["codelist"] as Codelist | undefined;
  const wanted = draft.args["returning"] === "category";
  if (!wanted || codelist === undefined || hasCategories(codelist)) return;
  const facts = { study: checking.study, column: draft.name, argument: "codelist" };
  checking.report(problem("codelist-categories", facts, draft.place));
}

export function hasCategories({ codes }: Codelist): boolean {
  return Array.isArray(codes[0]);
}
