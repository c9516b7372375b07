/** A measure's file of all dates, read for a picture of it. */
import { basename } from "node:path";
import { readTable } from "../table/read-table.ts";
import { gatherFigures } from "./measure-figures.ts";
import type { MeasureFigures } from "./measure-figures.ts";
import { fail } from "./problems.ts";
import { readMeasure } from "./read-measure.ts";
import type { MeasureColumns } from "./read-measure.ts";
import { scanFigures } from "./scan-figures.ts";

/** Problems: those of `readMeasure`, measure-file-unlike, measure-file-empty. */
export async function readFigures(path: string, measure: MeasureColumns): Promise<MeasureFigures> {
  return (await scanFigures(path, measure)) ?? (await rowByRow(path, measure));
}

async function rowByRow(path: string, measure: MeasureColumns): Promise<MeasureFigures> {
  const gathered = gatherFigures(measure.groups);
  let rows = 0;
  for await (const row of readMeasure(path, measure)) {
    if (row.date === null) return failUnlike(path);
    gathered.add(row, row.date);
    rows++;
  }
  return rows === 0 ? fail("measure-file-empty", { file: basename(path) }) : gathered.figures();
}

/**
 * What a file says of its measure by its header: the numerator and the denominator are the last columns before
 * `value`. Problems: measure-file-unlike, and those of `readTable`.
 */
export async function columnsOfFile(path: string, id: string): Promise<MeasureColumns> {
  const header = await headerOf(path);
  const [value, date] = header.slice(-2);
  const counted = header.slice(0, -2);
  const [numerator, denominator = numerator] = counted.slice(-2);
  if (value !== "value" || date !== "date" || numerator === undefined)
    return failUnlike(path, header);
  return { id, groups: counted.slice(0, -2), numerator, denominator: denominator ?? numerator };
}

async function headerOf(path: string): Promise<readonly string[]> {
  for await (const { cells } of readTable(path)) return cells;
  return [];
}

async function failUnlike(path: string, header?: readonly string[]): Promise<never> {
  const columns = header ?? (await headerOf(path));
  return fail("measure-file-unlike", { file: basename(path), columns });
}

/** Stops at the second row of a group at one date. Problem: measure-file-repeats. */
export function refuseRepeats(path: string, figures: MeasureFigures): void {
  const { dates, columns, dateOf, labelOf } = figures;
  const places = columns.reduce((product, { labels }) => product * labels.length, dates.length);
  const first = firstRows(places);
  for (let row = 0; row < dateOf.length; row++) {
    let key = dateOf[row] ?? 0;
    columns.forEach(({ labels }, at) => (key = key * labels.length + (labelOf[at]?.[row] ?? 0)));
    const seen = first.get(key);
    // The header is row 1.
    if (seen > 0) fail("measure-file-repeats", { file: basename(path), row: row + 2, first: seen });
    first.set(key, row + 2);
  }
}

interface FirstRows {
  /** 0 where there is none. */
  readonly get: (place: number) => number;
  readonly set: (place: number, row: number) => void;
}

const MOST_HELD = 2 ** 24;

function firstRows(places: number): FirstRows {
  if (places > MOST_HELD) {
    const rows = new Map<number, number>();
    return { get: (place) => rows.get(place) ?? 0, set: (place, row) => rows.set(place, row) };
  }
  const rows = new Uint32Array(places);
  return { get: (place) => rows[place] ?? 0, set: (place, row) => (rows[place] = row) };
}
