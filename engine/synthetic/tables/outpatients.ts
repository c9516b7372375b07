/** Outpatient appointments and what was done at some. */
import { mixedCodes, slotTable } from "../code-slots.ts";
import { ethnicCategory } from "../ethnicity.ts";
import { insertInto } from "../insert.ts";
import { pool } from "../pools.ts";
import { opcs4Codes } from "../vocabulary/opcs4.ts";
import { drawsOf, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

const FUNCTIONS = [
  "100",
  "101",
  "110",
  "110",
  "120",
  "130",
  "130",
  "160",
  "300",
  "301",
  "320",
  "320",
  "330",
  "340",
  "370",
  "410",
  "430",
  "501",
  "502",
  "650",
];

/** 5 and 6: came. */
const ATTENDANCES = ["5", "5", "5", "5", "5", "5", "6", "7", "2", "3", "4"];

/** 1 and 3: for the first time. */
const FIRST_ATTENDANCES = ["1", "1", "2", "2", "2", "2", "3", "4", "5"];

const MEDIA = ["01", "01", "01", "01", "02", "03", "04", "98"];

export const outpatients: TableMaker = {
  tables: ["OPA_ARCHIVED", "OPA_Proc_ARCHIVED"],
  start: ({ codes: { groups } }) =>
    slotTable(
      "outpatient_procedures",
      mixedCodes(opcs4Codes, groups["outpatient-procedure"] ?? []),
    ),
  block: (world) => [appointments(world), procedures(world)],
};

function rows(world: World): Sql {
  const wanted = world.codes.groups["outpatient-procedure"] ?? [];
  return timeline(drawsOf(world, "OPA_ARCHIVED"), { perYear: 0.8 + 0.2 * wanted.length });
}

function appointments(world: World): Sql {
  const draws = drawsOf(world, "OPA_ARCHIVED");
  return insertInto(
    "OPA_ARCHIVED",
    {
      Patient_ID: sql`id`,
      OPA_Ident: sql`k`,
      Appointment_Date: sql`day`,
      Attendance_Status: draws.oneOf("attended", sql`k`, ATTENDANCES),
      Ethnic_Category: ethnicCategory(world, sql`k + 2048`),
      First_Attendance: draws.oneOf("first", sql`k`, FIRST_ATTENDANCES),
      Treatment_Function_Code: draws.oneOf(
        "function",
        sql`k`,
        pool(world, "outpatient-function", FUNCTIONS),
      ),
      Consultation_Medium_Used: draws.oneOf("medium", sql`k`, MEDIA),
    },
    rows(world),
  );
}

/** At most one a visit, of its own kind; the field may hold a dagger of further text. */
function procedures(world: World): Sql {
  const draws = drawsOf(world, "OPA_Proc_ARCHIVED");
  return insertInto(
    "OPA_Proc_ARCHIVED",
    { Patient_ID: sql`id`, OPA_Ident: sql`k`, Primary_Procedure_Code: sql`code` },
    sql`(SELECT id, k, (${draws.bits("code", sql`k`)} >> 48)::INTEGER AS drawn FROM ${rows(world)}) AS visit
      JOIN work.outpatient_procedures AS slots ON slots.slot = visit.drawn
      WHERE ${draws.chance("done", sql`k`, 0.45)}`,
  );
}
