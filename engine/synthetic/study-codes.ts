/** The codes, names and texts that a study looks for, by where it looks for them. Pure. */
import type { CheckedColumn, CheckedStudy } from "../definition/checked-study.ts";
import type { VaccineTexts } from "../definition/checked-arguments.ts";
import type { Args } from "../definition/model.ts";
import type { FunctionName } from "../definition/function-table.ts";

/** A column of the database, or several that are searched alike. */
export type CodeUse =
  | "ctv3"
  | "snomed"
  | "medication"
  | "death-cause"
  | "diagnosis"
  | "procedure"
  | "outpatient-procedure"
  | "emergency-diagnosis"
  | "emergency-destination"
  | "admission-method"
  | "admission-source"
  | "discharge-destination"
  | "patient-classification"
  | "admission-function"
  | "administrative-category"
  | "outpatient-function"
  | "high-cost-drug"
  | "therapeutic"
  | "therapeutic-status"
  | "vaccine-disease"
  | "vaccine-product";

/** What one column of a study looks for; each of the codes will do. */
export interface CodeGroup {
  /** In the author's order, each once; never empty. */
  readonly codes: readonly string[];
  /** What the author expects of the values, where the column reads values. */
  readonly values: { readonly mean: number; readonly stddev: number } | null;
}

export interface StudyCodes {
  readonly groups: Readonly<Partial<Record<CodeUse, readonly CodeGroup[]>>>;
  /** A vaccination of one of the products must be against one of the diseases. */
  readonly vaccines: readonly {
    readonly diseases: readonly string[];
    readonly products: readonly string[];
  }[];
}

export const noCodes: StudyCodes = { groups: {}, vaccines: [] };

/** `event` is `ctv3` or `snomed`, as the codelist says. */
type Place = CodeUse | "event";

const places: { readonly [Name in FunctionName]?: Readonly<Record<string, Place>> } = {
  with_these_clinical_events: events(),
  with_these_medications: { ...events(), codelist: "medication" },
  mean_recorded_value: events(),
  min_recorded_value: events(),
  max_recorded_value: events(),
  with_these_codes_on_death_certificate: { codelist: "death-cause" },
  attended_emergency_care: {
    with_these_diagnoses: "emergency-diagnosis",
    discharged_to: "emergency-destination",
  },
  admitted_to_hospital: {
    with_these_diagnoses: "diagnosis",
    with_these_primary_diagnoses: "diagnosis",
    with_these_procedures: "procedure",
    with_admission_method: "admission-method",
    with_source_of_admission: "admission-source",
    with_discharge_destination: "discharge-destination",
    with_patient_classification: "patient-classification",
    with_admission_treatment_function_code: "admission-function",
    with_administrative_category: "administrative-category",
  },
  outpatient_appointment_date: {
    with_these_treatment_function_codes: "outpatient-function",
    with_these_procedures: "outpatient-procedure",
  },
  with_high_cost_drugs: { drug_name_matches: "high-cost-drug" },
  with_covid_therapeutics: {
    with_these_therapeutics: "therapeutic",
    with_these_statuses: "therapeutic-status",
  },
};

function events(): Readonly<Record<string, Place>> {
  return { codelist: "event", ignore_days_where_these_codes_occur: "event" };
}

/** Everything that some column of some of the studies looks for. A list that two columns share counts once. */
export function studyCodes(studies: readonly CheckedStudy[]): StudyCodes {
  const columns = studies.flatMap((study) => study.columns);
  const groups: Partial<Record<CodeUse, CodeGroup[]>> = {};
  for (const [use, group] of columns.flatMap(groupsOf)) {
    const known = (groups[use] ??= []);
    const same = known.findIndex(({ codes }) => String(codes) === String(group.codes));
    if (same === -1) known.push(group);
    else if (known[same]?.values === null) known[same] = group;
  }
  return { groups, vaccines: columns.flatMap(vaccinesOf) };
}

function groupsOf(column: CheckedColumn): readonly (readonly [CodeUse, CodeGroup])[] {
  return Object.entries(places[column.function] ?? {}).flatMap(([argument, place]) => {
    const args: Args = column.args;
    const given = args[argument];
    const codes = textsOf(given);
    if (codes.length === 0) return [];
    const use = place === "event" ? (systemOf(given) === "ctv3" ? "ctv3" : "snomed") : place;
    const values = argument === "codelist" ? valuesOf(column) : null;
    return [[use, { codes, values }] as const];
  });
}

function vaccinesOf(column: CheckedColumn): StudyCodes["vaccines"] {
  const vaccine = vaccineOf(column);
  if (vaccine === null) return [];
  const { target_disease_matches: target, product_name_matches: product } = vaccine;
  const [diseases, products] = [textsOf(target), textsOf(product)];
  return diseases.length + products.length === 0 ? [] : [{ diseases, products }];
}

function vaccineOf(column: CheckedColumn): VaccineTexts | null {
  switch (column.function) {
    case "with_vaccination_record":
      return column.args.tpp;
    case "with_tpp_vaccination_record":
      return column.args;
    default:
      return null;
  }
}

/** A text, a list of texts or of [code, category], or a codelist; blanks are left out. */
function textsOf(given: unknown): readonly string[] {
  if (typeof given === "string") return given.trim() === "" ? [] : [given];
  if (Array.isArray(given)) return [...new Set(given.flatMap((each) => first(each)))];
  if (typeof given !== "object" || given === null || !("codes" in given)) return [];
  return textsOf(given.codes);
}

function first(entry: unknown): readonly string[] {
  return textsOf(Array.isArray(entry) ? (entry as unknown[])[0] : entry);
}

function systemOf(given: unknown): unknown {
  return typeof given === "object" && given !== null && "system" in given ? given.system : null;
}

function valuesOf({ type, expectations }: CheckedColumn): CodeGroup["values"] {
  const float = expectations?.float;
  if (type !== "float") return null;
  return float === undefined
    ? { mean: 50, stddev: 15 }
    : { mean: float.mean, stddev: float.stddev };
}
