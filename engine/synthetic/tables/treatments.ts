/** Treatments of COVID-19, and drugs that hospitals are paid for one by one. */
import type { Draws } from "../draws.ts";
import { insertInto } from "../insert.ts";
import type { Columns } from "../insert.ts";
import { LAST_DAY } from "../period.ts";
import { pool } from "../pools.ts";
import { drawsOf, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const THERAPEUTICS = [
  "Molnupiravir",
  "Paxlovid",
  "Paxlovid",
  "Sotrovimab",
  "Sotrovimab",
  "Remdesivir",
  "Casirivimab and imdevimab",
  "Tocilizumab",
  "Baricitinib",
];
const STATUSES = [
  "Approved",
  "Approved",
  "Treatment Complete",
  "Treatment Complete",
  "Treatment Not Started",
  "Treatment Stopped",
];
const INDICATIONS = [
  "non_hospitalised",
  "non_hospitalised",
  "non_hospitalised",
  "hospital_onset",
  "hospitalised_with",
];
const RISKS = [
  "IMID",
  "renal disease",
  "solid cancer",
  "liver disease",
  "Downs syndrome",
  "haematologic malignancy",
  "rare neurological conditions",
  "primary immune deficiencies",
  "solid organ recipients",
  "HIV or AIDS",
  "an unlisted condition",
];
const REGIONS = [
  "London",
  "North West",
  "South East",
  "South West",
  "Midlands",
  "East of England",
  "North East and Yorkshire",
];
const HIGH_COST_DRUGS = [
  "ADALIMUMAB",
  "ETANERCEPT",
  "INFLIXIMAB",
  "RITUXIMAB",
  "TOCILIZUMAB",
  "AFLIBERCEPT",
  "RANIBIZUMAB",
];

export const treatments: TableMaker = {
  tables: ["Therapeutics", "HighCostDrugs"],
  block: (world) => [therapeutics(world), highCostDrugs(world)],
};

/** Some rows come two times. */
function therapeutics(world: World): Sql {
  const draws = drawsOf(world, "Therapeutics");
  const who = draws.chance("treated", sql`id`, 0.05);
  const rows = timeline(draws, { perYear: 2, from: "2020-06-01", who });
  const twice = sql`copy = 0 OR ${draws.chance("twice", sql`k`, 0.05)}`;
  return insertInto(
    "Therapeutics",
    treatmentColumns(world, draws),
    sql`(SELECT *, unnest([0, 1]) AS copy FROM ${rows}) WHERE ${twice}`,
  );
}

/** Everything is text here. */
function treatmentColumns(world: World, draws: Draws): Columns {
  const one = (word: string, values: readonly string[]): Sql => draws.oneOf(word, sql`k`, values);
  return {
    Patient_ID: sql`id`,
    Intervention: one("drug", pool(world, "therapeutic", THERAPEUTICS)),
    COVID_indication: one("indication", INDICATIONS),
    CurrentStatus: one("status", pool(world, "therapeutic-status", STATUSES)),
    TreatmentStartDate: sql`strftime(day, '%Y-%m-%d')`,
    Received: earlier(draws, "received", 3),
    MOL1_high_risk_cohort: risk(draws, "MOL1"),
    SOT02_risk_cohorts: risk(draws, "SOT02"),
    CASIM05_risk_cohort: risk(draws, "CASIM05"),
    Region: draws.oneOf("region", sql`id`, REGIONS),
    AgeAtReceivedDate: sql`date_sub('year', born, day)::VARCHAR`,
    FormName: sql`'form ' || (k % 3)::VARCHAR`,
    MOL1_onset_of_symptoms: onset(draws, "MOL1 onset"),
    SOT02_onset_of_symptoms: onset(draws, "SOT02 onset"),
    Count: sql`'1'`,
    Der_LoadDate: sql`${LAST_DAY}`,
  };
}

/** Fewer than `days` days before the treatment. */
function earlier(draws: Draws, word: string, days: number): Sql {
  return sql`strftime(greatest(born, day - ${draws.below(word, sql`k`, days)}), '%Y-%m-%d')`;
}

function onset(draws: Draws, word: string): Sql {
  return sql`CASE WHEN ${draws.chance(`no ${word}`, sql`k`, 0.3)} THEN NULL ELSE ${earlier(draws, word, 5)} END`;
}

/** As forms have it: none, one group, or two joined by "and". */
function risk(draws: Draws, word: string): Sql {
  const many = draws.uniform(`${word} many`, sql`k`);
  const first = draws.oneOf(`${word} first`, sql`k`, RISKS);
  const second = draws.oneOf(`${word} second`, sql`k`, RISKS);
  return sql`CASE WHEN ${many} < 0.5 THEN NULL WHEN ${many} < 0.8 THEN 'Patients with a ' || ${first}
    ELSE ${first} || ' and ' || ${second} END`;
}

/** Years as '201920', months from April = 1. */
function highCostDrugs(world: World): Sql {
  const draws = drawsOf(world, "HighCostDrugs");
  const april = sql`(day - INTERVAL 3 MONTH)`;
  return insertInto(
    "HighCostDrugs",
    {
      Patient_ID: sql`id`,
      DrugName: draws.oneOf("drug", sql`k`, pool(world, "high-cost-drug", HIGH_COST_DRUGS)),
      FinancialYear: sql`printf('%d%02d', year(${april}), (year(${april}) + 1) % 100)`,
      FinancialMonth: sql`month(${april})::VARCHAR`,
    },
    timeline(draws, {
      perYear: 4,
      from: "2018-04-01",
      who: draws.chance("treated", sql`id`, 0.05),
    }),
  );
}
