/** Attendances at accident and emergency, one row of diagnoses each. */
import { mixedCodes, slotTable } from "../code-slots.ts";
import { ethnicCategory } from "../ethnicity.ts";
import { insertInto } from "../insert.ts";
import { pool } from "../pools.ts";
import { snomedCodes } from "../vocabulary/snomed.ts";
import { drawsOf, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** Home, admitted, transferred, died, and so on, as SNOMED CT concepts. */
const DESTINATIONS = [
  ...["306689006", "306689006", "306689006", "306689006", "306706006", "306706006"],
  ...["1066331000000109", "1066341000000100", "19712007", "306705005"],
];

const PLACES = Array.from(
  { length: 24 },
  (_, i) => `EC_Diagnosis_${String(i + 1).padStart(2, "0")}`,
);

/** Measurements are no diagnoses. */
const diagnoses = snomedCodes.filter(({ values }) => values === null);

export const emergencyCare: TableMaker = {
  tables: ["EC_ARCHIVED", "EC_Diagnosis_ARCHIVED"],
  start: ({ codes: { groups } }) =>
    slotTable("emergencies", mixedCodes(diagnoses, groups["emergency-diagnosis"] ?? [])),
  block: (world) => [attendances(world), told(world)],
};

function rows(world: World): Sql {
  const wanted = world.codes.groups["emergency-diagnosis"] ?? [];
  return timeline(drawsOf(world, "EC_ARCHIVED"), { perYear: 0.4 + 0.1 * wanted.length });
}

function attendances(world: World): Sql {
  const draws = drawsOf(world, "EC_ARCHIVED");
  return insertInto(
    "EC_ARCHIVED",
    {
      Patient_ID: sql`id`,
      EC_Ident: sql`k`,
      Arrival_Date: sql`day`,
      Discharge_Destination_SNOMED_CT: draws.oneOf(
        "to",
        sql`k`,
        pool(world, "emergency-destination", DESTINATIONS),
      ),
      Ethnic_Category: ethnicCategory(world, sql`k`),
    },
    rows(world),
  );
}

/** One to four diagnoses; two of a hundred attendances have no row. */
function told(world: World): Sql {
  const draws = drawsOf(world, "EC_Diagnosis_ARCHIVED");
  const drawn = [0, 1, 2, 3].map(
    (nr) => sql`(${draws.bits("code", sql`k * 4 + ${nr}`)} >> 48)::INTEGER`,
  );
  const many = draws.uniform("many", sql`k`);
  const codes = PLACES.map((column, nr) => {
    const code =
      nr < 4 ? sql`CASE WHEN ${many} >= ${1 - 0.5 ** nr} THEN e${nr}.code END` : sql`NULL`;
    return [column, code] as const;
  });
  const joins = drawn.map(
    (slot, nr) => sql`JOIN work.emergencies AS e${nr} ON e${nr}.slot = ${slot}`,
  );
  return insertInto(
    "EC_Diagnosis_ARCHIVED",
    { Patient_ID: sql`id`, EC_Ident: sql`k`, ...Object.fromEntries(codes) },
    sql`(SELECT id, k FROM ${rows(world)}) AS seen ${joinSql(joins, " ")} WHERE NOT ${draws.chance("none", sql`k`, 0.02)}`,
  );
}
