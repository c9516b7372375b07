/** A measure's file as columns: what a picture of it needs, and little more than its numbers take in memory. */
import type { IsoDate } from "../base/dates.ts";
import { byCodePoint } from "../base/value-types.ts";
import { added, growingCodes, growingFloats, reserve } from "./growing-numbers.ts";
import type { GrowingNumbers } from "./growing-numbers.ts";
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
  readonly dateOf: Uint32Array;
  /** For each column, places in its labels. */
  readonly labelOf: readonly Uint32Array[];
  /** NaN where it is hidden or has no denominator. */
  readonly values: Float64Array;
  /** NaN where it is hidden. */
  readonly denominators: Float64Array;
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
  readonly dateOf: GrowingNumbers<Uint32Array>;
  readonly labelOf: readonly GrowingNumbers<Uint32Array>[];
  readonly values: GrowingNumbers<Float64Array>;
  readonly denominators: GrowingNumbers<Float64Array>;
}

export function noFigures(
  dates: readonly IsoDate[],
  columns: readonly LabelColumn[],
): GatheredFigures {
  return {
    ...{ dates, columns, dateOf: growingCodes(), labelOf: columns.map(growingCodes) },
    ...{ values: growingFloats(), denominators: growingFloats() },
  };
}

/** Makes room for the figures of so many rows more. */
export function reserveFigures(held: GatheredFigures, rows: number): void {
  for (const codes of [held.dateOf, ...held.labelOf]) reserve(codes, rows);
  for (const numbers of [held.values, held.denominators]) reserve(numbers, rows);
}

/** NaN for what is blank; there is room. */
export function addFigure(
  { values, denominators }: Pick<GatheredFigures, "values" | "denominators">,
  value: number,
  denominator: number,
): void {
  values.numbers[values.count++] = denominator === 0 ? NaN : value;
  denominators.numbers[denominators.count++] = denominator;
}

export function figuresOf(held: GatheredFigures): MeasureFigures {
  const { dates: found, columns } = held;
  const dates = [...found].sort(byCodePoint);
  const dateOf = added(held.dateOf);
  if (!dates.every((date, at) => date === found[at])) {
    const places = found.map((date) => dates.indexOf(date));
    dateOf.forEach((at, row) => (dateOf[row] = places[at] ?? 0));
  }
  return {
    ...{ dates, columns, dateOf, labelOf: held.labelOf.map(added) },
    ...{ values: added(held.values), denominators: added(held.denominators) },
  };
}

export interface FigureGatherer {
  readonly add: (row: MeasureRow, date: IsoDate) => void;
  readonly figures: () => MeasureFigures;
}

export function gatherFigures(names: readonly string[]): FigureGatherer {
  const dates = numbered<IsoDate>();
  const labels = names.map(() => numbered<string>());
  const columns = names.map((name, at) => ({ name, labels: labels[at]?.names ?? [] }));
  const held = noFigures(dates.names, columns);
  const add = (into: GrowingNumbers<Uint32Array>, place: number): void => {
    into.numbers[into.count++] = place;
  };
  return {
    add: ({ groups, value, denominator }, date) => {
      reserveFigures(held, 1);
      add(held.dateOf, dates.placeOf(date));
      held.labelOf.forEach((into, at) => {
        add(into, labels[at]?.placeOf(groups[at] ?? "") ?? 0);
      });
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
