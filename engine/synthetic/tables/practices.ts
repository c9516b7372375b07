/** Practices, where they are, the trial that some take part in, and who is registered. */
import {
  clusterTrialReturning,
  parseClusterTrial,
} from "../../definition/functions/cluster-trials.ts";
import { insertInto, insertRows } from "../insert.ts";
import { quoteText, quoteTexts } from "../quote.ts";
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

const TRIAL = 1;

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
        Registration_ID: "id * 8 + m",
        Organisation_ID: "practice + 1",
        Patient_ID: "id",
        StartDate: "starts::TIMESTAMP",
        EndDate: "ends::TIMESTAMP",
      },
      "work.stays",
    ),
  ],
};

/** What is drawn for one practice depends on its number only, and its region on its number among all. */
function organisations(world: World): string {
  const draws = drawsOf(world, "Organisation");
  const stp = `(practice * ${STPS.length} // ${world.practices})`;
  const live = `TIMESTAMP '2000-01-01' + to_days(${draws.below("live", "practice", 5800)})`;
  return insertInto(
    "Organisation",
    {
      Organisation_ID: "practice + 1",
      GoLiveDate: `CASE WHEN practice % 40 = 39 THEN NULL ELSE ${live} END`,
      STPCode: `(${quoteTexts(STPS)})[1 + ${stp}]`,
      MSOACode: `printf('E02%06d', practice * 4 + 1)`,
      Region: `(${quoteTexts(REGIONS)})[1 + ${stp} * ${REGIONS.length} // ${STPS.length}]`,
    },
    `(SELECT range AS practice FROM range(${world.practices}))`,
  );
}

/** Every fourth practice takes part. */
function trial(world: World): readonly string[] {
  const enrolled = `(SELECT range AS practice FROM range(${world.practices}) WHERE range % 4 = 1)`;
  const name = {
    TrialNumber: String(TRIAL),
    TrialName: quoteText("germdefence"),
    TrialDescription: quoteText("A made-up entry"),
    CPMSNumber: "47201",
  };
  const arm = {
    Organisation_ID: "practice + 1",
    TrialNumber: String(TRIAL),
    TrialArm: "CASE WHEN practice % 8 = 1 THEN 'int' ELSE 'con' END",
  };
  return [
    ...insertRows("ClusterRandomisedTrialReference", [name]),
    insertInto("ClusterRandomisedTrial", arm, enrolled),
    trialDetails(world, enrolled),
  ];
}

/** A number for each property of each practice that takes part, as text. */
function trialDetails(world: World, enrolled: string): string {
  const draws = drawsOf(world, "ClusterRandomisedTrialDetail");
  const properties = clusterTrialReturning
    .map((returning) => parseClusterTrial(returning)?.property ?? "")
    .filter((property) => property !== "enrolled" && property !== "trial_arm");
  return insertInto(
    "ClusterRandomisedTrialDetail",
    {
      TrialNumber: String(TRIAL),
      Organisation_ID: "practice + 1",
      Property: "property",
      PropertyValue: `round(100 * ${draws.uniform("value", "practice * 64 + nr")}, 1)::VARCHAR`,
    },
    `(SELECT practice, unnest(${quoteTexts(properties)}) AS property,
        unnest(range(${properties.length})) AS nr FROM ${enrolled})`,
  );
}
