/** The shares of a column's categories. */
import { nearestNames } from "../../base/nearest.ts";
import { problem } from "../problems.ts";
import {
  availableCategories,
  checkCategoryRatios,
  entriesOf,
  haveKeys,
} from "./expectation-categories.ts";
import type { CategorySource } from "./expectation-categories.ts";
import type { DrawnValues, ExpectationFacts } from "./expectation-facts.ts";
import { isLoose } from "./expectation-merge.ts";
import { placeOf, whereIs, wrong } from "./expectation-reading.ts";
import type { ExpectationReading } from "./expectation-reading.ts";
import type { Codelist } from "../model.ts";

const PATH = ["category", "ratios"];
/** As far from 1 as rounding takes a sum of fractions; the reference refuses more. */
const TOLERANCE = 1e-8;

type Ratios = ReadonlyMap<string, number>;

/** `category.ratios`, scaled to 1 with a warning where they are not. */
export function readRatios(reading: ExpectationReading): DrawnValues {
  const ratios = ratiosOf(reading);
  if (ratios === null) return { kind: "none" };
  const sum = sumOf(ratios);
  if (!(sum > 0)) {
    wrong(reading, PATH, "numbers of which at least one is above 0");
    return { kind: "none" };
  }
  if (Math.abs(sum - 1) > TOLERANCE) {
    const facts = { ...whereIs(reading, PATH), sum: Number(sum.toPrecision(6)) };
    reading.warnings.push(problem("scaled-ratios", facts, placeOf(reading, facts)));
  }
  checkAvailable(reading, ratios);
  checkNamedNull(reading);
  const shares = [...ratios.values()].map((ratio) => ratio / sum);
  return { kind: "category", words: [...ratios.keys()], shares };
}

/**
 * Merged key by key as the rest; but where that does not add up to 1, the column's own ratios stand
 * alone. In the reference such a study fails, so none relies on it, and the alternative would put the
 * categories of the defaults into the column.
 */
function ratiosOf(reading: ExpectationReading): Ratios | null {
  const merged = readMapping(reading, reading.merged);
  const own = given(reading.own);
  if (merged === null || own === undefined || isOne(sumOf(merged))) return merged;
  return readMapping(reading, reading.own);
}

function readMapping(
  reading: ExpectationReading,
  expectations: ExpectationReading["merged"],
): Ratios | null {
  const ratios = given(expectations);
  if (ratios === undefined) {
    reading.missing.push({ key: "category.ratios", example: { ratios: exampleRatios(reading) } });
    return null;
  }
  const entries = entriesOf(ratios);
  const isShare = (ratio: unknown): ratio is number =>
    typeof ratio === "number" && ratio >= 0 && ratio < Infinity;
  const read = new Map<string, number>();
  for (const [word, ratio] of entries) {
    if (isShare(ratio)) read.set(word, (read.get(word) ?? 0) + ratio);
  }
  const areShares = haveKeys(ratios) && entries.every(([, ratio]) => isShare(ratio));
  if (read.size > 0 && areShares) return read;
  wrong(
    reading,
    PATH,
    'values and their shares, numbers from 0: { M: 0.5, F: 0.5 }, or pairs with null for nothing recorded, [["M", 0.5], [null, 0.5]]',
  );
  return null;
}

function given(expectations: ExpectationReading["merged"]): unknown {
  const category = expectations["category"];
  return isLoose(category) ? (category["ratios"] ?? undefined) : undefined;
}

function sumOf(ratios: Ratios): number {
  return [...ratios.values()].reduce((sum, ratio) => sum + ratio, 0);
}

function isOne(sum: number): boolean {
  return Math.abs(sum - 1) <= TOLERANCE;
}

function checkAvailable(reading: ExpectationReading, ratios: Ratios): void {
  const source = categorySource(reading.facts.column);
  const available = availableCategories(source);
  const unavailable = checkCategoryRatios({ ...source, ratios: Object.fromEntries(ratios) });
  if (available === null || unavailable.length === 0) return;
  const nearest = unavailable.flatMap((word) => nearestNames(word, available, 1));
  const facts = { ...whereIs(reading, PATH), unavailable, nearest, available };
  reading.problems.push(problem("unavailable-category", facts, placeOf(reading, facts)));
}

/** JavaScript makes the texts "null" and "undefined" of such keys of an object, which nobody means. */
function checkNamedNull(reading: ExpectationReading): void {
  const ratios = given(reading.merged);
  const available = availableCategories(categorySource(reading.facts.column)) ?? [];
  const key = ["null", "undefined"].find((name) => isLoose(ratios) && Object.hasOwn(ratios, name));
  if (key === undefined || available.includes(key)) return;
  const facts = { ...whereIs(reading, PATH), key };
  reading.problems.push(problem("ratio-named-null", facts, placeOf(reading, facts)));
}

/** `care_home_status_as_of` has categories too, but they are not checked. */
function categorySource({
  function: name,
  args,
  rules,
}: ExpectationFacts["column"]): CategorySource {
  const codelist = args["codelist"];
  const returning = args["returning"];
  return {
    codelist: isLoose(codelist) ? (codelist as unknown as Codelist) : null,
    returning: typeof returning === "string" ? returning : null,
    categoryDefinitions:
      rules === null || name !== "categorised_as"
        ? null
        : { $pairs: rules.map(({ value }) => [value, null] as const) },
  };
}

function exampleRatios({ facts }: ExpectationReading): Readonly<Record<string, number>> {
  const [first = "A", second] = availableCategories(categorySource(facts.column)) ?? ["A", "B"];
  return second === undefined ? { [first]: 1 } : { [first]: 0.5, [second]: 0.5 };
}
