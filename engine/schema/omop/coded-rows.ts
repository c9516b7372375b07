/** Rows with codes: events, medications, causes of death, what was found and done during a visit. */
import { column, plain } from "../provision.ts";
import type { Join, Provision, Selection, Source } from "../provision.ts";

/** Columns of a table of coded rows begin with the same word. */
interface CodedColumns {
  readonly table: string;
  readonly prefix: string;
  readonly date: string;
  readonly time: string;
}

const conditions: CodedColumns = {
  table: "condition_occurrence",
  prefix: "condition",
  date: "condition_start_date",
  time: "condition_start_datetime",
};
const measurements: CodedColumns = {
  table: "measurement",
  prefix: "measurement",
  date: "measurement_date",
  time: "measurement_datetime",
};
const observations: CodedColumns = {
  table: "observation",
  prefix: "observation",
  date: "observation_date",
  time: "observation_datetime",
};
const procedures: CodedColumns = {
  table: "procedure_occurrence",
  prefix: "procedure",
  date: "procedure_date",
  time: "procedure_datetime",
};
const drugs: CodedColumns = {
  table: "drug_exposure",
  prefix: "drug",
  date: "drug_exposure_start_date",
  time: "drug_exposure_start_datetime",
};

const person = column("e.person_id");
const missing: Source = { kind: "missing" };

/** A number that is never there. */
const noNumber: Source = {
  kind: "when",
  of: { kind: "number", value: 0 },
  is: { kind: "number", value: 0 },
  in: [1],
};

/** The concept of the code as it was recorded: one at most. */
function sourceConcept(prefix: string): Join {
  return {
    table: "concept",
    alias: "v",
    kind: "left",
    on: [["v.concept_id", `e.${prefix}_source_concept_id`]],
  };
}

function codes(prefix: string): Record<string, Source> {
  const recorded = column(`e.${prefix}_source_value`);
  return {
    ...plain({
      source_concept: `e.${prefix}_source_concept_id`,
      standard_concept: `e.${prefix}_concept_id`,
      source_vocabulary: "v.vocabulary_id",
    }),
    source_text: recorded,
    plain_source_text: { kind: "replaced", of: recorded, pairs: [[".", ""]] },
  };
}

function coded(
  { table, prefix }: CodedColumns,
  fields: Readonly<Record<string, Source>>,
): Selection {
  return {
    table,
    alias: "e",
    joins: [sourceConcept(prefix)],
    fields: { ...codes(prefix), ...fields },
  };
}

function timeOf({ date, time }: CodedColumns): Source {
  return { kind: "timed", day: column(`e.${date}`), time: column(`e.${time}`) };
}

/** Kilograms and metres of what units are there, by their concepts: kg, g, lb; m, cm, in. */
const KILOGRAMS = [
  [9529, 1],
  [8504, 0.001],
  [8739, 0.45359237],
] as const;
const METRES = [
  [9546, 1],
  [8582, 0.01],
  [9330, 0.0254],
] as const;

/** Equal, less, at most, more, at least; nothing for no operator. */
const OPERATORS = [
  ["4172703", "="],
  ["4171756", "<"],
  ["4171754", "<="],
  ["4172704", ">"],
  ["4171755", ">="],
] as const;

const unmeasured = {
  kilograms: noNumber,
  metres: noNumber,
  comparator: missing,
  lower_bound: noNumber,
  upper_bound: noNumber,
} as const;

function event(
  of: CodedColumns,
  kind: number,
  values: Readonly<Record<string, Source>>,
): Selection {
  const id = of.table.endsWith("_occurrence") ? `${of.table}_id` : `${of.prefix}_id`;
  return coded(of, {
    patient_id: person,
    event_kind: { kind: "number", value: kind },
    event_id: column(`e.${id}`),
    recorded_at: timeOf(of),
    numeric_value: noNumber,
    ...unmeasured,
    ...values,
  });
}

const value = column("e.value_as_number");
const unit = column("e.unit_concept_id");

/** A code is in the table of its standard concept's domain, so events are in four. */
export const conceptEvents: Provision = [
  event(conditions, 1, {}),
  event(measurements, 2, {
    numeric_value: value,
    kilograms: { kind: "scaled", of: value, unit, factors: KILOGRAMS },
    metres: { kind: "scaled", of: value, unit, factors: METRES },
    comparator: {
      kind: "renamed",
      of: { kind: "digits", of: column("e.operator_concept_id") },
      names: OPERATORS,
      others: "empty",
    },
    lower_bound: column("e.range_low"),
    upper_bound: column("e.range_high"),
  }),
  event(observations, 3, { numeric_value: value }),
  event(procedures, 4, {}),
];

export const conceptMedications: Provision = [
  coded(drugs, {
    patient_id: person,
    issue_id: column("e.drug_exposure_id"),
    issued_at: timeOf(drugs),
  }),
];

/** The codes of causes in ICD-10 are known by their vocabularies. */
export function conceptDeaths(icd10: readonly string[]): Provision {
  const cause: Source = {
    kind: "replaced",
    of: { kind: "when", of: column("v.concept_code"), is: column("v.vocabulary_id"), in: icd10 },
    pairs: [[".", ""]],
  };
  return [
    {
      table: "death",
      alias: "e",
      joins: [sourceConcept("cause")],
      fields: {
        patient_id: person,
        ...codes("cause"),
        died_on: column("e.death_date"),
        underlying_cause: cause,
        place: { kind: "lacking" },
      },
    },
  ];
}

/** Primary diagnoses: primary, primary admission, primary discharge. */
const PRIMARY = [32902, 32901, 32903];

function ofVisit(of: CodedColumns, fields: Readonly<Record<string, Source>>): Selection {
  return coded(of, { ...fields, visit_id: column("e.visit_occurrence_id") });
}

export const visitDiagnoses: Provision = [
  ofVisit(conditions, {
    is_primary: {
      kind: "when",
      of: { kind: "number", value: 1 },
      is: column("e.condition_status_concept_id"),
      in: PRIMARY,
    },
  }),
];

export const visitProcedures: Provision = [ofVisit(procedures, {})];
