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
  /** One of the texts; one that stands there twice comes twice as often. */
  oneOf(word: string, key: Sql, texts: readonly string[]): Sql;
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
    oneOf: (word, key, texts) =>
      sql`(${textList(texts)})[1 + (${bits(word, key)} % ${texts.length})::INTEGER]`,
    bell: (word, key) => bell(bits(word, key)),
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

/** The sum of four uniform numbers, made of one draw's 64 bits. */
function bell(bits: Sql): Sql {
  const parts = [0, 16, 32, 48].map((shift) => sql`((${bits} >> ${shift}) & 65535)`);
  return sql`((${joinSql(parts, " + ")})::DOUBLE / 65535.0 - 2.0) * 1.7320508`;
}

/** 61 bits, so that a key can be added without leaving the range of BIGINT. */
function salt(parts: readonly string[]): Sql {
  const digest = createHash("sha256").update(JSON.stringify(parts)).digest();
  return sql`${digest.readBigUInt64BE(0) >> 3n}`;
}

/** A list of texts. */
export function textList(texts: readonly string[]): Sql {
  return sql`[${joinSql(texts.map(literal), ", ")}]`;
}
