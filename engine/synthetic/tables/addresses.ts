/** Where patients live, and with whom. */
import { insertInto } from "../insert.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const MSOA = sql`printf('E02%06d', place + 1)`;

export const addresses: TableMaker = {
  tables: ["PatientAddress", "PotentialCareHomeAddress", "Household", "HouseholdMember"],
  start: (world) => [places(world)],
  block: (world) => [
    own(world),
    second(world),
    careHomes(world),
    households(world),
    insertInto(
      "HouseholdMember",
      { HouseholdMember_ID: sql`id`, Patient_ID: sql`id`, Household_ID: sql`household` },
      sql`work.people WHERE at_home`,
    ),
  ],
};

/** A place (MSOA) is more or less deprived, and more or less rural. */
function places(world: World): Sql {
  const draws = drawsOf(world, "places");
  const rural = ["1", "1", "1", "2", "3", "3", "3", "3", "4", "5", "5", "6", "7", "8"];
  return sql`CREATE TABLE work.places AS SELECT range AS place, ${draws.uniform("deprivation", sql`range`)} AS rank,
    ${draws.oneOf("rural", sql`range`, rural)}::INTEGER AS rural FROM range(${world.places})`;
}

/** Of two in a hundred no address is known. */
function hasAddress(world: World): Sql {
  return sql`NOT ${drawsOf(world, "PatientAddress").chance("none", sql`id`, 0.02)}`;
}

/** Ranks are 1 to 32,844, rounded to hundreds; -1 is unknown, as is the classification then. */
function own(world: World): Sql {
  const draws = drawsOf(world, "PatientAddress");
  const unknown = draws.chance("unknown", sql`id * 8 + m`, 0.03);
  const rank = sql`(rank * 0.75 + ${draws.uniform("rank", sql`id * 8 + m`)} * 0.25) * 32844`;
  return insertInto(
    "PatientAddress",
    {
      PatientAddress_ID: sql`id * 16 + m * 2`,
      Patient_ID: sql`id`,
      AddressType: sql`3`,
      RuralUrbanClassificationCode: sql`CASE WHEN ${unknown} THEN -1 ELSE rural END`,
      ImdRankRounded: sql`CASE WHEN ${unknown} THEN -1 ELSE least(32800, 100 * round(${rank} / 100)::INTEGER) END`,
      StartDate: sql`starts::TIMESTAMP`,
      EndDate: sql`moves_on::TIMESTAMP`,
      MSOACode: MSOA,
    },
    sql`work.stays JOIN work.places USING (place) WHERE ${hasAddress(world)} ORDER BY id, m`,
  );
}

/** A few have a further address at the same time, without a postcode. */
function second(world: World): Sql {
  const draws = drawsOf(world, "PatientAddress");
  return insertInto(
    "PatientAddress",
    {
      PatientAddress_ID: sql`id * 16 + m * 2 + 1`,
      Patient_ID: sql`id`,
      AddressType: sql`0`,
      RuralUrbanClassificationCode: sql`-1`,
      ImdRankRounded: sql`-1`,
      StartDate: sql`starts::TIMESTAMP`,
      EndDate: sql`moves_on::TIMESTAMP`,
      MSOACode: sql`'NPC'`,
    },
    sql`work.stays WHERE ${draws.chance("second", sql`id * 8 + m`, 0.02)}`,
  );
}

/** One in eight of the very old, at their last address. */
function careHomes(world: World): Sql {
  const draws = drawsOf(world, "PotentialCareHomeAddress");
  const nursing = draws.chance("nursing", sql`id`, 0.4);
  return insertInto(
    "PotentialCareHomeAddress",
    {
      Patient_ID: sql`id`,
      PatientAddress_ID: sql`id * 16 + m * 2`,
      LocationRequiresNursing: sql`CASE WHEN ${nursing} THEN 'Y' ELSE 'N' END`,
      LocationDoesNotRequireNursing: sql`CASE WHEN ${nursing} THEN 'N' ELSE 'Y' END`,
    },
    sql`work.stays WHERE is_last AND ${hasAddress(world)} AND ${draws.chance("lives there", sql`id`, sql`CASE WHEN age > 78 THEN 0.12 ELSE 0.003 END`)}`,
  );
}

/** As many members as it has: who was born and alive on the day of the households. */
function households(world: World): Sql {
  const draws = drawsOf(world, "Household");
  const mixed = draws.chance("mixed", sql`household`, 0.1);
  return insertInto(
    "Household",
    {
      Household_ID: sql`household`,
      TppPercentage: sql`CASE WHEN ${mixed} THEN 50 + ${draws.below("share", sql`household`, 50)} ELSE 100 END`,
      HouseholdSize: sql`members`,
      NFA_Unknown: sql`CASE WHEN ${draws.chance("nowhere", sql`household`, 0.02)} THEN true ELSE false END`,
      Prison: draws.chance("prison", sql`household`, 0.002),
      MixedSoftwareHousehold: mixed,
      MSOA,
    },
    sql`(SELECT household, count(*) AS members FROM work.people WHERE at_home GROUP BY household)
      JOIN (SELECT DISTINCT household, place FROM work.stays WHERE is_last) USING (household) ORDER BY household`,
  );
}
