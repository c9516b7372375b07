/**
 * The one place where chance comes from. A draw is an SQL expression and depends on the seed, the
 * table, a word for what is drawn, and the key of the row (any whole number below 2^62): never on
 * threads, order or time. The word and the key are all that tell two draws of a table apart.
 */
import { createHash } from "node:crypto";
import { joinSql, literal, sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

export interface Draws {
  /** 64 random bits (UBIGINT). */
  bits(word: string, key: Sql): Sql;
  /** From 0, and below 1. */
  uniform(word: string, key: Sql): Sql;
  /** True with this probability: a number or an expression. */
  chance(word: string, key: Sql, probability: number | Sql): Sql;
  /** A whole number from 0, and below `count`: a number or an expression. */
  below(word: string, key: Sql, count: number | Sql): Sql;
  /** One of the values; one that stands there twice comes twice as often. */
  oneOf(word: string, key: Sql, values: readonly string[] | readonly number[]): Sql;
  /** Bell-shaped, mean 0, standard deviation 1, never beyond 3.5. */
  bell(word: string, key: Sql): Sql;
  /** Skewed as waiting times are, mean 1. */
  skewed(word: string, key: Sql): Sql;
}

/** Draws for one table of the database that this seed makes. */
export function drawsFor(seed: string, table: string): Draws {
  const bits = (word: string, key: Sql): Sql =>
    // DuckDB's hash of a number is a bijective mixer: neighbouring keys give unrelated bits.
    sql`hash((${key})::BIGINT + ${salt([seed, table, word])})`;
  const uniform = (word: string, key: Sql): Sql =>
    sql`((${bits(word, key)} >> 11)::DOUBLE * ${DRAW_UNIT})`;
  const below = (word: string, key: Sql, count: number | Sql): Sql =>
    sql`floor(${uniform(word, key)} * (${count}))::INTEGER`;
  return {
    bits,
    uniform,
    below,
    chance: (word, key, probability) =>
      typeof probability === "number"
        ? isBelow(bits(word, key), probability)
        : sql`(${uniform(word, key)} < (${probability}))`,
    oneOf: (word, key, values) =>
      sql`(${listOf(values)})[1 + (${bits(word, key)} % ${values.length})::INTEGER]`,
    bell: (word, key) => sql`(${bellSum(bits(word, key))}::DOUBLE * ${BELL.unit} - ${BELL.mean})`,
    skewed: (word, key) => sql`(-ln(1.0 - ${uniform(word, key)}))`,
  };
}

/** 2 to the power of -53: the draws are its multiples. */
const DRAW_UNIT = sql`${2 ** -53}::DOUBLE`;

/** So many of all 64-bit numbers belong to draws below a probability: comparing them needs no fractions. */
function isBelow(bits: Sql, probability: number): Sql {
  const draws = BigInt(Math.ceil(Math.min(1, probability) * 2 ** 53));
  return draws <= 0n ? sql`false` : sql`(${bits} <= ${(draws << 11n) - 1n}::UBIGINT)`;
}

/**
 * The sum of four whole numbers below 65,536, of a draw's 64 bits. Times `BELL.unit` and less `BELL.mean` it is
 * bell-shaped, with mean 0 and standard deviation 1. Name the bits in a query of its own: they stand here twice.
 */
export function bellSum(bits: Sql): Sql {
  const pairs = sql`((${bits} & ${EVERY_OTHER}) + ((${bits} >> 16) & ${EVERY_OTHER}))`;
  return sql`((${pairs} + (${pairs} >> 32)) & 262143)`;
}

/** The first and third of the four 16-bit parts of a number. */
const EVERY_OTHER = sql`${0x0000ffff0000ffffn}::UBIGINT`;

export const BELL = { unit: 1.7320508 / 65_535, mean: 2 * 1.7320508 } as const;

/** 61 bits, so that a key can be added without leaving the range of BIGINT. */
function salt(parts: readonly string[]): Sql {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
  return sql`${digest.readBigUInt64BE(0) >> 3n}`;
}

/** A list of texts. */
export function textList(texts: readonly string[]): Sql {
  return sql`[${joinSql(texts.map(literal), ", ")}]`;
}

function listOf(values: readonly string[] | readonly number[]): Sql {
  const items = values.map((value) => (typeof value === "string" ? literal(value) : sql`${value}`));
  return sql`[${joinSql(items, ", ")}]`;
}
