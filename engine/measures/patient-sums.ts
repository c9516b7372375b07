/** Sums over patients of what `patient-mix` makes of their ids: by them cohorts and columns are told from others. */
import type { CohortBlock, CohortReading, WantedColumns } from "../table/cohort-reader.ts";
import { EXACT_ROWS, folded, mixPatients, SUM_RANGE } from "../table/patient-mix.ts";
import type { PatientMix } from "../table/patient-mix.ts";
import { PATIENT_ID } from "../table/whole-cohort.ts";
import { growFloats } from "./running-sum.ts";
import type { ExactnessState } from "./running-sum.ts";

/** All sums are below SUM_RANGE. */
export interface PatientSums {
  readonly patients: number;
  readonly population: number;
  readonly numbers: ReadonlyMap<string, NumberSums>;
  /** Of each column that is grouped by, the patients with each of its texts. */
  readonly labels: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export interface NumberSums {
  /** Over whole numbers, times each. */
  whole: number;
  /** Over all others, mixed with each. */
  other: number;
}

export interface SummingPatients {
  /** `seen` tells of each number what `observe` found in the block. */
  readonly add: (block: CohortBlock, seen: readonly ExactnessState[]) => void;
  /** Null where an id is no whole number from 0 to 2^53: such ids could be taken for one another. */
  readonly sums: (dictionaries: CohortReading["dictionaries"]) => PatientSums | null;
}

/** `wanted` is what the blocks hold, `patient_id` among the numbers. */
export function sumPatients(mix: PatientMix, { numbers, texts }: WantedColumns): SummingPatients {
  const idAt = numbers.indexOf(PATIENT_ID);
  const ofNumbers = numbers.map((): NumberSums => ({ whole: 0, other: 0 }));
  const ofTexts = texts.map(noTexts);
  let mixed = new Float64Array(0);
  let [patients, population, areIds] = [0, 0, true];
  return {
    add: (block, seen) => {
      const { rows } = block;
      const ids = block.numbers[idAt] ?? new Float64Array(0);
      if (mixed.length < rows) mixed = new Float64Array(rows);
      areIds &&= mixPatients(mix, ids, { rows, into: mixed });
      if (!areIds) return;
      patients += rows;
      population = total(mixed, rows, population);
      ofNumbers.forEach((sums, at) => {
        const values = block.numbers[at];
        if (at !== idAt && values !== undefined)
          addNumbers(sums, { values, rows, mixed }, seen[at]);
      });
      ofTexts.forEach((sums, at) => {
        const codes = block.codes[at];
        if (codes !== undefined) addCodes(sums, codes, mixed, rows);
      });
    },
    sums: (dictionaries) => {
      if (!areIds) return null;
      const labels = texts.map((name, at) => {
        const { sums = new Float64Array(0) } = ofTexts[at] ?? {};
        const known = dictionaries[at] ?? [];
        const own = known.map((text, code) => [text, (sums[code] ?? 0) % SUM_RANGE] as const);
        return [name, new Map(own)] as const;
      });
      const own = numbers.flatMap((name, at) => {
        const sums = ofNumbers[at];
        return at === idAt || sums === undefined ? [] : [[name, sums] as const];
      });
      return { patients, population, numbers: new Map(own), labels: new Map(labels) };
    },
  };
}

function total(mixed: Float64Array, rows: number, sumBefore: number): number {
  let sum = sumBefore;
  for (let from = 0; from < rows; from += EXACT_ROWS) {
    const end = Math.min(rows, from + EXACT_ROWS);
    for (let row = from; row < end; row++) sum += mixed[row] ?? 0;
    sum %= SUM_RANGE;
  }
  return sum;
}

/** By code; exact for as many rows as are counted. */
interface TextSums {
  sums: Float64Array;
  rows: number;
}

function noTexts(): TextSums {
  return { sums: new Float64Array(0), rows: 0 };
}

function addCodes(into: TextSums, codes: Uint32Array, mixed: Float64Array, rows: number): void {
  for (let from = 0; from < rows; from += EXACT_ROWS) {
    const end = Math.min(rows, from + EXACT_ROWS);
    into.rows += end - from;
    if (into.rows > EXACT_ROWS) {
      into.sums = into.sums.map((sum) => sum % SUM_RANGE);
      into.rows = end - from;
    }
    let { sums } = into;
    for (let row = from; row < end; row++) {
      const code = codes[row] ?? 0;
      if (code >= sums.length) sums = growFloats(sums, code + 1);
      sums[code] = (sums[code] ?? 0) + (mixed[row] ?? 0);
    }
    into.sums = sums;
  }
}

interface MixedNumbers {
  readonly values: Float64Array;
  readonly rows: number;
  readonly mixed: Float64Array;
}

/** 0 adds nothing; most flags are. */
function addNumbers(
  sums: NumberSums,
  { values, rows, mixed }: MixedNumbers,
  seen: ExactnessState | undefined,
): void {
  // All of them are whole then, and those that are not 0 are listed.
  if (seen?.whole === true) {
    const { nonZero, nonZeros } = seen;
    let { whole } = sums;
    for (let place = 0; place < nonZeros; place++) {
      const row = nonZero[place] ?? 0;
      const [value, patient] = [values[row] ?? NaN, mixed[row] ?? 0];
      if (value > 0 && value < SMALL) whole += patient * value;
      else whole += times(patient, value);
      if (whole >= SUM_RANGE) whole -= SUM_RANGE;
    }
    sums.whole = whole;
  } else for (let row = 0; row < rows; row++) addNumber(sums, values[row] ?? NaN, mixed[row] ?? 0);
}
function addNumber(sums: NumberSums, value: number, patient: number): void {
  if (value === 0) return;
  if (Number.isSafeInteger(value)) {
    sums.whole += value > 0 && value < SMALL ? patient * value : times(patient, value);
    if (sums.whole >= SUM_RANGE) sums.whole -= SUM_RANGE;
  } else sums.other = (sums.other + together(patient, value)) % SUM_RANGE;
}

/** Below it, a mixed number times a value stays below SUM_RANGE. */
const SMALL = 2 ** 16;

/** What is left of the product, from 0 up. */
function times(mixed: number, whole: number): number {
  return Number(BigInt.asUintN(52, BigInt(mixed) * BigInt(whole)));
}

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);

/** One kind of NaN, whatever the file has. */
function together(mixed: number, value: number): number {
  float[0] = Number.isNaN(value) ? NaN : value;
  const [low = 0, high = 0] = words;
  return folded((mixed ^ low) >>> 0, (Math.floor(mixed / 2 ** 8) ^ high) >>> 0) + mixed;
}
