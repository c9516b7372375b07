/**
 * Codes by their frequency: a table of 65,536 slots, of which a frequent code has many. 16 random bits
 * choose a slot, and the join on it costs little however many codes there are.
 */
import { BELL, bellSum } from "./draws.ts";
import type { Draws } from "./draws.ts";
import { inPieces } from "./insert.ts";
import { identifier, joinSql, literal, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";
import type { CodeGroup } from "./study-codes.ts";
import type { CodeEntry } from "./vocabulary/code-entry.ts";
import { ROWS_OF_ONE } from "./world.ts";

export const SLOTS = 65_536;

/** How much of what is recorded is what the study looks for; more lists need more. */
export function studyShare(groups: number): number {
  return groups === 0 ? 0 : Math.min(0.7, 0.2 + 0.05 * groups);
}

/** The study's groups, all equally frequent, beside the built-in codes. */
export function mixedCodes(
  builtIn: readonly CodeEntry[],
  groups: readonly CodeGroup[],
): readonly CodeEntry[] {
  const share = studyShare(groups.length);
  const wanted = groups.flatMap(({ codes, values }) => {
    // Zipf, and all codes of a long list at least sometimes.
    const weights = codes.map((_, i) => 1 / (i + 3));
    const steady = values === null ? null : { ...values, steady: 0.6 };
    return scaled(
      codes.map((code, i) => ({ code, weight: weights[i] ?? 0, values: steady })),
      share / groups.length,
    );
  });
  return [...scaled(builtIn, 1 - share), ...wanted];
}

function scaled(entries: readonly CodeEntry[], total: number): readonly CodeEntry[] {
  const sum = entries.reduce((whole, { weight }) => whole + weight, 0);
  return entries.map((entry) => ({ ...entry, weight: (entry.weight / sum) * total }));
}

/**
 * `work.NAME`: slot, code, nr (the code's number), and what makes a number of it: scale, base, own, moment, NULL where
 * the code has none.
 */
export function slotTable(name: string, entries: readonly CodeEntry[]): readonly Sql[] {
  const table = sql`work.${identifier(name)}`;
  const rows = ranges(entries).map(({ code, values, from, to }, nr) => {
    const numbers = values === null ? sql`NULL, NULL, NULL, NULL` : numbersOf(values);
    return sql`(${literal(code)}, ${nr % ROWS_OF_ONE}, ${numbers}, ${from}, ${to})`;
  });
  return [
    sql`CREATE TABLE ${table} (slot INTEGER, code VARCHAR, nr INTEGER,
      scale DOUBLE, base DOUBLE, own DOUBLE, moment DOUBLE)`,
    ...inPieces(rows).map(
      (piece) => sql`INSERT INTO ${table}
        SELECT unnest(range(lo, hi)), code, nr, scale, base, own, moment
        FROM (VALUES ${joinSql(piece, ", ")}) AS entries(code, nr, scale, base, own, moment, lo, hi)`,
    ),
    // DuckDB looks a slot up by its number, twice as fast as by its hash, if numbers are missing among them.
    sql`INSERT INTO ${table} (slot) VALUES (${2 * SLOTS})`,
  ];
}

/** Small numbers have two digits after the point, others one; `scale` makes them whole. */
function numbersOf({ mean, stddev, steady }: NonNullable<CodeEntry["values"]>): Sql {
  const scale = mean < 10 ? 100 : 10;
  const [own, moment] = [
    Math.sqrt(steady) * stddev * scale,
    Math.sqrt(1 - steady) * stddev * scale,
  ];
  const base = mean * scale - (own + moment) * BELL.mean;
  const numbers = [scale, base, own * BELL.unit, moment * BELL.unit];
  return joinSql(
    numbers.map((number) => sql`${number}::DOUBLE`),
    ", ",
  );
}

/** Slots `from` up to `to`, together all of them. A code too rare for a slot of its own is left out. */
function ranges(entries: readonly CodeEntry[]) {
  const total = entries.reduce((sum, { weight }) => sum + weight, 0);
  let passed = 0;
  return entries
    .map((entry) => {
      const from = Math.round((passed / total) * SLOTS);
      passed += entry.weight;
      return { ...entry, from, to: Math.round((passed / total) * SLOTS) };
    })
    .filter(({ from, to }) => to > from);
}

/**
 * The rows of a timeline with the code of each: half the time one of the eight slots that its patient
 * draws again and again.
 */
export function withHabitualCodes(draws: Draws, rows: Sql, slots: string): Sql {
  const habit = draws.bits("habit", sql`id * 8 + ((bits >> 1) & 7)::BIGINT`);
  const slot = sql`(CASE WHEN (bits & 1) = 0 THEN ${habit} ELSE bits END >> 48)::INTEGER`;
  return sql`(SELECT *, ${slot} AS drawn FROM (SELECT *, ${draws.bits("code", sql`k`)} AS bits FROM ${rows})) AS rows
    JOIN work.${identifier(slots)} AS slots ON slots.slot = rows.drawn`;
}

/**
 * The rows of `withHabitualCodes`, and of each its `number`: about the same for one patient and code. 0 where the code
 * has none, and where `missing`.
 */
export function withNumbers(draws: Draws, coded: Sql, missing: Sql): Sql {
  const bits = sql`SELECT *, ${draws.bits("own value", sql`id * ${ROWS_OF_ONE} + nr`)} AS own_bits,
    ${draws.bits("value", sql`k`)} AS moment_bits FROM ${coded}`;
  const drawn = sql`base + own * ${bellSum(sql`own_bits`)}::DOUBLE + moment * ${bellSum(sql`moment_bits`)}::DOUBLE`;
  return sql`(SELECT *, CASE WHEN whole > 0 AND NOT ${missing} THEN round(whole) / scale ELSE 0 END AS number
    FROM (SELECT *, CASE WHEN scale IS NOT NULL THEN ${drawn} ELSE 0 END AS whole FROM (${bits})))`;
}
