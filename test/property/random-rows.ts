/** Rows in the making: cells that may be missing, rows of a patient, ids that follow no order. */
import fc from "fast-check";
import type { Cell, Row } from "../naive/row.ts";

export type Cells = Readonly<Record<string, fc.Arbitrary<Cell>>>;

/** One cell in six is NULL. */
export function maybe<Value extends Cell>(cell: fc.Arbitrary<Value>): fc.Arbitrary<Value | null> {
  return fc.option(cell, { freq: 5 });
}

export function oneOf(...values: readonly (string | number | boolean)[]): fc.Arbitrary<Cell> {
  return fc.constantFrom(...values);
}

/** Which of the patients, as a number that `forPatients` turns into an id; some have most of the rows. */
const PATIENT = "Patient_ID";
const MOST_PATIENTS = 8;
const whose = fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7);

/** Rows in any order; a NULL cell is left out. `id`, where there is one, is not shared by two rows. */
export function rows(most: number, cells: Cells, id?: string): fc.Arbitrary<readonly Row[]> {
  const row = fc.record(cells).map(withoutNulls);
  if (id === undefined) return fc.array(row, { maxLength: most, size: "max" });
  return fc.uniqueArray(row, { maxLength: most, size: "max", selector: (each) => each[id] });
}

export function ownRows(most: number, cells: Cells, id?: string): fc.Arbitrary<readonly Row[]> {
  return rows(most, { [PATIENT]: whose, ...cells }, id);
}

/** Most of the rows that others refer to: one for each id, in the order of the ids. */
export function oneForEach(
  id: string,
  values: readonly (string | number)[],
  cells: Cells,
): fc.Arbitrary<readonly Row[]> {
  const row = fc.option(fc.record(cells).map(withoutNulls), { freq: 6 });
  return fc
    .tuple(...values.map(() => row))
    .map((all) =>
      all.flatMap((each, i) => (each === null ? [] : [{ [id]: values[i] ?? 0, ...each }])),
    );
}

export function range(from: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** At most one row a patient. */
export function oneRowEach(cells: Cells): fc.Arbitrary<readonly Row[]> {
  return oneForEach(PATIENT, range(0, MOST_PATIENTS), cells);
}

/** At most one row for a patient and a text. */
export function oneRowEachOf(
  name: string,
  texts: readonly string[],
  cells: Cells,
): fc.Arbitrary<readonly Row[]> {
  const ofText = texts.map((text) => oneRowEach({ ...cells, [name]: fc.constant(text) }));
  return fc.tuple(...ofText).map((all) => all.flat());
}

/** Ids of a range, so that rows refer to one another now and then. */
export function ids(from: number, count: number): fc.Arbitrary<number> {
  return fc.integer({ min: from, max: from + count - 1 });
}

/** Rows whose patient number is an index become rows of these patients; others stay. */
export function forPatients(all: readonly Row[], patients: readonly number[]): readonly Row[] {
  return all.map((row) => {
    const number = row[PATIENT];
    if (typeof number !== "number") return row;
    return { ...row, [PATIENT]: patients[number % patients.length] ?? 0 };
  });
}

function withoutNulls(row: Readonly<Record<string, Cell>>): Row {
  return Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null));
}
