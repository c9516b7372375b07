/** A measure's file as columns: what a picture of it needs, and little more than its numbers take in memory. */
import type { IsoDate } from "../base/dates.ts";
import { byCodePoint } from "../base/value-types.ts";
import type { MeasureRow } from "./read-measure.ts";

/** Why a figure can be drawn, or cannot. */
export type FigureState = "shown" | "hidden" | "no denominator";

export interface LabelColumn {
  readonly name: string;
  /** In the order in which the file has them. */
  readonly labels: readonly string[];
}

/** Lists have one entry for each row of the file, in its order. */
export interface MeasureFigures {
  /** Those that occur, ascending. */
  readonly dates: readonly IsoDate[];
  readonly columns: readonly LabelColumn[];
  /** Places in `dates`. */
  readonly dateOf: readonly number[];
  /** For each column, places in its labels. */
  readonly labelOf: readonly (readonly number[])[];
  readonly states: readonly FigureState[];
  /** NaN where nothing is shown. */
  readonly values: readonly number[];
  /** 0 where it is hidden: for who compares sizes. */
  readonly denominators: readonly number[];
}

export interface FigureGatherer {
  readonly add: (row: MeasureRow, date: IsoDate) => void;
  readonly figures: () => MeasureFigures;
}

export function gatherFigures(names: readonly string[]): FigureGatherer {
  const dates = numbered();
  const columns = names.map(() => numbered());
  const dateOf: number[] = [];
  const labelOf = names.map((): number[] => []);
  const states: FigureState[] = [];
  const values: number[] = [];
  const denominators: number[] = [];
  return {
    add: ({ groups, value, denominator }, date) => {
      dateOf.push(dates.placeOf(date));
      columns.forEach((column, at) => labelOf[at]?.push(column.placeOf(groups[at] ?? "")));
      const state = stateOf(value, denominator);
      states.push(state);
      values.push(state === "shown" ? (value ?? NaN) : NaN);
      denominators.push(denominator ?? 0);
    },
    figures: () => ({
      ...inOrder(dates.names as readonly IsoDate[], dateOf),
      columns: names.map((name, at) => ({ name, labels: columns[at]?.names ?? [] })),
      ...{ labelOf, states, values, denominators },
    }),
  };
}

function stateOf(value: number | null, denominator: number | null): FigureState {
  if (denominator === 0) return "no denominator";
  return value === null ? "hidden" : "shown";
}

function inOrder(
  found: readonly IsoDate[],
  dateOf: readonly number[],
): Pick<MeasureFigures, "dates" | "dateOf"> {
  const dates = [...found].sort(byCodePoint);
  if (dates.every((date, at) => date === found[at])) return { dates, dateOf };
  const places = found.map((date) => dates.indexOf(date));
  return { dates, dateOf: dateOf.map((at) => places[at] ?? 0) };
}

interface Numbered {
  readonly names: readonly string[];
  readonly placeOf: (name: string) => number;
}

/** Rows of one date follow each other, so the last name is the likeliest. */
function numbered(): Numbered {
  const places = new Map<string, number>();
  const names: string[] = [];
  let last = "";
  let lastPlace = -1;
  const placeOf = (name: string): number => {
    if (name === last && lastPlace >= 0) return lastPlace;
    let place = places.get(name);
    if (place === undefined) {
      place = names.push(name) - 1;
      places.set(name, place);
    }
    last = name;
    lastPlace = place;
    return place;
  };
  return { names, placeOf };
}
