/** What the makers of tables share: the size of the world, its vocabulary, and its draws. */
import { drawsFor } from "./draws.ts";
import type { Draws } from "./draws.ts";
import { FIRST_DAY, LAST_DAY } from "./period.ts";
import type { StudyCodes } from "./study-codes.ts";
import type { TppTable } from "./insert.ts";
import { peopleFor } from "./shares.ts";
import { joinSql, sql, word } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

export interface World {
  readonly seed: string;
  readonly patients: number;
  /** SNOMED events of a patient, on average. */
  readonly eventsPerPatient: number;
  readonly practices: number;
  /** Small areas (MSOA); four around each practice. */
  readonly places: number;
  readonly codes: StudyCodes;
}

export const PLACES_PER_PRACTICE = 4;

export function world(asked: {
  readonly seed: string;
  readonly patients: number;
  readonly eventsPerPatient: number;
  readonly codes: StudyCodes;
}): World {
  // A practice of TPP has about 8,000 patients; a small database still needs several.
  const practices = Math.max(12, Math.ceil(asked.patients / 8000));
  return { ...asked, practices, places: practices * PLACES_PER_PRACTICE };
}

export function drawsOf({ seed }: World, table: TppTable | "people" | "stays" | "places"): Draws {
  return drawsFor(seed, table);
}

/** One maker fills one table, or a few that belong together. */
export interface TableMaker {
  readonly tables: readonly TppTable[];
  /** Once, before any patient. */
  readonly start?: (world: World) => readonly Sql[];
  /**
   * For each block of patients, from `work.people`, `work.stays` and what this maker made before, one after another.
   * Makers work side by side.
   */
  readonly block?: (world: World) => readonly Sql[];
}

/** Rows of one patient have keys from `id * ROWS_OF_ONE` on: unique, and in the patients' order. */
export const ROWS_OF_ONE = 8192;

/** Years that an average patient is seen, weighted by care. */
export const SEEN_YEARS = 13;

export interface Timeline {
  /** Rows a year of an average patient, a number or an expression on `work.people`. */
  readonly perYear: number | Sql;
  /** ISO days between which there are such rows at all. */
  readonly from?: string;
  readonly to?: string;
  /** How many rows in succession share a day; 1 = each has its own. */
  readonly perDay?: number;
  /** What rows of one day share besides, by name: made once for all of them. */
  readonly ofDay?: Readonly<Record<string, Sql>>;
  /** Who has such rows; an expression on `work.people`. */
  readonly who?: Sql;
}

/**
 * Rows spread over the time in which each patient is seen, as something to select from: all of
 * `work.people`, `n` (from 0), `k` (the row's key), `day`, `day_nr` (the same, in days since 1970), `d` (a key that
 * rows of one day share). Ascending by `k`, within a patient by `day`; later years are somewhat fuller.
 */
export function timeline(draws: Draws, line: Timeline): Sql {
  const { perDay = 1, ofDay = {} } = line;
  const shared = Object.entries(ofDay).map(([name, made]) => sql`, ${made} AS ${word(name)}`);
  const onDay = sql`(SELECT *${joinSql(shared, "")} FROM ${days(draws, line)})`;
  if (perDay === 1) return sql`(SELECT *, v AS n, d AS k FROM ${onDay})`;
  return sql`(SELECT *, id * ${ROWS_OF_ONE} + n AS k
    FROM (SELECT *, v * ${perDay} + of_day AS n
    FROM (SELECT *, unnest(range(CASE WHEN v + 1 < days THEN ${perDay} ELSE many - v * ${perDay} END)) AS of_day
    FROM ${onDay})))`;
}

/** The days on which each patient has rows, `v` from 0; together `many` rows. */
function days(draws: Draws, { perYear, perDay = 1, ...line }: Timeline): Sql {
  const { from = FIRST_DAY, to = LAST_DAY, who = sql`true` } = line;
  const people = peopleFor(typeof perYear === "number" ? perYear * SEEN_YEARS : 1);
  const spread = sql`(0.3 + 0.7 * ${draws.skewed("rows", sql`id`)})`;
  const mean = sql`(${perYear}) * care * days_seen / 365.25 * ${spread}`;
  const many = sql`least(${ROWS_OF_ONE - 1}, floor(${mean} + ${draws.uniform("one more", sql`id`)}))`;
  // The power of 0.75, which takes pow() ten times as long; least() takes twenty times as long as a CASE.
  const place = sql`(sqrt(share) * sqrt(sqrt(share)))`;
  const within = sql`CASE WHEN place < 0.999999 THEN place ELSE 0.999999 END`;
  return sql`(SELECT * EXCLUDE (share, place, passed), first_seen + passed AS day, first_nr + passed AS day_nr
    FROM (SELECT *, floor((days_seen + 1) * ${within})::INTEGER AS passed
    FROM (SELECT *, ${place} AS place
    FROM (SELECT *, (v + ${draws.uniform("day", sql`d`)}) / days AS share
    FROM (SELECT *, id * ${ROWS_OF_ONE} + v AS d
    FROM (SELECT *, unnest(range(days)) AS v
    FROM (SELECT *, (many + ${perDay - 1}) // ${perDay} AS days, first_seen - DATE '1970-01-01' AS first_nr
    FROM (SELECT *, ${many}::BIGINT AS many
    FROM (SELECT * REPLACE (last_seen - first_seen AS days_seen)
    FROM (SELECT * REPLACE (greatest(first_seen, DATE ${from}) AS first_seen,
        least(last_seen, DATE ${to}) AS last_seen)
      FROM ${people} WHERE ${who}) WHERE first_seen <= last_seen)))))))))`;
}

/**
 * A time of the working day on `day`, the same for rows of the same key, in seconds since 1970. Made of numbers:
 * adding intervals takes ten times as long.
 */
export function secondOfDay(draws: Draws, key: Sql): Sql {
  return sql`(day_nr * 86400 + 28800 + ${draws.below("time", key, 36000)})`;
}

export function timeOfDay(draws: Draws, key: Sql): Sql {
  return moment(secondOfDay(draws, key));
}

/** The moment so many seconds after 1970 began. */
export function moment(seconds: Sql): Sql {
  return sql`make_timestamp(${seconds} * 1000000)`;
}

/** The beginning of `day`, or so many days later. */
export function midnight(later = 0): Sql {
  return moment(sql`((day_nr + ${later}) * 86400)`);
}
