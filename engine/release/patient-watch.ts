/** Whether columns hold the numbers of patients, whose tables may be of any length. */
import { chanceOf, neighboursOf } from "./chance.ts";
import { CopiedColumns } from "./copied-columns.ts";
import { idColumnsAmongPatients } from "./patient-id-names.ts";
import { isNumberKey, patientKey } from "./patient-key.ts";
import { eachPatientRow } from "./patient-rows.ts";
import type { TextColumn } from "./text-column.ts";

/** Fewer could be anybody's. */
export const FEWEST_IDS = 3;
/** Of the different values of a column: the others are totals, blanks, notes. */
export const LEAST_SHARE = 0.5;
/** One column in so many that hold no patients' numbers is withheld by chance. */
export const LIKELIHOOD = 1e-4;
/** Of all patients: where their numbers are dense, chance says nothing. */
export const MOST_OF_PATIENTS = 0.5;
/** The same of a column that only numbers rows: there are about as many rows as patients. */
const NEARLY_ALL_PATIENTS = 0.9;
const FEWEST_DENSE = 10;
/** For numbers anywhere in a text, among others of whatever meaning. */
const FEWEST_ANYWHERE = 10;
const LIKELIHOOD_ANYWHERE = 1e-9;

/** What is watched while tables of patients are read: different keys, and the keys beside them. */
interface Watched {
  readonly keys: ReadonlySet<string>;
  readonly near: ReadonlySet<string>;
  /** Cells of the key that is there most often. */
  readonly most: number;
  readonly cells: number;
  /** 0, 1, 2, … or 1, 2, 3, … as programs number rows. */
  readonly countsRows: boolean;
}

/** What one file's columns, and all numbers in it, turned out to be. */
export interface PatientSigns {
  readonly idsIn: (column: TextColumn) => boolean;
  readonly copied: (column: TextColumn) => boolean;
  readonly idsAnywhere: (numbers: ReadonlySet<string>) => boolean;
  /** A value that must not be shown. */
  readonly isPatient: (text: string) => boolean;
  /** Tables that could not be read, so that nothing was compared with them. */
  readonly unread: readonly string[];
}

/** Reads each table once, for all columns and numbers that will be asked about. */
export async function watchPatients(
  columns: readonly TextColumn[],
  anywhere: readonly ReadonlySet<string>[],
  tables: readonly string[],
): Promise<PatientSigns> {
  const watched = new Map<object, Watched>();
  for (const column of columns) watched.set(column, watchedColumn(column));
  for (const numbers of anywhere) watched.set(numbers, watchedNumbers(numbers));
  const wanted = new Set<string>();
  for (const { keys, near } of watched.values()) {
    for (const key of keys) wanted.add(key);
    for (const key of near) wanted.add(key);
  }
  const copies = new CopiedColumns(columns);
  const seen = new Set<string>();
  const read = await Promise.all(
    tables.map((table) => readPatients(table, { wanted, seen, copies })),
  );
  const known = { seen, ...allOf(read) };
  const judged = (of: object): Judged => judgedOf(watched.get(of), known);
  return {
    idsIn: (column) => isIdColumn(judged(column)),
    copied: (column) => copies.isCopied(column),
    idsAnywhere: (numbers) => isFullOfIds(judged(numbers)),
    isPatient: (text) => seen.has(patientKey(text) ?? ""),
    unread: tables.filter((_, i) => read[i]?.whole === false),
  };
}

function watchedColumn({ name, values }: TextColumn): Watched {
  const counts = new Map<string, number>();
  for (const value of values) {
    const key = patientKey(value);
    if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = new Set(counts.keys());
  let [most, cells] = [0, 0];
  for (const count of counts.values()) [most, cells] = [Math.max(most, count), cells + count];
  const near = keys.size < FEWEST_IDS ? new Set<string>() : neighboursOf(keys);
  return { keys, near, most, cells, countsRows: countsRows(name, values) };
}

/** Names that pandas, R and people give to row numbers. */
const ROW_NUMBERS = /^(?:""|index|unnamed: 0|x|\.\.\.1|rows?|rank)?$/i;

function countsRows(name: string | null, values: readonly string[]): boolean {
  if (!ROW_NUMBERS.test(name ?? "")) return false;
  const first = Number(values[0]);
  return first <= 1 && values.every((value, i) => Number(value) === first + i);
}

function watchedNumbers(keys: ReadonlySet<string>): Watched {
  return { keys, near: neighboursOf(keys), most: 1, cells: keys.size, countsRows: false };
}

interface Reading {
  readonly wanted: ReadonlySet<string>;
  readonly seen: Set<string>;
  readonly copies: CopiedColumns;
}

interface ReadTable {
  readonly rows: number;
  readonly lowest: number;
  readonly highest: number;
  readonly whole: boolean;
}

async function readPatients(table: string, { wanted, seen, copies }: Reading): Promise<ReadTable> {
  const taken = copies.open();
  let ids: readonly number[] | null = null;
  let [rows, lowest, highest] = [0, Infinity, -Infinity];
  const whole = await eachPatientRow(table, (cells) => {
    if (ids === null) {
      ids = idColumnsAmongPatients(cells);
      return;
    }
    rows += 1;
    taken.take(cells);
    for (const at of ids) {
      const key = patientKey(cells[at] ?? "");
      if (key === null) continue;
      if (wanted.has(key)) seen.add(key);
      const number = Number(key);
      if (number < lowest) lowest = number;
      if (number > highest) highest = number;
    }
  });
  taken.end();
  return { rows, lowest, highest, whole };
}

interface Patients {
  readonly seen: ReadonlySet<string>;
  /** In the longest table. */
  readonly patients: number;
  readonly lowest: number;
  readonly highest: number;
}

function allOf(read: readonly ReadTable[]): Omit<Patients, "seen"> {
  return {
    patients: Math.max(0, ...read.map(({ rows }) => rows)),
    lowest: Math.min(Infinity, ...read.map(({ lowest }) => lowest)),
    highest: Math.max(-Infinity, ...read.map(({ highest }) => highest)),
  };
}

interface Judged extends Watched {
  readonly hits: number;
  /** That a key is a patient's by chance. */
  readonly each: number;
  readonly patients: number;
}

const NOTHING: Watched = {
  ...{ keys: new Set<string>(), near: new Set<string>(), most: 0, cells: 0, countsRows: false },
};

function judgedOf(watched: Watched = NOTHING, known: Patients): Judged {
  const { seen, patients } = known;
  const hits = [...watched.keys].filter((key) => seen.has(key)).length;
  return { ...watched, hits, each: chanceOfEach(watched, known), patients };
}

/** Beside a text there is nothing: it counts as that many neighbours that are no patient's. */
const BESIDE_TEXT = 16;
/**
 * How many neighbours the density of all patients' numbers stands for, where few could be asked: as many as
 * are lacking to one for each number, as in a run of numbers without gaps, and at least these.
 */
const DENSITY_WEIGHS = 4;

/** How many of the neighbours are patients'; of those between the first and the last patient only. */
function chanceOfEach({ keys, near }: Watched, known: Patients): number {
  const { seen, patients, lowest, highest } = known;
  if (![...keys].some(isNumberKey)) return 1 / (keys.size * BESIDE_TEXT + 2);
  const asked = [...near].filter((key) => Number(key) >= lowest && Number(key) <= highest);
  const hits = asked.filter((key) => seen.has(key)).length;
  const density = highest < lowest ? 0 : Math.min(1, patients / (highest - lowest + 1));
  const weight = Math.max(DENSITY_WEIGHS, numbersWithin(keys, known) - asked.length);
  return (hits + density * weight) / (asked.length + weight);
}

function numbersWithin(keys: ReadonlySet<string>, { lowest, highest }: Patients): number {
  let count = 0;
  for (const key of keys) {
    const number = isNumberKey(key) ? Number(key) : NaN;
    if (number >= lowest && number <= highest) count += 1;
  }
  return count;
}

/** Half of the different values are patients' numbers, and not by chance; or it lists most patients. */
function isIdColumn(judged: Judged): boolean {
  const { keys, hits, each } = judged;
  if (hits < FEWEST_IDS || hits < keys.size * LEAST_SHARE) return false;
  return chanceOf(hits, keys.size, each) <= LIKELIHOOD || listsMostPatients(judged);
}

const UNEVEN = 3;

/** Counts repeat small numbers; a list of patients has each about as often as the others. */
function listsMostPatients(judged: Judged): boolean {
  const { keys, hits, patients, most, cells } = judged;
  const least = judged.countsRows ? NEARLY_ALL_PATIENTS : MOST_OF_PATIENTS;
  if (hits < FEWEST_DENSE || hits < patients * least) return false;
  return most * keys.size <= UNEVEN * cells;
}

function isFullOfIds(judged: Judged): boolean {
  const { keys, hits, each } = judged;
  if (hits >= FEWEST_IDS && hits >= keys.size * LEAST_SHARE) {
    return chanceOf(hits, keys.size, each) <= LIKELIHOOD;
  }
  return hits >= FEWEST_ANYWHERE && chanceOf(hits, keys.size, each) <= LIKELIHOOD_ANYWHERE;
}
