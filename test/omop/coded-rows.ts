/** Events, medications and measurements of a person. */
import type { codedEvents } from "../../engine/definition/functions/coded-events.ts";
import type { recordedValues } from "../../engine/definition/functions/recorded-values.ts";
import type { Codelist } from "../../engine/definition/model.ts";
import type { AnswerFamily, Asked } from "../naive/asked.ts";
import { answerOfMatches, hasValue } from "../naive/coded-events.ts";
import { onOtherDays } from "../naive/events-by-code.ts";
import type { CodedRow } from "../naive/events-by-code.ts";
import { found, nothing } from "../naive/found.ts";
import type { Found } from "../naive/found.ts";
import { periodOf } from "../naive/in-period.ts";
import type { InPeriod } from "../naive/in-period.ts";
import { bodyMass, summaryOf } from "../naive/recorded-values.ts";
import { dayOf, whole } from "../naive/row.ts";
import { decider } from "./codes.ts";
import type { CodedBy } from "./codes.ts";
import type { Declared } from "./declared.ts";
import { birthDay, idKey, momentOf, ownRows } from "./own-rows.ts";

export interface CodedTable {
  readonly table: string;
  readonly id: string;
  readonly date: string;
  readonly time: string;
  readonly by: CodedBy;
}

export function codedBy(prefix: string): CodedBy {
  return {
    text: `${prefix}_source_value`,
    source: `${prefix}_source_concept_id`,
    standard: `${prefix}_concept_id`,
  };
}

export const CONDITIONS: CodedTable = {
  table: "condition_occurrence",
  id: "condition_occurrence_id",
  date: "condition_start_date",
  time: "condition_start_datetime",
  by: codedBy("condition"),
};
const MEASUREMENTS: CodedTable = {
  table: "measurement",
  id: "measurement_id",
  date: "measurement_date",
  time: "measurement_datetime",
  by: codedBy("measurement"),
};
const OBSERVATIONS: CodedTable = {
  table: "observation",
  id: "observation_id",
  date: "observation_date",
  time: "observation_datetime",
  by: codedBy("observation"),
};
export const PROCEDURES: CodedTable = {
  table: "procedure_occurrence",
  id: "procedure_occurrence_id",
  date: "procedure_date",
  time: "procedure_datetime",
  by: codedBy("procedure"),
};
const DRUGS: CodedTable = {
  table: "drug_exposure",
  id: "drug_exposure_id",
  date: "drug_exposure_start_date",
  time: "drug_exposure_start_datetime",
  by: codedBy("drug"),
};

/** At one time they come in this order. */
const EVENTS = [CONDITIONS, MEASUREMENTS, OBSERVATIONS, PROCEDURES];

/** All events, not yet asked for their code. */
function eventsIn(asked: Asked, inPeriod: InPeriod): readonly (CodedRow & { by: CodedBy })[] {
  return EVENTS.flatMap(({ by, ...of }, kind) =>
    ownRows(asked, of.table).flatMap((row) => {
      const at = momentOf(row, of.date, of.time);
      if (!inPeriod(dayOf(at))) return [];
      const ties = [kind, idKey(row, of.id)];
      const value = whole(row, "value_as_number");
      return [{ ties, at, code: "", category: null, value, row, by }];
    }),
  );
}

function clinicalEvents(
  asked: Asked,
  codelist: Codelist,
  { inPeriod, declared }: { readonly inPeriod: InPeriod; readonly declared: Declared },
): readonly CodedRow[] {
  const decide = decider(asked, codelist, { declared });
  return eventsIn(asked, inPeriod).flatMap(({ by, ...event }) => {
    const listed = decide(event.row, by);
    return listed === null ? [] : [{ ...event, ...listed }];
  });
}

type Coded = Asked<keyof typeof codedEvents>;

function withoutIgnored(asked: Coded, rows: readonly CodedRow[], declared: Declared) {
  const ignored = asked.column.args.ignore_days_where_these_codes_occur;
  if (ignored === undefined) return rows;
  const events = clinicalEvents(asked, ignored, { inPeriod: periodOf(asked), declared });
  return onOtherDays(rows, events);
}

function theseEvents(asked: Asked<"with_these_clinical_events">, declared: Declared): Found {
  const { codelist, ignore_missing_values: skipsMissing } = asked.column.args;
  const all = clinicalEvents(asked, codelist, { inPeriod: periodOf(asked), declared });
  const valued = skipsMissing === true ? all.filter(hasValue) : all;
  return answerOfMatches(asked, withoutIgnored(asked, valued, declared));
}

function theseMedications(asked: Asked<"with_these_medications">, declared: Declared): Found {
  const { table, id, date, time, by } = DRUGS;
  const inPeriod = periodOf(asked);
  const decide = decider(asked, asked.column.args.codelist, { declared, isMedication: true });
  const issues = ownRows(asked, table).flatMap((row): readonly CodedRow[] => {
    const at = momentOf(row, date, time);
    const listed = decide(row, by);
    if (listed === null || !inPeriod(dayOf(at))) return [];
    return [{ ties: [idKey(row, id)], at, ...listed, value: null, row }];
  });
  return answerOfMatches(asked, withoutIgnored(asked, issues, declared));
}

/** One of the units as 1 of the measure's own. */
type Units = Readonly<Record<number, number>>;
const KILOGRAMS: Units = { 9529: 1, 8504: 0.001, 8739: 0.45359237 };
const METRES: Units = { 9546: 1, 8582: 0.01, 9330: 0.0254 };

/** By standard concept. A number without a unit that is known is none. */
function measured(asked: Asked, concept: number, units: Units | null) {
  return (inPeriod: InPeriod): readonly CodedRow[] =>
    eventsIn(asked, inPeriod).flatMap(({ by, ...event }) => {
      const factor = units === null ? 1 : units[whole(event.row, "unit_concept_id") ?? 0];
      const isOfIt = whole(event.row, by.standard) === concept;
      if (!isOfIt || factor === undefined || event.value === null) return [];
      return [{ ...event, value: event.value * factor }];
    });
}

function bmi(asked: Asked<"most_recent_bmi">): Found {
  return bodyMass(asked, {
    birth: birthDay(asked),
    index: measured(asked, 3038553, null),
    weight: measured(asked, 3025315, KILOGRAMS),
    height: measured(asked, 3036277, METRES),
  });
}

const OPERATORS: Readonly<Record<number, string>> = {
  4172703: "=",
  4171756: "<",
  4171754: "<=",
  4172704: ">",
  4171755: ">=",
};

type RangeFunction =
  "comparator_from" | "reference_range_lower_bound_from" | "reference_range_upper_bound_from";

/** Beside the value. Of a range with one bound the other is -1. */
function fromRange(asked: Asked<RangeFunction>): Found {
  const { event } = asked.other(asked.column.args.source);
  if (event === null) return nothing;
  const [low, high] = [whole(event, "range_low"), whole(event, "range_high")];
  const bound = (own: number | null): Found =>
    found(own ?? (low === null && high === null ? null : -1));
  switch (asked.column.function) {
    case "comparator_from":
      return found(OPERATORS[whole(event, "operator_concept_id") ?? 0] ?? null);
    case "reference_range_lower_bound_from":
      return bound(low);
    default:
      return bound(high);
  }
}

export function codedRows(
  declared: Declared,
): AnswerFamily<
  typeof codedEvents &
    Omit<typeof recordedValues, "with_these_decision_support_values"> &
    Readonly<Record<RangeFunction, unknown>>
> {
  const summary = (
    asked: Asked<"mean_recorded_value" | "min_recorded_value" | "max_recorded_value">,
  ): Found =>
    summaryOf(
      asked,
      clinicalEvents(asked, asked.column.args.codelist, { inPeriod: periodOf(asked), declared }),
    );
  return {
    with_these_clinical_events: (asked) => theseEvents(asked, declared),
    with_these_medications: (asked) => theseMedications(asked, declared),
    mean_recorded_value: summary,
    min_recorded_value: summary,
    max_recorded_value: summary,
    most_recent_bmi: bmi,
    comparator_from: fromRange,
    reference_range_lower_bound_from: fromRange,
    reference_range_upper_bound_from: fromRange,
  };
}
