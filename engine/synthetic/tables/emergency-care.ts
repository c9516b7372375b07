/** Attendances at accident and emergency, one row of diagnoses each. */
import { mixedCodes, slotTable } from "../code-slots.ts";
import { ethnicCategory } from "../ethnicity.ts";
import { insertInto } from "../insert.ts";
import { pool } from "../pools.ts";
import { snomedCodes } from "../vocabulary/snomed.ts";
import { drawsOf, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";

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

function rows(world: World): string {
  const wanted = world.codes.groups["emergency-diagnosis"] ?? [];
  return timeline(drawsOf(world, "EC_ARCHIVED"), { perYear: 0.4 + 0.1 * wanted.length });
}

function attendances(world: World): string {
  const draws = drawsOf(world, "EC_ARCHIVED");
  return insertInto(
    "EC_ARCHIVED",
    {
      Patient_ID: "id",
      EC_Ident: "k",
      Arrival_Date: "day",
      Discharge_Destination_SNOMED_CT: draws.oneOf(
        "to",
        "k",
        pool(world, "emergency-destination", DESTINATIONS),
      ),
      Ethnic_Category: ethnicCategory(world, "k"),
    },
    rows(world),
  );
}

/** One to four diagnoses; two of a hundred attendances have no row. */
function told(world: World): string {
  const draws = drawsOf(world, "EC_Diagnosis_ARCHIVED");
  const drawn = [0, 1, 2, 3].map((nr) => `(${draws.bits("code", `k * 4 + ${nr}`)} >> 48)::INTEGER`);
  const many = draws.uniform("many", "k");
  const codes = PLACES.map((column, nr) => {
    const code = nr < 4 ? `CASE WHEN ${many} >= ${1 - 0.5 ** nr} THEN e${nr}.code END` : "NULL";
    return [column, code] as const;
  });
  const joins = drawn.map((slot, nr) => `JOIN work.emergencies AS e${nr} ON e${nr}.slot = ${slot}`);
  return insertInto(
    "EC_Diagnosis_ARCHIVED",
    { Patient_ID: "id", EC_Ident: "k", ...Object.fromEntries(codes) },
    `(SELECT id, k FROM ${rows(world)}) AS seen ${joins.join(" ")} WHERE NOT ${draws.chance("none", "k", 0.02)}`,
  );
}
