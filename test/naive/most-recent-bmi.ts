/** `most_recent_bmi`. */
import type { IsoDate } from "../../engine/base/dates.ts";
import { yearOf } from "../../engine/base/dates.ts";
import { argument, ownRows } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { clinicalEvents } from "./events-by-code.ts";
import type { CodedRow } from "./events-by-code.ts";
import { found } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf, upToEnd } from "./in-period.ts";
import type { InPeriod } from "./in-period.ts";
import { pick } from "./order.ts";
import { day, dayOf } from "./row.ts";

const BMI = ["22K.."];
const WEIGHT = ["X76C7", "22A.."];
const HEIGHT = ["XM01E", "229.."];

export function mostRecentBmi(asked: Asked): Found {
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
  asked: Asked,
  codes: readonly string[],
  inPeriod: InPeriod,
): CodedRow | null {
  const events = clinicalEvents(asked, { system: "ctv3", codes }, inPeriod);
  const latest = pick(events, { first: false, at: ({ at }) => at, ties: ({ id }) => [id] });
  const on = dayOf(latest?.at ?? null);
  const birth = birthDay(asked);
  if (on === null || birth === null) return null;
  const minimum = Math.trunc(Number(argument(asked, "minimum_age_at_measurement")));
  // By calendar years, not completed ones.
  return yearOf(on) - yearOf(birth) >= minimum ? latest : null;
}

function birthDay(asked: Asked): IsoDate | null {
  return day(ownRows(asked, "Patient")[0] ?? null, "DateOfBirth");
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
