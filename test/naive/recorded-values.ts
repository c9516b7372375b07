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

type Recorded = Asked<"mean_recorded_value" | "min_recorded_value" | "max_recorded_value">;
type BmiAsked = Asked<"most_recent_bmi">;

function recordedValue(asked: Recorded): Found {
  const { codelist, on_most_recent_day_of_measurement: ofLastDay } = asked.column.args;
  const events = clinicalEvents(asked, codelist, periodOf(asked));
  if (ofLastDay !== true) {
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
  const inPeriod = periodOf(asked);
  const bmi = adultMeasurement(asked, BMI, inPeriod);
  const weight = adultMeasurement(asked, WEIGHT, inPeriod);
  // A height counts from any time before, whatever the beginning of the period.
  const height = adultMeasurement(asked, HEIGHT, upToEnd(asked));
  const value = computedBmi(weight, height) ?? bmi?.value ?? null;
  // A height of 0 leaves no value, and still the day of the weight.
  const dated = weight === null || height === null ? bmi : weight;
  return found(value === null ? null : toOneDecimal(value), dayOf(dated?.at ?? null));
}

/** The latest, and only then the question whether the patient was old enough at it. */
function adultMeasurement(
  asked: BmiAsked,
  codes: readonly string[],
  inPeriod: InPeriod,
): CodedRow | null {
  const events = clinicalEvents(asked, { system: "ctv3", codes }, inPeriod);
  const latest = pick(events, { first: false, at: ({ at }) => at, ties: ({ id }) => [id] });
  const on = dayOf(latest?.at ?? null);
  const birth = birthDay(asked);
  if (on === null || birth === null) return null;
  const minimum = Math.trunc(Number(asked.column.args.minimum_age_at_measurement));
  // By calendar years, not completed ones.
  return yearOf(on) - yearOf(birth) >= minimum ? latest : null;
}

function birthDay(asked: Asked): IsoDate | null {
  return day(patientRow(asked), "DateOfBirth");
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
