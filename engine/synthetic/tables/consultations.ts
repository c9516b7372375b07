/** Appointments, frailty scores and vaccinations in general practice. */
import { insertInto } from "../insert.ts";
import { OPEN_END } from "../period.ts";
import { drawsOf, timeOfDay, timeline } from "../world.ts";
import type { TableMaker, World } from "../world.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** Status of appointments; most are finished. */
const STATUSES = [
  ...Array<number>(28).fill(4),
  ...[0, 1, 2, 2, 3, 5, 6, 8, 9, 10, 11, 12, 14, 15, 16],
];

export const consultations: TableMaker = {
  tables: ["Appointment", "DecisionSupportValue"],
  block: (world) => [appointments(world), frailty(world)],
};

function appointments(world: World): Sql {
  const draws = drawsOf(world, "Appointment");
  const seen = sql`CASE WHEN ${draws.chance("not seen", sql`k`, 0.04)} THEN TIMESTAMP ${OPEN_END}
    ELSE ${timeOfDay(draws, sql`k`)} END`;
  return insertInto(
    "Appointment",
    {
      Appointment_ID: sql`k`,
      Patient_ID: sql`id`,
      Organisation_ID: sql`practice + 1`,
      Status: draws.oneOf("status", sql`k`, STATUSES),
      SeenDate: seen,
    },
    sql`${timeline(draws, { perYear: 1.6 })} JOIN (SELECT id, practice FROM work.stays WHERE is_last) USING (id)`,
  );
}

/** The electronic frailty index, from 0 to 1, of older people. */
function frailty(world: World): Sql {
  const draws = drawsOf(world, "DecisionSupportValue");
  return insertInto(
    "DecisionSupportValue",
    {
      Patient_ID: sql`id`,
      AlgorithmType: sql`1`,
      CalculationDateTime: timeOfDay(draws, sql`k`),
      NumericValue: sql`CASE WHEN ${draws.chance("missing", sql`k`, 0.03)} THEN 0
        ELSE round(least(0.8, 0.05 * ${draws.skewed("value", sql`id`)} + (age - 50) / 400), 3) END`,
    },
    timeline(draws, { perYear: 0.5, from: "2016-01-01", who: sql`age > 60` }),
  );
}
