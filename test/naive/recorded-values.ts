/** Mean, least and greatest recorded value, the body mass index, scores of decision support. */
import type { IsoDate } from "../../engine/base/dates.ts";
import { yearOf } from "../../engine/base/dates.ts";
import type { recordedValues } from "../../engine/definition/functions/recorded-values.ts";
import { findsFirst, ownRows, patientRow } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { clinicalEvents } from "./events-by-code.ts";
import type { CodedRow } from "./events-by-code.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf, upToEnd } from "./in-period.ts";
import type { InPeriod } from "./in-period.ts";
import { matched } from "./matched.ts";
import { extreme, pick } from "./order.ts";
import { day, dayOf, moment, real, whole } from "./row.ts";

export type Recorded = Asked<"mean_recorded_value" | "min_recorded_value" | "max_recorded_value">;
export type BmiAsked = Asked<"most_recent_bmi">;

function recordedValue(asked: Recorded): Found {
  return summaryOf(asked, clinicalEvents(asked, asked.column.args.codelist, periodOf(asked)));
}

/** Of the events of the period. */
export function summaryOf(asked: Recorded, events: readonly CodedRow[]): Found {
  if (asked.column.args.on_most_recent_day_of_measurement !== true) {
    return found(summary(asked, numbersOf(events)));
  }
  const latest = extreme(
    events.map(({ at }) => dayOf(at)),
    false,
  );
  if (latest === null) return nothing;
  const ofThatDay = events.filter(({ at }) => dayOf(at) === latest);
  return found(summary(asked, numbersOf(ofThatDay)), latest);
}

/** Zeros count, missing values do not. */
function numbersOf(events: readonly { readonly value: number | null }[]): number[] {
  return events.flatMap(({ value }) => (value === null ? [] : [value]));
}

function summary(asked: Recorded, numbers: readonly number[]): number | null {
  if (numbers.length === 0) return null;
  switch (asked.column.function) {
    case "min_recorded_value":
      return extreme(numbers, true);
    case "max_recorded_value":
      return extreme(numbers, false);
    default:
      return numbers.reduce((total, each) => total + each, 0) / numbers.length;
  }
}

const BMI = ["22K.."];
const WEIGHT = ["X76C7", "22A.."];
const HEIGHT = ["XM01E", "229.."];

function mostRecentBmi(asked: BmiAsked): Found {
  const of = (codes: readonly string[]) => (inPeriod: InPeriod) =>
    clinicalEvents(asked, { system: "ctv3", codes }, inPeriod);
  const birth = day(patientRow(asked), "DateOfBirth");
  return bodyMass(asked, { birth, index: of(BMI), weight: of(WEIGHT), height: of(HEIGHT) });
}

type Measured = (inPeriod: InPeriod) => readonly CodedRow[];

/** Of measurements in kilograms and metres. */
export function bodyMass(
  asked: BmiAsked,
  measured: { readonly birth: IsoDate | null } & Readonly<
    Record<"index" | "weight" | "height", Measured>
  >,
): Found {
  const inPeriod = periodOf(asked);
  const latest = (events: readonly CodedRow[]) => adultMeasurement(asked, measured.birth, events);
  const bmi = latest(measured.index(inPeriod));
  const weight = latest(measured.weight(inPeriod));
  // A height counts from any time before, whatever the beginning of the period.
  const height = latest(measured.height(upToEnd(asked)));
  const value = computedBmi(weight, height) ?? bmi?.value ?? null;
  // A height of 0 leaves no value, and still the day of the weight.
  const dated = weight === null || height === null ? bmi : weight;
  return found(value === null ? null : toOneDecimal(value), dayOf(dated?.at ?? null));
}

/** The latest, and only then the question whether the patient was old enough at it. */
function adultMeasurement(
  asked: BmiAsked,
  birth: IsoDate | null,
  events: readonly CodedRow[],
): CodedRow | null {
  const latest = pick(events, { first: false, at: ({ at }) => at, ties: ({ ties }) => ties });
  const on = dayOf(latest?.at ?? null);
  if (on === null || birth === null) return null;
  const minimum = Math.trunc(Number(asked.column.args.minimum_age_at_measurement));
  // By calendar years, not completed ones.
  return yearOf(on) - yearOf(birth) >= minimum ? latest : null;
}

function computedBmi(weight: CodedRow | null, height: CodedRow | null): number | null {
  if (weight === null || height === null) return null;
  if (weight.value === null || height.value === null || height.value === 0) return null;
  return weight.value / (height.value * height.value);
}

/** Half away from zero. */
function toOneDecimal(value: number): number {
  return (Math.sign(value) * Math.round(Math.abs(value) * 10)) / 10;
}

const ELECTRONIC_FRAILTY_INDEX = 1;

function decisionSupport(asked: Asked<"with_these_decision_support_values">): Found {
  const inPeriod = periodOf(asked);
  const all = ownRows(asked, "DecisionSupportValue").filter(
    (row) =>
      whole(row, "AlgorithmType") === ELECTRONIC_FRAILTY_INDEX &&
      inPeriod(day(row, "CalculationDateTime")),
  );
  const rows =
    asked.column.args.ignore_missing_values === true
      ? all.filter((row) => (real(row, "NumericValue") ?? 0) !== 0)
      : all;
  const winner = pick(rows, {
    first: findsFirst(asked),
    at: (row) => moment(row, "CalculationDateTime"),
    ties: (row) => [real(row, "NumericValue")],
  });
  const value = found(real(winner, "NumericValue"), day(winner, "CalculationDateTime"));
  return matched(asked, rows, "CalculationDateTime") ?? value;
}

export const answerRecordedValues: AnswerFamily<typeof recordedValues> = {
  most_recent_bmi: mostRecentBmi,
  mean_recorded_value: recordedValue,
  min_recorded_value: recordedValue,
  max_recorded_value: recordedValue,
  with_these_decision_support_values: decisionSupport,
};
