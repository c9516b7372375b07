/**
 * A number for each patient that looks drawn at random, the same wherever it is worked out: here and in SQL. Whatever
 * is added up of these tells values of the same patients from others, in whatever order they come.
 */
import { sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** Two numbers from a secret: `low` of 32 bits, `high` of 31. */
export interface PatientMix {
  readonly low: number;
  readonly high: number;
}

const WORD = 2 ** 32;
const HALF = 2 ** 16;

/** Mixed numbers have 36 bits: sums of so many of them, and of one below SUM_RANGE, are exact as doubles. */
export const EXACT_ROWS = 65_536;

/** Sums are what is left below it. */
export const SUM_RANGE = 2 ** 52;

/** Gives whether all ids are whole numbers from 0 to 2^53, as they must be. */
export function mixPatients(
  { low, high }: PatientMix,
  ids: Float64Array,
  { rows, into }: { readonly rows: number; readonly into: Float64Array },
): boolean {
  for (let row = 0; row < rows; row++) {
    const id = ids[row] ?? NaN;
    if (!(id >= 0 && id <= Number.MAX_SAFE_INTEGER && Math.floor(id) === id)) return false;
    // Bits from the 29th on; of most ids there are none.
    const above = id < 536_870_912 ? 0 : Math.floor(id / 536_870_912);
    into[row] = folded((id ^ above ^ low) >>> 0, (id & 0x7fffffff) + high);
  }
  return true;
}

/** The same of a column of such ids. */
export function mixedSql({ low, high }: PatientMix, id: Sql): Sql {
  const long = sql`${id}::UBIGINT`;
  const one = sql`xor(xor(${long}, ${long} >> 29) & 4294967295, ${low}::UBIGINT)`;
  const other = sql`((${long} & 2147483647) + ${high}::UBIGINT)`;
  const product = sql`(${one} * ${other})`;
  return sql`(xor(${product}, ${product} >> 32) & 68719476735)::BIGINT`;
}

/** The product of two numbers of 32 bits, its upper half mixed into the lower one: the last 36 bits of it. */
export function folded(one: number, other: number): number {
  const least = (one & 0xffff) * other;
  const most = (one >>> 16) * other;
  const upper = Math.floor((most + Math.floor(least / HALF)) / HALF);
  return (upper & 0xf) * WORD + ((Math.imul(one, other) ^ upper) >>> 0);
}
