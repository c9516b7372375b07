/** Dummy values of one column, by how its expectations describe them. */
import { isoDateOf, toDayNumber } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import { emptyNumber } from "../../definition/empty-value.ts";
import type { DrawnValues } from "../../definition/expectations/expectation-facts.ts";
import { NO_DATE } from "../../table/cohort-schema.ts";
import type { ColumnValues } from "../../table/cohort-schema.ts";
import { fillNormal, fillPoisson } from "./distributions.ts";
import type { RandomStream } from "./random-stream.ts";
import { choose, weightedChoice } from "./choices.ts";

type Category = Extract<DrawnValues, { kind: "category" }>;
type NumberDraw = Extract<DrawnValues, { kind: "normal" | "poisson" | "population_ages" }>;

/**
 * One value per row. `has` is 1 where a row has one; the others get the type's empty value, -1 for an
 * index of multiple deprivation.
 */
export function drawValues(
  column: CheckedColumn,
  drawn: DrawnValues,
  has: Uint8Array,
  stream: RandomStream,
): ColumnValues {
  switch (drawn.kind) {
    case "none":
    case "date":
      throw new Error(`column ${column.name} has no values of its own to draw`);
    case "bool":
      return { type: "bool", values: has };
    case "category":
      return asType(column, drawn, drawCodes(drawn, has, stream));
    case "population_ages":
    case "normal":
    case "poisson": {
      const values = new Float64Array(has.length);
      fillNumbers(values, drawn, stream);
      return column.type === "float" ? decimals(values, has) : wholeNumbers(values, has);
    }
    default:
      return unreachable(drawn);
  }
}

/** Every row is drawn, also one that stays empty: so its value does not depend on who else has one. */
function fillNumbers(values: Float64Array, drawn: NumberDraw, stream: RandomStream): void {
  switch (drawn.kind) {
    case "normal":
      fillNormal(values, stream, drawn);
      return;
    case "poisson":
      fillPoisson(values, stream, drawn.mean);
      return;
    case "population_ages": {
      const ages = weightedChoice(ageProbabilities);
      for (let row = 0; row < values.length; row++) values[row] = choose(ages, stream);
      return;
    }
    default:
      unreachable(drawn);
  }
}

function decimals(values: Float64Array, has: Uint8Array): ColumnValues {
  // Adding 0 makes a plain zero of -0.
  for (let row = 0; row < values.length; row++) {
    values[row] = (values[row] ?? 0) * (has[row] ?? 0) + 0;
  }
  return { type: "float", values };
}

/** Cut towards zero. */
function wholeNumbers(values: Float64Array, has: Uint8Array): ColumnValues {
  for (let row = 0; row < values.length; row++) {
    values[row] = Math.trunc(values[row] ?? 0) * (has[row] ?? 0) + 0;
  }
  return { type: "int", values };
}

/**
 * Places among the words; behind the last one for rows without a value, so that "" can be a word.
 */
function drawCodes(
  { words, shares }: Category,
  has: Uint8Array,
  stream: RandomStream,
): Uint32Array {
  const choice = weightedChoice(shares);
  const empty = words.length;
  const codes = new Uint32Array(has.length);
  for (let row = 0; row < codes.length; row++) {
    // Without a branch, which nobody could predict.
    codes[row] = empty + (has[row] ?? 0) * (choose(choice, stream) - empty);
  }
  return codes;
}

/** Categories of a column that is declared to be a number or a date are values of that type. */
function asType(
  column: CheckedColumn,
  { words, asText }: Category,
  codes: Uint32Array,
): ColumnValues {
  if (column.type === "str" || asText === true)
    return { type: "str", codes, values: [...words, ""] };
  if (column.type === "date") {
    const dayOf = (word: string) => (word === "" ? NO_DATE : toDayNumber(isoDateOf(word)));
    const days = [...words.map(dayOf), NO_DATE];
    const values = new Int32Array(codes.length);
    for (let row = 0; row < values.length; row++) values[row] = days[codes[row] ?? 0] ?? NO_DATE;
    return { type: "date", values };
  }
  const empty = emptyNumber(column);
  const numbers = [...words.map((word) => (word === "" ? empty : Number(word))), empty];
  const values = new Float64Array(codes.length);
  for (let row = 0; row < values.length; row++) values[row] = numbers[codes[row] ?? 0] ?? 0;
  return { type: column.type === "float" ? "float" : "int", values };
}

/** Thousands of people in each band of five years, from 0-4 to 95-99, then all from 100 on. */
const bands = [
  3914, 4139, 3859, 3669, 4185, 4527, 4463, 4372, 3993, 4507, 4674, 4294, 3673, 3396, 3252, 2236,
  1673, 1024, 448, 123, 13,
];
const YEARS_IN_BAND = 5;
const YEARS_IN_LAST_BAND = 10;

/** Probability of each single age from 0 to 109. */
export const ageProbabilities: readonly number[] = probabilities();

/**
 * The last band counts as five years although it fills ten, so all would add up to more than 1; the
 * excess is taken from the first age of the largest band, as in the reference.
 */
function probabilities(): readonly number[] {
  const people = bands.reduce((sum, band) => sum + band, 0);
  const ages = bands.flatMap((band, place) => {
    const years = place === bands.length - 1 ? YEARS_IN_LAST_BAND : YEARS_IN_BAND;
    return Array.from({ length: years }, () => band / people / YEARS_IN_BAND);
  });
  const excess = ages.reduce((sum, share) => sum + share, 0) - 1;
  const largest = bands.indexOf(Math.max(...bands)) * YEARS_IN_BAND;
  return ages.map((share, age) => (age === largest ? share - excess : share));
}
