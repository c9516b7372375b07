/**
 * Who there is: `work.people`, one row for each patient of a block, and `work.stays`, where each of
 * them lived and was registered. All other tables are made from these two, which is what makes them
 * agree.
 */
import { FIRST_DAY, HOUSEHOLD_DAY, LAST_DAY, OPEN_END } from "./period.ts";
import { PLACES_PER_PRACTICE, drawsOf } from "./world.ts";
import type { World } from "./world.ts";
import { sql } from "../text/sql.ts";
import type { Sql } from "../text/sql.ts";

/** Patients of a hundred in each band of five years of age in 2020, from -5 on: some are born later. */
const AGE_SHARES = [4, 5, 6, 6, 6, 6, 6, 7, 7, 6, 6, 7, 6, 6, 5, 5, 3, 2, 1, 1];
const AGES = AGE_SHARES.flatMap((share, i) => Array<string>(share).fill(String(5 * i - 5)));

/** Sex as recorded; I and U are rare. */
const SEXES = ["I", "U", ...Array<string>(202).fill("F"), ...Array<string>(196).fill("M")];

/** No household goes beyond so many patients: blocks of patients are made without each other. */
const HOUSEHOLDS_END = 65_536;

/** The statements that make both tables anew, of `count` patients from number `first` on. */
export function peopleBlock(world: World, first: number, count: number): readonly Sql[] {
  const people = sql`CREATE OR REPLACE TABLE work.people AS ${household(world, seen(lives(world, first, count)))}`;
  return [people, stays(world)];
}

function lives(world: World, first: number, count: number): Sql {
  const draw = drawsOf(world, "people");
  const age = sql`(${draw.oneOf("age", sql`id`, AGES)}::INTEGER + 5 * ${draw.uniform("months", sql`id`)})`;
  const born = sql`date_trunc('month', DATE '2020-01-01' - floor(${age} * 365.25)::INTEGER)::DATE`;
  // Gompertz: the risk of dying grows tenfold in 24 years. Everybody is alive in 2012.
  const lifetime = sql`ln(exp(0.095 * years) - 3800 * ln(1 - ${draw.uniform("death", sql`id`)})) / 0.095`;
  const death = sql`born + floor(${lifetime} * 365.25)::INTEGER`;
  return sql`SELECT id, born, ${draw.oneOf("sex", sql`id`, SEXES)} AS sex, years,
      CASE WHEN ${lifetime} < 130 AND ${death} <= DATE ${LAST_DAY} THEN ${death} END AS died,
      DATE '2014-01-01' + ${draw.below("left", sql`id`, 3900)} AS may_leave,
      ${draw.chance("leaves", sql`id`, 0.08)} AS leaves
    FROM (SELECT *, greatest(0, DATE '2012-01-01' - born) / 365.25 AS years
    FROM (SELECT range AS id, least(${born}, DATE '2024-12-01') AS born
    FROM (SELECT range FROM range(${first}, ${first + count}))))`;
}

/** `care`: how much care somebody of this age and sex gets, 1 on average. */
function seen(lived: Sql): Sql {
  const age = sql`(DATE '2018-01-01' - born) / 365.25`;
  const byAge = sql`CASE WHEN ${age} < 5 THEN 0.9 WHEN ${age} < 18 THEN 0.5 WHEN ${age} < 40 THEN 0.7
    WHEN ${age} < 60 THEN 1.0 WHEN ${age} < 75 THEN 1.7 ELSE 2.6 END`;
  return sql`SELECT id, born, sex, died, left_on, first_seen, last_seen, ${age} AS age,
      last_seen - first_seen AS days_seen,
      (${byAge}) * CASE sex WHEN 'F' THEN 1.08 ELSE 0.92 END AS care
    FROM (SELECT *, greatest(born, DATE ${FIRST_DAY}) AS first_seen,
      coalesce(died, left_on, DATE ${LAST_DAY}) AS last_seen
    FROM (SELECT *, CASE WHEN leaves AND died IS NULL AND may_leave > born + 60 THEN may_leave END AS left_on
    FROM (${lived})))`;
}

/** Neighbouring patients share a household: it bears the number of its first. */
function household(world: World, people: Sql): Sql {
  const draw = drawsOf(world, "people");
  const starts = sql`${draw.chance("new household", sql`id`, 0.42)} OR id % ${HOUSEHOLDS_END} = 1`;
  const alive = sql`born < DATE ${HOUSEHOLD_DAY} AND (died IS NULL OR died > DATE ${HOUSEHOLD_DAY})`;
  return sql`SELECT * EXCLUDE (starts), ${alive} AS at_home,
      max(CASE WHEN starts THEN id END) OVER (ORDER BY id ROWS UNBOUNDED PRECEDING) AS household
    FROM (SELECT *, ${starts} AS starts FROM (${people})) ORDER BY id`;
}

/**
 * Each patient's stays, `m` from 0, without overlap: `starts` to `moves_on` at a place, and with its
 * practice up to `ends`, at times somewhat earlier. Households share the last place.
 */
function stays(world: World): Sql {
  const draw = drawsOf(world, "stays");
  const { places, practices } = world;
  const key = (m: Sql): Sql => sql`id * 8 + (${m})`;
  const edge = (m: Sql): Sql =>
    sql`entry + floor((last_seen - entry) * (${m} + 0.8 * ${draw.uniform("edge", key(m))}) / many)::INTEGER`;
  const place = sql`CASE WHEN m = many - 1 THEN ${draw.below("home", sql`household`, places)}
    ELSE ${draw.below("place", key(sql`m`), places)} END`;
  const gap = sql`CASE WHEN ${draw.chance("has gap", key(sql`m`), 0.2)}
    THEN floor((moves_on - starts) * 0.4 * ${draw.uniform("gap", key(sql`m`))})::INTEGER ELSE 0 END`;
  const neighbour = draw.chance("neighbour", key(sql`m`), 0.2);
  const entry = sql`least(last_seen, CASE WHEN born >= DATE '2000-01-01' THEN born + ${draw.below("enters", sql`id`, 60)}
    ELSE greatest(born, DATE '1990-01-01' + ${draw.below("entry", sql`id`, 8400)}) END)`;
  const last = sql`m = many - 1`;
  return sql`CREATE OR REPLACE TABLE work.stays AS
    SELECT id, m, ${last} AS is_last, place, starts, moves_on,
      CASE WHEN ${last} THEN moves_on ELSE moves_on - ${gap} END AS ends,
      (place // ${PLACES_PER_PRACTICE} + ${neighbour}::INTEGER) % ${practices} AS practice,
      household, age
    FROM (SELECT *, ${place} AS place, CASE WHEN m = 0 THEN entry ELSE ${edge(sql`m`)} END AS starts,
        CASE WHEN ${last} THEN coalesce(died, left_on, DATE ${OPEN_END}) ELSE ${edge(sql`m + 1`)} END AS moves_on
    FROM (SELECT *, unnest(range(many)) AS m
    FROM (SELECT *, ${entry} AS entry,
        1 + ${draw.below("stays", sql`id`, 2)} + ${draw.chance("restless", sql`id`, 0.2)}::INTEGER AS many
    FROM work.people)))`;
}
