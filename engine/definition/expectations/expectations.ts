/** What the dummy data of a column shall look like: merged, checked and made complete. */
import { readDateRange } from "./expectation-dates.ts";
import type { ExpectationCheck, ExpectationFacts, ExpectationRate } from "./expectation-facts.ts";
import { missingProblem, startReading, wrong } from "./expectation-reading.ts";
import type { ExpectationReading } from "./expectation-reading.ts";
import { readValues } from "./expectation-values.ts";

export { mergeExpectations } from "./expectation-merge.ts";

const rates: readonly ExpectationRate[] = ["exponential_increase", "uniform", "universal"];

/**
 * The expectations of one drawn column (which those are: `drawnColumns`). Demanded is what the column
 * uses: values by its type, an incidence unless the rate is universal, dates where dates are drawn.
 * Keys that it does not use may be there; only their dates are looked at.
 */
export function checkExpectations(facts: ExpectationFacts, defaults: unknown): ExpectationCheck {
  const reading = startReading(facts, defaults);
  const rate = readRate(reading);
  const incidence = rate === "universal" ? 1 : readIncidence(reading);
  const values = readValues(reading);
  const range = readDateRange(reading, values);
  const problems = [...reading.problems, ...missingProblem(reading)];
  const expectations = problems.length > 0 ? null : { rate, incidence, range, values };
  return { expectations, problems, warnings: reading.warnings };
}

function readRate(reading: ExpectationReading): ExpectationRate {
  const given = reading.merged["rate"] ?? "exponential_increase";
  const rate = rates.find((name) => name === given);
  if (rate !== undefined) return rate;
  wrong(reading, ["rate"], `one of ${rates.map((name) => JSON.stringify(name)).join(", ")}`);
  return "exponential_increase";
}

function readIncidence(reading: ExpectationReading): number {
  const given = reading.merged["incidence"];
  if (typeof given === "number" && given > 0 && given <= 1) return given;
  if (given !== undefined && given !== null) {
    wrong(reading, ["incidence"], "a number above 0 and at most 1");
  } else reading.missing.push({ key: "incidence", example: 0.5 });
  return 1;
}
