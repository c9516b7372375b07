/** Where patients live, and with whom. */
import { insertInto } from "../insert.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker, World } from "../world.ts";

const MSOA = "printf('E02%06d', place + 1)";

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
      { HouseholdMember_ID: "id", Patient_ID: "id", Household_ID: "household" },
      "work.people WHERE at_home",
    ),
  ],
};

/** A place (MSOA) is more or less deprived, and more or less rural. */
function places(world: World): string {
  const draws = drawsOf(world, "places");
  const rural = ["1", "1", "1", "2", "3", "3", "3", "3", "4", "5", "5", "6", "7", "8"];
  return `CREATE TABLE work.places AS SELECT range AS place, ${draws.uniform("deprivation", "range")} AS rank,
    ${draws.oneOf("rural", "range", rural)}::INTEGER AS rural FROM range(${world.places})`;
}

/** Of two in a hundred no address is known. */
function hasAddress(world: World): string {
  return `NOT ${drawsOf(world, "PatientAddress").chance("none", "id", 0.02)}`;
}

/** Ranks are 1 to 32,844, rounded to hundreds; -1 is unknown, as is the classification then. */
function own(world: World): string {
  const draws = drawsOf(world, "PatientAddress");
  const unknown = draws.chance("unknown", "id * 8 + m", 0.03);
  const rank = `(rank * 0.75 + ${draws.uniform("rank", "id * 8 + m")} * 0.25) * 32844`;
  return insertInto(
    "PatientAddress",
    {
      PatientAddress_ID: "id * 16 + m * 2",
      Patient_ID: "id",
      AddressType: "3",
      RuralUrbanClassificationCode: `CASE WHEN ${unknown} THEN -1 ELSE rural END`,
      ImdRankRounded: `CASE WHEN ${unknown} THEN -1 ELSE least(32800, 100 * round(${rank} / 100)::INTEGER) END`,
      StartDate: "starts::TIMESTAMP",
      EndDate: "moves_on::TIMESTAMP",
      MSOACode: MSOA,
    },
    `work.stays JOIN work.places USING (place) WHERE ${hasAddress(world)} ORDER BY id, m`,
  );
}

/** A few have a further address at the same time, without a postcode. */
function second(world: World): string {
  const draws = drawsOf(world, "PatientAddress");
  return insertInto(
    "PatientAddress",
    {
      PatientAddress_ID: "id * 16 + m * 2 + 1",
      Patient_ID: "id",
      AddressType: "0",
      RuralUrbanClassificationCode: "-1",
      ImdRankRounded: "-1",
      StartDate: "starts::TIMESTAMP",
      EndDate: "moves_on::TIMESTAMP",
      MSOACode: "'NPC'",
    },
    `work.stays WHERE ${draws.chance("second", "id * 8 + m", 0.02)}`,
  );
}

/** One in eight of the very old, at their last address. */
function careHomes(world: World): string {
  const draws = drawsOf(world, "PotentialCareHomeAddress");
  const nursing = draws.chance("nursing", "id", 0.4);
  return insertInto(
    "PotentialCareHomeAddress",
    {
      Patient_ID: "id",
      PatientAddress_ID: "id * 16 + m * 2",
      LocationRequiresNursing: `CASE WHEN ${nursing} THEN 'Y' ELSE 'N' END`,
      LocationDoesNotRequireNursing: `CASE WHEN ${nursing} THEN 'N' ELSE 'Y' END`,
    },
    `work.stays WHERE is_last AND ${hasAddress(world)} AND ${draws.chance("lives there", "id", "CASE WHEN age > 78 THEN 0.12 ELSE 0.003 END")}`,
  );
}

/** As many members as it has: who was born and alive on the day of the households. */
function households(world: World): string {
  const draws = drawsOf(world, "Household");
  const mixed = draws.chance("mixed", "household", 0.1);
  return insertInto(
    "Household",
    {
      Household_ID: "household",
      TppPercentage: `CASE WHEN ${mixed} THEN 50 + ${draws.below("share", "household", 50)} ELSE 100 END`,
      HouseholdSize: "members",
      NFA_Unknown: `CASE WHEN ${draws.chance("nowhere", "household", 0.02)} THEN true ELSE false END`,
      Prison: draws.chance("prison", "household", 0.002),
      MixedSoftwareHousehold: mixed,
      MSOA,
    },
    `(SELECT household, count(*) AS members FROM work.people WHERE at_home GROUP BY household)
      JOIN (SELECT DISTINCT household, place FROM work.stays WHERE is_last) USING (household) ORDER BY household`,
  );
}
