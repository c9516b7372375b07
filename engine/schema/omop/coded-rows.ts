/** Rows with codes: events, medications, causes of death, what was found and done during a visit. */
import { column, plain } from "../provision.ts";
import type { Join, Provision, Selection, Source, Within } from "../provision.ts";
import { inUnits } from "./body-mass.ts";
import type { OmopDeclared } from "./declared.ts";

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

/** Whoever is observed on the day of the row. */
function observedOn({ date }: CodedColumns): Within {
  return {
    table: "observation_period",
    alias: "o",
    on: [["o.person_id", "e.person_id"]],
    day: `e.${date}`,
    from: "o.observation_period_start_date",
    to: "o.observation_period_end_date",
  };
}

function observed(of: CodedColumns, { isWithinObservation }: OmopDeclared) {
  return isWithinObservation ? { within: observedOn(of) } : {};
}

/** Equal, less, at most, more, at least; nothing for no operator. */
const OPERATORS = [
  ["4172703", "="],
  ["4171756", "<"],
  ["4171754", "<="],
  ["4172704", ">"],
  ["4171755", ">="],
] as const;

const unmeasured = {
  unit: noNumber,
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

function measured({ bodyMass }: OmopDeclared): Readonly<Record<string, Source>> {
  const valued = { of: value, unit, unitText: column("e.unit_source_value") };
  return {
    numeric_value: value,
    unit,
    kilograms: inUnits(valued, bodyMass.kilograms),
    metres: inUnits(valued, bodyMass.metres),
    comparator: {
      kind: "renamed",
      of: { kind: "digits", of: column("e.operator_concept_id") },
      names: OPERATORS,
      others: "empty",
    },
    lower_bound: column("e.range_low"),
    upper_bound: column("e.range_high"),
  };
}

/** A code is in the table of its standard concept's domain, so events are in four; in those that the site has. */
export function conceptEvents(declared: OmopDeclared): Provision {
  const kinds = [
    [conditions, {}],
    [measurements, measured(declared)],
    [observations, { numeric_value: value, unit }],
    [procedures, {}],
  ] as const;
  return kinds
    .map(([of, values], i) => ({ ...event(of, i + 1, values), ...observed(of, declared) }))
    .filter(({ table }) => !declared.absent.includes(table));
}

export function conceptMedications(declared: OmopDeclared): Provision {
  const issues = coded(drugs, {
    patient_id: person,
    issue_id: column("e.drug_exposure_id"),
    issued_at: timeOf(drugs),
  });
  return [{ ...issues, ...observed(drugs, declared) }];
}

/** The codes of causes in ICD-10 are known by their vocabularies. */
export function conceptDeaths({ deaths }: OmopDeclared, icd10: readonly string[]): Provision {
  const cause: Source = {
    kind: "replaced",
    of: { kind: "when", of: column("v.concept_code"), is: column("v.vocabulary_id"), in: icd10 },
    pairs: [[".", ""]],
  };
  const types = deaths.primaryCareTypes;
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
        by_primary_care:
          types.length === 0 ? { kind: "lacking" } : among("e.death_type_concept_id", types),
      },
    },
  ];
}

/** 1 where the column holds one of these. */
function among(of: string, values: readonly number[]): Source {
  return { kind: "when", of: { kind: "number", value: 1 }, is: column(of), in: values };
}

/** Primary diagnoses: primary, primary admission, primary discharge. */
const PRIMARY = [32902, 32901, 32903];

function ofVisit(of: CodedColumns, fields: Readonly<Record<string, Source>>): Selection {
  return coded(of, { ...fields, visit_id: column("e.visit_occurrence_id") });
}

export const visitDiagnoses: Provision = [
  ofVisit(conditions, {
    is_primary: among("e.condition_status_concept_id", PRIMARY),
  }),
];

export const visitProcedures: Provision = [ofVisit(procedures, {})];
