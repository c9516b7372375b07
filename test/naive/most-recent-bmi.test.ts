import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { aboutOne, answers, table } from "./cohort-of.ts";

const BMI = "22K..";
const WEIGHT = "22A..";
const HEIGHT = "229..";

type Measurement = readonly [code: string, day: string, value: number];

/** The patient is born in January 1950. */
function bmiOf(args: object, ...measurements: readonly Measurement[]) {
  const rows = measurements.map(([code, day, value], i) => [i + 1, code, day, value] as const);
  const names = ["CodedEvent_ID", "CTV3Code", "ConsultationDate", "NumericValue"];
  const records = aboutOne({ CodedEvent: table(names, ...rows) });
  const asked = { include_measurement_date: true, date_format: "YYYY-MM-DD", ...args };
  const { bmi, bmi_date_measured: date } = answers({ bmi: ["most_recent_bmi", asked] }, records);
  return [bmi, date];
}

describe("the most recent BMI", () => {
  it("is computed from weight and height of different days, and dated by the weight", () => {
    const found = bmiOf({}, [HEIGHT, "2001-05-01", 2], [WEIGHT, "2010-07-02", 90]);
    assert.deepEqual(found, ["22.5", "2010-07-02"]);
  });

  it("that is computed wins over a newer recorded one", () => {
    const found = bmiOf(
      {},
      [HEIGHT, "2001-05-01", 2],
      [WEIGHT, "2010-07-02", 90],
      [BMI, "2020-01-01", 31],
    );
    assert.deepEqual(found, ["22.5", "2010-07-02"]);
  });

  it("is rounded to one decimal, a half upwards", () => {
    assert.equal(bmiOf({}, [HEIGHT, "2001-05-01", 2], [WEIGHT, "2010-07-02", 89])[0], "22.3");
  });

  it("may use a height from before the period, but no weight", () => {
    const height: Measurement = [HEIGHT, "2001-05-01", 2];
    const args = { on_or_after: "2010-01-01" };
    assert.deepEqual(bmiOf(args, height, [WEIGHT, "2010-07-02", 90])[0], "22.5");
    assert.deepEqual(bmiOf(args, height, [WEIGHT, "2009-12-31", 90]), ["0.0", ""]);
  });

  it("falls back on the recorded one, but keeps the weight's day, where the height is 0", () => {
    const found = bmiOf(
      {},
      [HEIGHT, "2001-05-01", 0],
      [WEIGHT, "2010-07-02", 90],
      [BMI, "2005-01-01", 31],
    );
    assert.deepEqual(found, ["31.0", "2010-07-02"]);
  });

  it("counts age by calendar years", () => {
    const measured: Measurement = [BMI, "1966-01-01", 20];
    assert.equal(bmiOf({ minimum_age_at_measurement: 16 }, measured)[0], "20.0");
    assert.equal(bmiOf({ minimum_age_at_measurement: 17 }, measured)[0], "0.0");
  });

  it("asks for age only after the latest is chosen", () => {
    const child = bmiOf(
      { minimum_age_at_measurement: 60, on_or_before: "2009-12-31" },
      [BMI, "2009-12-31", 20],
      [BMI, "2005-01-01", 30],
    );
    assert.deepEqual(child, ["0.0", ""]);
  });
});
