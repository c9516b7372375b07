/** COVID-19: tests, intensive care, treatments in the community and in hospital. */
import { insertInto } from "../insert.ts";
import { drawsOf, timeOfDay, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const VIRUS = sql`'SARS-CoV-2'`;
const TESTING = { from: "2020-03-01", to: "2022-09-30" } as const;
const VARIANTS = [
  "",
  "(blank)",
  "none",
  "N/A",
  "VOC-20DEC-01",
  "VOC-20DEC-01 detected",
  "VOC-21APR-02",
  "VOC-21NOV-01",
];

export const covid: TableMaker = {
  tables: [
    "SGSS_AllTests_Positive",
    "SGSS_Positive",
    "SGSS_AllTests_Negative",
    "SGSS_Negative",
    "ICNARC",
  ],
  block: (world) => [
    allPositives(world),
    earliestPositives(world),
    ...negatives(world),
    intensiveCare(world),
  ],
};

function positives(world: World): Sql {
  return timeline(drawsOf(world, "SGSS_AllTests_Positive"), { perYear: 0.25, ...TESTING });
}

function targetFailure(world: World): Sql {
  return drawsOf(world, "SGSS_AllTests_Positive").oneOf("sgtf", sql`k`, [
    "",
    "",
    "0",
    "0",
    "1",
    "9",
  ]);
}

function lab(world: World, key: Sql) {
  const draws = drawsOf(world, "SGSS_AllTests_Negative");
  return {
    Organism_Species_Name: VIRUS,
    Lab_Type: draws.oneOf("lab", key, ["Pillar 1", "Pillar 2", "NHS Lab"]),
    Lab_Report_Date: sql`day + 1 + ${draws.below("reported", key, 3)}`,
  };
}

function allPositives(world: World): Sql {
  const draws = drawsOf(world, "SGSS_AllTests_Positive");
  return insertInto(
    "SGSS_AllTests_Positive",
    {
      Patient_ID: sql`id`,
      ...lab(world, sql`k`),
      Symptomatic: draws.oneOf("symptomatic", sql`k`, ["Y", "Y", "N", "U"]),
      Variant: draws.oneOf("variant", sql`k`, VARIANTS),
      VariantDetectionMethod: draws.oneOf("method", sql`k`, [
        "",
        "",
        "Private Lab Sequencing",
        "Reflex Assay",
      ]),
      Pillar: draws.oneOf("pillar", sql`k`, ["1", "2", "2"]),
      LFT_Flag: draws.oneOf("lft", sql`k`, ["0", "0", "1"]),
      SGTF: targetFailure(world),
      Specimen_Date: sql`day`,
    },
    positives(world),
  );
}

/** A patient's rows ascend by day: the first of them is the earliest test. */
function earliestPositives(world: World): Sql {
  const draws = drawsOf(world, "SGSS_Positive");
  return insertInto(
    "SGSS_Positive",
    {
      Patient_ID: sql`id`,
      ...lab(world, sql`k`),
      SGTF: targetFailure(world),
      CaseCategory: draws.oneOf("case", sql`k`, [
        "PCR_Only",
        "PCR_Only",
        "LFT_Only",
        "LFT_WithPCR",
      ]),
      Earliest_Specimen_Date: sql`day`,
    },
    sql`${positives(world)} WHERE n = 0`,
  );
}

function negatives(world: World): readonly Sql[] {
  const draws = drawsOf(world, "SGSS_AllTests_Negative");
  const rows = timeline(draws, { perYear: 0.9, ...TESTING });
  const all = insertInto(
    "SGSS_AllTests_Negative",
    {
      Patient_ID: sql`id`,
      ...lab(world, sql`k`),
      Symptomatic: sql`CASE WHEN ${draws.chance("unknown", sql`k`, 0.1)} THEN NULL
        ELSE ${draws.oneOf("symptomatic", sql`k`, ["true", "false", "false"])} END`,
      Pillar: draws.oneOf("pillar", sql`k`, ["1", "2", "2"]),
      LFT_Flag: draws.oneOf("lft", sql`k`, ["0", "1"]),
      Specimen_Date: sql`day`,
    },
    rows,
  );
  const earliest = insertInto(
    "SGSS_Negative",
    { Patient_ID: sql`id`, ...lab(world, sql`k`), Earliest_Specimen_Date: sql`day` },
    sql`${rows} WHERE n = 0`,
  );
  return [all, earliest];
}

/** One of the two dates can be missing, and the original one can be earlier. */
function intensiveCare(world: World): Sql {
  const draws = drawsOf(world, "ICNARC");
  const which = draws.uniform("dates", sql`k`);
  const days = (word: string): Sql =>
    sql`CASE WHEN ${draws.chance(`no ${word}`, sql`k`, 0.05)} THEN NULL ELSE ${draws.below(word, sql`k`, 6)} END`;
  return insertInto(
    "ICNARC",
    {
      Patient_ID: sql`id`,
      ICNARC_ID: sql`k`,
      IcuAdmissionDateTime: sql`CASE WHEN ${which} < 0.05 THEN NULL ELSE ${timeOfDay(draws, sql`k`)} END`,
      OriginalIcuAdmissionDate: sql`CASE WHEN ${which} BETWEEN 0.05 AND 0.3 THEN NULL
        WHEN ${which} > 0.9 THEN greatest(born, day - 2) ELSE day END`,
      BasicDays_RespiratorySupport: days("basic"),
      AdvancedDays_RespiratorySupport: days("advanced"),
      Ventilator: draws.below("ventilator", sql`k`, 2),
    },
    timeline(draws, { perYear: 0.02, from: "2018-01-01" }),
  );
}
