/** How the values of a column are drawn, by its type. */
import { unreachable } from "../../base/problems.ts";
import type { DrawnValues } from "./expectation-facts.ts";
import { isLoose } from "./expectation-merge.ts";
import { dummyKind } from "./expectation-plan.ts";
import { readRatios } from "./expectation-ratios.ts";
import { wrong } from "./expectation-reading.ts";
import type { ExpectationReading } from "./expectation-reading.ts";

type NumberKind = "int" | "float";

const distributions = {
  int: ["normal", "poisson", "population_ages"],
  float: ["normal"],
} as const;

const NONE = { kind: "none" } as const;

/** spec/dummy.md 2; a wrong or missing part is reported and gives `none`. */
export function readValues(reading: ExpectationReading): DrawnValues {
  const { column, valued } = reading.facts;
  if (!valued) return NONE;
  const kind = dummyKind(column);
  switch (kind) {
    case "date":
    case "bool":
      return { kind };
    case "category":
      return checkedWords(reading, readRatios(reading));
    case "int":
    case "float":
      return prefersRatios(reading, kind) ? readRatios(reading) : readDistribution(reading, kind);
    default:
      return unreachable(kind);
  }
}

/**
 * `categorised_as` with numbers for categories may be described by ratios or by a distribution: by
 * what the column itself says, otherwise by the distribution as in the reference.
 */
function prefersRatios({ facts, own, merged }: ExpectationReading, kind: NumberKind): boolean {
  if (facts.column.function !== "categorised_as" && facts.column.rules === null) return false;
  if (own[kind] !== undefined) return false;
  return own["category"] !== undefined || merged[kind] === undefined;
}

/** Index of multiple deprivation and rural-urban classification: numbers in spite of being categories. */
function checkedWords(reading: ExpectationReading, values: DrawnValues): DrawnValues {
  if (reading.facts.column.type !== "int" || values.kind !== "category") return values;
  if (values.words.every((word) => /^-?\d{1,9}$/.test(word))) return values;
  wrong(reading, ["category", "ratios"], "shares of whole numbers");
  return NONE;
}

function readDistribution(reading: ExpectationReading, kind: NumberKind): DrawnValues {
  const given = reading.merged[kind];
  if (!isLoose(given)) {
    if (given !== undefined && given !== null) wrong(reading, [kind], "an object");
    else {
      const example = { distribution: "normal", mean: 25, stddev: 5 };
      reading.missing.push({ key: kind, example });
    }
    return NONE;
  }
  const choices: readonly string[] = distributions[kind];
  const distribution = given["distribution"];
  if (typeof distribution !== "string" || !choices.includes(distribution)) {
    wrong(reading, [kind, "distribution"], `one of ${choices.join(", ")}`);
    return NONE;
  }
  return withParameters(reading, kind, distribution as (typeof distributions)["int"][number]);
}

function withParameters(
  reading: ExpectationReading,
  kind: NumberKind,
  distribution: (typeof distributions)["int"][number],
): DrawnValues {
  if (distribution === "population_ages") return { kind: distribution };
  const least = distribution === "poisson" ? 0 : -Infinity;
  const mean = readParameter(reading, [kind, "mean"], least);
  if (distribution === "poisson") return mean === null ? NONE : { kind: distribution, mean };
  const stddev = readParameter(reading, [kind, "stddev"], 0);
  return mean === null || stddev === null ? NONE : { kind: distribution, mean, stddev };
}

function readParameter(
  reading: ExpectationReading,
  path: readonly [NumberKind, string],
  least: number,
): number | null {
  const distribution = reading.merged[path[0]];
  const given = isLoose(distribution) ? distribution[path[1]] : undefined;
  if (typeof given === "number" && Number.isFinite(given) && given >= least) return given;
  wrong(reading, path, least === 0 ? "a number from 0" : "a number");
  return null;
}
