/**
 * What a picture of a measure shows, before it is drawn: a line for each group; where a group column has so many
 * values that lines would hide each other, the deciles of them.
 */
import type { IsoDate } from "../base/dates.ts";
import { percentilesOf } from "../measures/deciles.ts";
import type { Deciles } from "../measures/deciles.ts";
import { stateAt } from "../measures/measure-figures.ts";
import type { FigureState, MeasureFigures } from "../measures/measure-figures.ts";

/** A column of this many values or more is shown by its deciles. */
export const DECILES_FROM = 10;
/** More panels than this are not read: those of the largest groups are drawn. */
const MOST_PANELS = 12;

export interface Point {
  readonly date: IsoDate;
  /** As the file has it; NaN where it is not shown. */
  readonly value: number;
  /** Null where the file has no row of the group at this date. */
  readonly state: FigureState | null;
}

export interface Series {
  /** "" for everybody. */
  readonly label: string;
  readonly points: readonly Point[];
}

/** `labels` are those of the columns that tell the panels apart. */
export type Panel =
  | {
      readonly kind: "lines";
      readonly labels: readonly string[];
      readonly series: readonly Series[];
    }
  | {
      readonly kind: "deciles";
      readonly labels: readonly string[];
      readonly deciles: readonly Deciles[];
    };

export interface MeasurePicture {
  readonly dates: readonly IsoDate[];
  /** What the lines, or the values behind the deciles, are of; null for everybody. */
  readonly spread: { readonly column: string; readonly labels: number } | null;
  /** Names of the columns that tell the panels apart. */
  readonly panelColumns: readonly string[];
  readonly panels: readonly Panel[];
  /** Smaller groups that are not drawn. */
  readonly panelsLeftOut: number;
  readonly counts: FigureCounts;
}

/** Of all rows of the file. */
export interface FigureCounts {
  readonly shown: number;
  readonly hidden: number;
  readonly zero: number;
  readonly withoutDenominator: number;
}

/** `asDeciles`: of the first column, however few values it has. */
export function pictureOf(
  figures: MeasureFigures,
  asDeciles: { readonly outer: boolean } | null = null,
): MeasurePicture {
  const spreadAt = asDeciles === null ? spreadColumn(figures) : 0;
  const column = figures.columns[spreadAt];
  const groups = panelGroups(figures, spreadAt);
  const drawn = largest(groups);
  const isMany = asDeciles !== null || (column?.labels.length ?? 0) >= DECILES_FROM;
  const { outer } = asDeciles ?? { outer: false };
  const panels = drawn.map(({ labels, rows }): Panel => {
    if (!isMany) return { kind: "lines", labels, series: seriesOf(figures, spreadAt, rows) };
    return { kind: "deciles", labels, deciles: decilesOfRows(figures, rows, { outer }) };
  });
  return {
    dates: figures.dates,
    spread: column === undefined ? null : { column: column.name, labels: column.labels.length },
    panelColumns: figures.columns.filter((_, at) => at !== spreadAt).map(({ name }) => name),
    panels,
    panelsLeftOut: groups.length - drawn.length,
    counts: countsOf(figures),
  };
}

/** The first with many values; without one the first of all. */
function spreadColumn({ columns }: MeasureFigures): number {
  const many = columns.findIndex(({ labels }) => labels.length >= DECILES_FROM);
  return Math.max(many, 0);
}

interface PanelGroup {
  readonly labels: readonly string[];
  /** Places of its rows. */
  readonly rows: Iterable<number>;
  size: number;
}

/** Rows that agree in every column but the one that is spread over, in order of first appearance. */
function panelGroups(figures: MeasureFigures, spreadAt: number): readonly PanelGroup[] {
  const { columns, labelOf, dateOf, denominators } = figures;
  const others = columns.map((_, at) => at).filter((at) => at !== spreadAt);
  if (others.length === 0) return [{ labels: [], rows: dateOf.map((_, row) => row), size: 0 }];
  const groups = new Map<number, PanelGroup & { readonly rows: number[] }>();
  for (let row = 0; row < dateOf.length; row++) {
    let key = 0;
    for (const at of others)
      key = key * (columns[at]?.labels.length ?? 1) + (labelOf[at]?.[row] ?? 0);
    let group = groups.get(key);
    if (group === undefined) {
      const labels = others.map((at) => columns[at]?.labels[labelOf[at]?.[row] ?? 0] ?? "");
      group = { labels, rows: [], size: 0 };
      groups.set(key, group);
    }
    group.rows.push(row);
    group.size += denominators[row] || 0;
  }
  return [...groups.values()];
}

/** In the order of the file. */
function largest(groups: readonly PanelGroup[]): readonly PanelGroup[] {
  if (groups.length <= MOST_PANELS) return groups;
  const kept = new Set([...groups].sort((a, b) => b.size - a.size).slice(0, MOST_PANELS));
  return groups.filter((group) => kept.has(group));
}

function seriesOf(
  figures: MeasureFigures,
  spreadAt: number,
  rows: Iterable<number>,
): readonly Series[] {
  const { dates, columns, dateOf, labelOf, values } = figures;
  const labels = columns[spreadAt]?.labels ?? [""];
  const series = labels.map((label) => ({
    label,
    points: dates.map((date): Point => ({ date, value: NaN, state: null })),
  }));
  for (const row of rows) {
    const points = series[labelOf[spreadAt]?.[row] ?? 0]?.points ?? [];
    const at = dateOf[row] ?? 0;
    const date = dates[at];
    if (date === undefined) continue;
    points[at] = { date, value: values[row] ?? NaN, state: stateAt(figures, row) };
  }
  return series;
}

/** Of the dates at which there are rows. */
function decilesOfRows(
  figures: MeasureFigures,
  rows: Iterable<number>,
  how: { readonly outer: boolean },
): readonly Deciles[] {
  const held = figures.dates.map((date) => ({ date, values: [] as number[], ...noCounts() }));
  for (const row of rows) {
    const at = held[figures.dateOf[row] ?? 0];
    if (at === undefined) continue;
    const state = stateAt(figures, row);
    at[state]++;
    if (state === "shown") at.values.push(figures.values[row] ?? NaN);
  }
  return held
    .filter((at) => at.shown + at.hidden + at["no denominator"] > 0)
    .map(({ date, values, shown, hidden, "no denominator": withoutDenominator }) => ({
      ...{ date, groups: [], values: shown, hidden, withoutDenominator },
      percentiles: percentilesOf(values, how),
    }));
}

function noCounts(): Record<FigureState, number> {
  return { shown: 0, hidden: 0, "no denominator": 0 };
}

function countsOf(figures: MeasureFigures): FigureCounts {
  const counts = noCounts();
  let zero = 0;
  for (let row = 0; row < figures.values.length; row++) {
    counts[stateAt(figures, row)]++;
    if (figures.values[row] === 0) zero++;
  }
  const { shown, hidden, "no denominator": withoutDenominator } = counts;
  return { shown, hidden, zero, withoutDenominator };
}

/** The highest value that is drawn; 0 where none is. */
export function highestOf({ panels }: Pick<MeasurePicture, "panels">): number {
  return panels.reduce((most, panel) => Math.max(most, highestIn(panel)), 0);
}

function highestIn(panel: Panel): number {
  const values =
    panel.kind === "lines"
      ? panel.series.flatMap(({ points }) => points.map(({ value }) => value))
      : panel.deciles.flatMap(({ percentiles }) => percentiles.map(({ value }) => value ?? NaN));
  return values.reduce((most, value) => (value > most ? value : most), 0);
}
