/** How the values of a column are drawn, by its type. */
import { parseIsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import type { DrawnValues } from "./expectation-facts.ts";
import { isLoose } from "./expectation-merge.ts";
import { dummyKind, isAddressCategory } from "./expectation-plan.ts";
import { readRatios } from "./expectation-ratios.ts";
import { placeOf, whereIs, wrong } from "./expectation-reading.ts";
import type { ExpectationReading } from "./expectation-reading.ts";

const PATH = ["category", "ratios"];

type NumberKind = "int" | "float";

const distributions = {
  int: ["normal", "poisson", "population_ages"],
  float: ["normal"],
} as const;

const NONE = { kind: "none" } as const;

/** A wrong or missing part is reported and gives `none`. */
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
      return prefersRatios(reading, kind)
        ? checkedWords(reading, readRatios(reading))
        : readDistribution(reading, kind);
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

/** How the values of a column that holds no text are written among ratios. */
const written: { readonly [T in "int" | "float" | "date"]: (word: string) => boolean } = {
  int: (word) => /^-?\d{1,9}$/.test(word),
  float: (word) => word.trim() !== "" && Number.isFinite(Number(word)),
  date: (word) => parseIsoDate(word) !== null,
};

const expectedWords = { int: "whole numbers", float: "numbers", date: "days, YYYY-MM-DD" } as const;

/**
 * Index of multiple deprivation and rural-urban classification are numbers in spite of being categories.
 * Authors name them by words too, as the reference takes them: their dummy data are then text, unless
 * something is worked out from them.
 */
function checkedWords(reading: ExpectationReading, values: DrawnValues): DrawnValues {
  const { column, isRead } = reading.facts;
  const { type } = column;
  if (values.kind !== "category" || type === "str" || type === "bool") return values;
  if (values.words.every((word) => word === "" || written[type](word))) return values;
  if (type === "int" && isAddressCategory(column) && !isRead) {
    const facts = whereIs(reading, PATH);
    reading.warnings.push(problem("words-for-numbers", facts, placeOf(reading, facts)));
    return { ...values, asText: true };
  }
  const reason = isRead ? ", because other columns are worked out from it" : "";
  wrong(reading, PATH, `shares of ${expectedWords[type]}${reason}`);
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
