/** Certificates and reports of deaths. */
import { mixedCodes, slotTable } from "../code-slots.ts";
import { insertInto } from "../insert.ts";
import { icd10Codes } from "../vocabulary/icd10.ts";
import { icd10On } from "../pools.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const PLACES = [
  ...["Hospital", "Hospital", "Hospital", "Hospital", "Home", "Home", "Care home", "Care home"],
  ...["Hospice", "Elsewhere", "Other communal establishment"],
];

/** Causes below the underlying one; there are fifteen places for them. */
const PLACES_FOR_CAUSES = Array.from(
  { length: 15 },
  (_, i) => `ICD100${String(i + 1).padStart(2, "0")}`,
);

export const deaths: TableMaker = {
  tables: ["ONS_Deaths", "CPNS"],
  start: ({ codes: { groups } }) =>
    slotTable("causes", mixedCodes(icd10Codes, groups["death-cause"] ?? [])),
  block: (world) => [certificates(world, false), certificates(world, true), covidDeaths(world)],
};

/** One for nearly every death, sometimes a day late; a few are sent in twice. */
function certificates(world: World, again: boolean): Sql {
  const draws = drawsOf(world, "ONS_Deaths");
  const off = sql`CASE WHEN ${draws.chance("off", sql`id`, 0.02)} THEN 1 ELSE 0 END`;
  const cause = (nr: number): Sql => {
    const slot = sql`(${draws.bits("cause", sql`id * 32 + ${nr}`)} >> 48)::INTEGER`;
    return sql`(SELECT ${icd10On(sql`code`, sql`died`)} FROM work.causes WHERE slot = ${slot})`;
  };
  const causes = PLACES_FOR_CAUSES.map((column, nr) => {
    // Fewer and fewer certificates name a further cause.
    const told = sql`${draws.uniform("causes", sql`id`)} > ${1 - 0.75 ** nr}`;
    return [column, nr < 5 ? sql`CASE WHEN ${told} THEN ${cause(nr)} END` : sql`NULL`] as const;
  });
  const who = again
    ? draws.chance("twice", sql`id`, 0.01)
    : sql`NOT ${draws.chance("none", sql`id`, 0.02)}`;
  return insertInto(
    "ONS_Deaths",
    {
      Patient_ID: sql`id`,
      ageinyrs: sql`date_sub('year', born, died)`,
      Sex: sql`sex`,
      icd10u: again ? sql`'R99X'` : cause(31),
      ...Object.fromEntries(causes),
      Place_of_occurrence: draws.oneOf("place", sql`id`, PLACES),
      dod: sql`died + ${again ? sql`0` : off}`,
    },
    sql`work.people WHERE died IS NOT NULL AND ${who} ORDER BY id`,
  );
}

/** Deaths in hospital with COVID-19. */
function covidDeaths(world: World): Sql {
  const draws = drawsOf(world, "CPNS");
  return insertInto(
    "CPNS",
    { Patient_ID: sql`id`, Id: sql`id`, DateOfDeath: sql`died` },
    sql`work.people WHERE died BETWEEN '2020-03-01' AND '2022-03-31' AND ${draws.chance("covid", sql`id`, 0.15)}`,
  );
}
