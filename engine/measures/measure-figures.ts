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
  /** NaN where it is hidden or has no denominator. */
  readonly values: readonly number[];
  /** NaN where it is hidden. */
  readonly denominators: readonly number[];
}

export function stateAt(
  { values, denominators }: Pick<MeasureFigures, "values" | "denominators">,
  row: number,
): FigureState {
  if (denominators[row] === 0) return "no denominator";
  return Number.isNaN(values[row] ?? NaN) ? "hidden" : "shown";
}

/** Figures in the making: dates have places in the order in which the file has them. */
export interface GatheredFigures {
  readonly dates: readonly IsoDate[];
  readonly columns: readonly LabelColumn[];
  readonly dateOf: number[];
  readonly labelOf: readonly number[][];
  readonly values: number[];
  readonly denominators: number[];
}

/** Blank where it is NaN. */
export function addFigure(
  { values, denominators }: Pick<GatheredFigures, "values" | "denominators">,
  value: number,
  denominator: number,
): void {
  values.push(denominator === 0 ? NaN : value);
  denominators.push(denominator);
}

export function figuresOf({ dates: found, dateOf, ...rest }: GatheredFigures): MeasureFigures {
  const dates = [...found].sort(byCodePoint);
  if (dates.every((date, at) => date === found[at])) return { ...rest, dates, dateOf };
  const places = found.map((date) => dates.indexOf(date));
  return { ...rest, dates, dateOf: dateOf.map((at) => places[at] ?? 0) };
}

export interface FigureGatherer {
  readonly add: (row: MeasureRow, date: IsoDate) => void;
  readonly figures: () => MeasureFigures;
}

export function gatherFigures(names: readonly string[]): FigureGatherer {
  const dates = numbered<IsoDate>();
  const columns = names.map(() => numbered<string>());
  const held: GatheredFigures = {
    dates: dates.names,
    columns: names.map((name, at) => ({ name, labels: columns[at]?.names ?? [] })),
    dateOf: [],
    labelOf: names.map(() => []),
    ...{ values: [], denominators: [] },
  };
  return {
    add: ({ groups, value, denominator }, date) => {
      held.dateOf.push(dates.placeOf(date));
      columns.forEach((column, at) => held.labelOf[at]?.push(column.placeOf(groups[at] ?? "")));
      addFigure(held, value ?? NaN, denominator ?? NaN);
    },
    figures: () => figuresOf(held),
  };
}

interface Numbered<Name extends string> {
  readonly names: readonly Name[];
  readonly placeOf: (name: Name) => number;
}

function numbered<Name extends string>(): Numbered<Name> {
  const places = new Map<string, number>();
  const names: Name[] = [];
  const placeOf = (name: Name): number => {
    let place = places.get(name);
    if (place === undefined) {
      place = names.push(name) - 1;
      places.set(name, place);
    }
    return place;
  };
  return { names, placeOf };
}
