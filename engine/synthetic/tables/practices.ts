/** Practices, where they are, the trial that some take part in, and who is registered. */
import {
  clusterTrialReturning,
  parseClusterTrial,
} from "../../definition/functions/cluster-trials.ts";
import { insertInto, insertRows } from "../insert.ts";
import { literal, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { textList } from "../draws.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker, World } from "../world.ts";

const REGIONS = [
  "North East",
  "North West",
  "Yorkshire and The Humber",
  "East Midlands",
  "West Midlands",
  "East",
  "London",
  "South East",
  "South West",
];

/** Sustainability and transformation partnerships, in the order of the regions. */
const STPS = Array.from({ length: 42 }, (_, i) => `E54${String(i + 5).padStart(6, "0")}`);

const TRIAL = sql`1`;

export const practices: TableMaker = {
  tables: [
    "Organisation",
    "RegistrationHistory",
    "ClusterRandomisedTrial",
    "ClusterRandomisedTrialDetail",
    "ClusterRandomisedTrialReference",
  ],
  start: (world) => [organisations(world), ...trial(world)],
  block: () => [
    insertInto(
      "RegistrationHistory",
      {
        Registration_ID: sql`id * 8 + m`,
        Organisation_ID: sql`practice + 1`,
        Patient_ID: sql`id`,
        StartDate: sql`starts::TIMESTAMP`,
        EndDate: sql`ends::TIMESTAMP`,
      },
      sql`work.stays`,
    ),
  ],
};

/** What is drawn for one practice depends on its number only, and its region on its number among all. */
function organisations(world: World): Sql {
  const draws = drawsOf(world, "Organisation");
  const stp = sql`(practice * ${STPS.length} // ${world.practices})`;
  const live = sql`TIMESTAMP '2000-01-01' + to_days(${draws.below("live", sql`practice`, 5800)})`;
  return insertInto(
    "Organisation",
    {
      Organisation_ID: sql`practice + 1`,
      GoLiveDate: sql`CASE WHEN practice % 40 = 39 THEN NULL ELSE ${live} END`,
      STPCode: sql`(${textList(STPS)})[1 + ${stp}]`,
      MSOACode: sql`printf('E02%06d', practice * 4 + 1)`,
      Region: sql`(${textList(REGIONS)})[1 + ${stp} * ${REGIONS.length} // ${STPS.length}]`,
    },
    sql`(SELECT range AS practice FROM range(${world.practices}))`,
  );
}

/** Every fourth practice takes part. */
function trial(world: World): readonly Sql[] {
  const enrolled = sql`(SELECT range AS practice FROM range(${world.practices}) WHERE range % 4 = 1)`;
  const name = {
    TrialNumber: TRIAL,
    TrialName: literal("germdefence"),
    TrialDescription: literal("A made-up entry"),
    CPMSNumber: sql`47201`,
  };
  const arm = {
    Organisation_ID: sql`practice + 1`,
    TrialNumber: TRIAL,
    TrialArm: sql`CASE WHEN practice % 8 = 1 THEN 'int' ELSE 'con' END`,
  };
  return [
    ...insertRows("ClusterRandomisedTrialReference", [name]),
    insertInto("ClusterRandomisedTrial", arm, enrolled),
    trialDetails(world, enrolled),
  ];
}

/** A number for each property of each practice that takes part, as text. */
function trialDetails(world: World, enrolled: Sql): Sql {
  const draws = drawsOf(world, "ClusterRandomisedTrialDetail");
  const properties = clusterTrialReturning
    .map((returning) => parseClusterTrial(returning)?.property ?? "")
    .filter((property) => property !== "enrolled" && property !== "trial_arm");
  return insertInto(
    "ClusterRandomisedTrialDetail",
    {
      TrialNumber: TRIAL,
      Organisation_ID: sql`practice + 1`,
      Property: sql`property`,
      PropertyValue: sql`round(100 * ${draws.uniform("value", sql`practice * 64 + nr`)}, 1)::VARCHAR`,
    },
    sql`(SELECT practice, unnest(${textList(properties)}) AS property,
        unnest(range(${properties.length})) AS nr FROM ${enrolled})`,
  );
}
