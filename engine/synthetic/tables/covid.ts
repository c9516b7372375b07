/** COVID-19: tests, intensive care, treatments in the community and in hospital. */
import { insertInto } from "../insert.ts";
import { drawsOf, timeOfDay, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";

const VIRUS = "'SARS-CoV-2'";
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

function positives(world: World): string {
  return timeline(drawsOf(world, "SGSS_AllTests_Positive"), { perYear: 0.25, ...TESTING });
}

function targetFailure(world: World): string {
  return drawsOf(world, "SGSS_AllTests_Positive").oneOf("sgtf", "k", ["", "", "0", "0", "1", "9"]);
}

function lab(world: World, key: string) {
  const draws = drawsOf(world, "SGSS_AllTests_Negative");
  return {
    Organism_Species_Name: VIRUS,
    Lab_Type: draws.oneOf("lab", key, ["Pillar 1", "Pillar 2", "NHS Lab"]),
    Lab_Report_Date: `day + 1 + ${draws.below("reported", key, 3)}`,
  };
}

function allPositives(world: World): string {
  const draws = drawsOf(world, "SGSS_AllTests_Positive");
  return insertInto(
    "SGSS_AllTests_Positive",
    {
      Patient_ID: "id",
      ...lab(world, "k"),
      Symptomatic: draws.oneOf("symptomatic", "k", ["Y", "Y", "N", "U"]),
      Variant: draws.oneOf("variant", "k", VARIANTS),
      VariantDetectionMethod: draws.oneOf("method", "k", [
        "",
        "",
        "Private Lab Sequencing",
        "Reflex Assay",
      ]),
      Pillar: draws.oneOf("pillar", "k", ["1", "2", "2"]),
      LFT_Flag: draws.oneOf("lft", "k", ["0", "0", "1"]),
      SGTF: targetFailure(world),
      Specimen_Date: "day",
    },
    positives(world),
  );
}

/** A patient's rows ascend by day: the first of them is the earliest test. */
function earliestPositives(world: World): string {
  const draws = drawsOf(world, "SGSS_Positive");
  return insertInto(
    "SGSS_Positive",
    {
      Patient_ID: "id",
      ...lab(world, "k"),
      SGTF: targetFailure(world),
      CaseCategory: draws.oneOf("case", "k", ["PCR_Only", "PCR_Only", "LFT_Only", "LFT_WithPCR"]),
      Earliest_Specimen_Date: "day",
    },
    `${positives(world)} WHERE n = 0`,
  );
}

function negatives(world: World): readonly string[] {
  const draws = drawsOf(world, "SGSS_AllTests_Negative");
  const rows = timeline(draws, { perYear: 0.9, ...TESTING });
  const all = insertInto(
    "SGSS_AllTests_Negative",
    {
      Patient_ID: "id",
      ...lab(world, "k"),
      Symptomatic: `CASE WHEN ${draws.chance("unknown", "k", 0.1)} THEN NULL
        ELSE ${draws.oneOf("symptomatic", "k", ["true", "false", "false"])} END`,
      Pillar: draws.oneOf("pillar", "k", ["1", "2", "2"]),
      LFT_Flag: draws.oneOf("lft", "k", ["0", "1"]),
      Specimen_Date: "day",
    },
    rows,
  );
  const earliest = insertInto(
    "SGSS_Negative",
    { Patient_ID: "id", ...lab(world, "k"), Earliest_Specimen_Date: "day" },
    `${rows} WHERE n = 0`,
  );
  return [all, earliest];
}

/** One of the two dates can be missing, and the original one can be earlier. */
function intensiveCare(world: World): string {
  const draws = drawsOf(world, "ICNARC");
  const which = draws.uniform("dates", "k");
  const days = (word: string): string =>
    `CASE WHEN ${draws.chance(`no ${word}`, "k", 0.05)} THEN NULL ELSE ${draws.below(word, "k", 6)} END`;
  return insertInto(
    "ICNARC",
    {
      Patient_ID: "id",
      ICNARC_ID: "k",
      IcuAdmissionDateTime: `CASE WHEN ${which} < 0.05 THEN NULL ELSE ${timeOfDay(draws, "k")} END`,
      OriginalIcuAdmissionDate: `CASE WHEN ${which} BETWEEN 0.05 AND 0.3 THEN NULL
        WHEN ${which} > 0.9 THEN greatest(born, day - 2) ELSE day END`,
      BasicDays_RespiratorySupport: days("basic"),
      AdvancedDays_RespiratorySupport: days("advanced"),
      Ventilator: draws.below("ventilator", "k", 2),
    },
    timeline(draws, { perYear: 0.02, from: "2018-01-01" }),
  );
}
