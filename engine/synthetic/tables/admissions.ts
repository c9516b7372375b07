/** Stays in hospital: each spell once in both tables. */
import { mixedCodes, slotTable } from "../code-slots.ts";
import type { Draws } from "../draws.ts";
import { ethnicCategory } from "../ethnicity.ts";
import { insertInto } from "../insert.ts";
import type { Columns } from "../insert.ts";
import { icd10On, pool } from "../pools.ts";
import { icd10Codes } from "../vocabulary/icd10.ts";
import { opcs4Codes } from "../vocabulary/opcs4.ts";
import { drawsOf, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const METHODS = [
  "11",
  "11",
  "11",
  "12",
  "12",
  "13",
  "21",
  "21",
  "21",
  "21",
  "22",
  "24",
  "28",
  "2A",
  "2B",
  "2D",
  "31",
  "32",
  "81",
  "82",
  "83",
];
const SOURCES = ["19", "19", "19", "19", "19", "29", "51", "51", "54", "65", "79", "98"];
const DESTINATIONS = ["19", "19", "19", "19", "19", "29", "51", "54", "65", "79", "87", "98"];
const CLASSES = ["1", "1", "1", "1", "2", "2", "3", "5"];
const FUNCTIONS = [
  "100",
  "101",
  "110",
  "120",
  "160",
  "180",
  "300",
  "300",
  "300",
  "301",
  "320",
  "340",
  "361",
  "370",
  "420",
  "430",
  "501",
  "502",
];
const CATEGORIES = ["01", "01", "01", "01", "01", "01", "01", "02", "03", "04", "98"];

export const admissions: TableMaker = {
  tables: ["APCS_ARCHIVED", "APCS_Der_ARCHIVED"],
  start: ({ codes: { groups } }) => [
    ...slotTable("diagnoses", mixedCodes(icd10Codes, groups.diagnosis ?? [])),
    ...slotTable("procedures", mixedCodes(opcs4Codes, groups.procedure ?? [])),
  ],
  block: (world) => [spells(world), derived(world)],
};

/** `c0` to `c3` are diagnoses, `p0` to `p2` procedures, `stay` the nights. */
function rows(world: World): Sql {
  const draws = drawsOf(world, "APCS_ARCHIVED");
  const { diagnosis = [], procedure = [] } = world.codes.groups;
  const perYear = 0.3 + 0.1 * Math.max(diagnosis.length, procedure.length);
  const join = (table: string, name: string, nr: number): Sql => {
    const alias = sql`${word(name)}${nr}`;
    const slot = sql`(${draws.bits(name, sql`k * 4 + ${nr}`)} >> 48)::INTEGER`;
    return sql`JOIN work.${word(table)} AS ${alias} ON ${alias}.slot = ${slot}`;
  };
  const joins = [0, 1, 2, 3].map((nr) => join("diagnoses", "c", nr));
  const more = [0, 1, 2].map((nr) => join("procedures", "p", nr));
  const stay = sql`least((last_seen - day)::INTEGER, CASE WHEN ${draws.chance("day case", sql`k`, 0.35)} THEN 0
    ELSE floor(4 * ${draws.skewed("nights", sql`k`)})::INTEGER END)`;
  const diagnoses = [0, 1, 2, 3].map((nr) => sql`${icd10On(sql`c${nr}.code`, sql`day`)} AS c${nr}`);
  const procedures = [0, 1, 2].map((nr) => sql`p${nr}.code AS p${nr}`);
  return sql`(SELECT id, k, day, ${stay} AS stay, ${joinSql(diagnoses, ", ")},
      ${joinSql(procedures, ", ")}
    FROM ${timeline(draws, { perYear })} AS seen ${joinSql([...joins, ...more], " ")})`;
}

/** Codes of the first episode, as these databases put them: `||I219 ,J459, E119`. */
function allCodes(draws: Draws, purpose: string, names: readonly string[]): Sql {
  const [first, second, ...rest] = names.map(word);
  if (first === undefined || second === undefined) throw new Error("two codes at least");
  const many = draws.uniform(purpose, sql`k`);
  const third = rest.map(
    (name, i) => sql` || CASE WHEN ${many} < ${0.5 - 0.2 * i} THEN ', ' || ${name} ELSE '' END`,
  );
  return sql`'||' || ${first} || CASE WHEN ${many} < 0.75 THEN ' ,' || ${second} ELSE '' END${joinSql(third, "")}`;
}

function spells(world: World): Sql {
  const draws = drawsOf(world, "APCS_ARCHIVED");
  const noLength = draws.chance("no length", sql`k`, 0.01);
  const procedure = draws.chance("procedure", sql`k`, 0.6);
  return insertInto(
    "APCS_ARCHIVED",
    {
      Patient_ID: sql`id`,
      APCS_Ident: sql`k`,
      Der_Spell_LoS: sql`CASE WHEN ${noLength} THEN NULL ELSE stay END`,
      Admission_Date: sql`day`,
      Discharge_Date: sql`day + stay`,
      Der_Diagnosis_All: allCodes(draws, "diagnoses", ["c0", "c1", "c2", "c3"]),
      Der_Procedure_All: sql`CASE WHEN ${procedure} THEN ${allCodes(draws, "procedures", ["p0", "p1", "p2"])} END`,
      Ethnic_Group: ethnicCategory(world, sql`k + 4096`),
      ...circumstances(world, draws),
    },
    rows(world),
  );
}

function circumstances(world: World, draws: Draws): Columns {
  const one = (word: string, values: readonly string[]): Sql => draws.oneOf(word, sql`k`, values);
  const wait = sql`(${draws.below("wait", sql`k`, 300)})::VARCHAR`;
  return {
    Admission_Method: one("method", pool(world, "admission-method", METHODS)),
    Source_of_Admission: one("source", pool(world, "admission-source", SOURCES)),
    Discharge_Destination: one("to", pool(world, "discharge-destination", DESTINATIONS)),
    Patient_Classification: one("class", pool(world, "patient-classification", CLASSES)),
    Der_Admit_Treatment_Function_Code: one(
      "function",
      pool(world, "admission-function", FUNCTIONS),
    ),
    Administrative_Category: one("category", pool(world, "administrative-category", CATEGORIES)),
    Duration_of_Elective_Wait: sql`CASE WHEN ${draws.chance("waited", sql`k`, 0.3)} THEN ${wait} ELSE '' END`,
  };
}

function derived(world: World): Sql {
  const draws = drawsOf(world, "APCS_Der_ARCHIVED");
  const critical = sql`CASE WHEN ${draws.chance("critical", sql`k`, 0.06)}
    THEN (1 + ${draws.below("days", sql`k`, sql`stay + 1`)})::VARCHAR ELSE '0' END`;
  return insertInto(
    "APCS_Der_ARCHIVED",
    {
      Patient_ID: sql`id`,
      APCS_Ident: sql`k`,
      Spell_Primary_Diagnosis: sql`c0`,
      Spell_Secondary_Diagnosis: sql`c1`,
      Spell_PbR_CC_Day: sql`CASE WHEN ${draws.chance("unknown", sql`k`, 0.02)} THEN NULL ELSE ${critical} END`,
    },
    rows(world),
  );
}
