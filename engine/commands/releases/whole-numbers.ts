/** What of a measure's file an audit can model: numbers of patients, or of things that patients have. */
import type { PublishedMeasure } from "../../audit/describe/description.ts";
import { measureNumber } from "../../measures/read-measure.ts";
import type { PublishedFacts } from "../../measures/published-facts.ts";
import { POPULATION } from "../../measures/measure-spec.ts";
import { csvRows } from "../../text/csv-rows.ts";
import { lineOf } from "./published-text.ts";

export interface Modelled {
  /** Null where nothing of it is in the model. */
  readonly measure: PublishedMeasure | null;
  readonly text: string;
  /** Columns that are not. */
  readonly leftOut: readonly string[];
}

/**
 * The file with the columns that hold whole numbers from 0: sums of other numbers can be anything between two
 * printed ones. Where one of two columns is left out, the other is a measure of its own: small numbers are hidden
 * in each by itself.
 */
export function wholeNumbers(
  measure: PublishedMeasure,
  text: string,
  kinds: PublishedFacts["kinds"],
): Modelled {
  const counted = [...new Set([measure.numerator, measure.denominator])];
  const doubtful = counted.filter((name) => name !== POPULATION && !isCounted(kinds, name));
  if (doubtful.length === 0) return { measure, text, leftOut: [] };
  const rows = csvRows(text).map((row) => row.cells());
  const first = placeOfCounted(measure, rows[0] ?? []);
  const leftOut = doubtful.filter((name) => {
    const at = first + counted.indexOf(name);
    return kinds[name] === "number" || rows.slice(1).some((cells) => isOther(cells[at] ?? ""));
  });
  const [kept] = counted.filter((name) => !leftOut.includes(name));
  if (leftOut.length === 0) return { measure, text, leftOut };
  if (kept === undefined) return { measure: null, text: "", leftOut };
  const dropped = first + 1 - counted.indexOf(kept);
  const value = rows[0]?.indexOf("value", first) ?? -1;
  const lines = rows.map((cells, row) =>
    lineOf(
      cells
        .map((cell, at) => (at === value && row > 0 ? "" : cell))
        .filter((_, at) => at !== dropped),
    ),
  );
  return {
    measure: { ...measure, numerator: kept, denominator: kept },
    text: lines.join(""),
    leftOut,
  };
}

function isCounted(kinds: PublishedFacts["kinds"], name: string): boolean {
  return Object.hasOwn(kinds, name) && kinds[name] !== "number";
}

/** Labels stand before the numbers; of everybody there are none. */
function placeOfCounted(
  { numerator, group_by: keys }: PublishedMeasure,
  header: readonly string[],
) {
  const labels = (keys ?? []).some((name) => name !== POPULATION) ? (keys ?? []).length : 0;
  return header[labels] === numerator ? labels : header.length;
}

/** A number, but not one that counts. */
function isOther(cell: string): boolean {
  const number = measureNumber(cell);
  return number !== null && number !== undefined && !(Number.isSafeInteger(number) && number >= 0);
}
