/** The patients themselves, who may be looked at, and lists of them. */
import { insertInto } from "../insert.ts";
import { OPEN_END } from "../period.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker } from "../world.ts";
import { sql } from "../../text/sql.ts";

export const patients: TableMaker = {
  tables: [
    "Patient",
    "AllowedPatientsWithTypeOneDissent",
    "PatientsWithTypeOneDissent",
    "HealthCareWorker",
  ],
  block: (world) => {
    const dissent = drawsOf(world, "PatientsWithTypeOneDissent").chance("dissents", sql`id`, 0.03);
    const health = drawsOf(world, "HealthCareWorker");
    return [
      insertInto(
        "Patient",
        {
          Patient_ID: sql`id`,
          DateOfBirth: sql`born`,
          DateOfDeath: sql`coalesce(died, DATE ${OPEN_END})`,
          Sex: sql`sex`,
        },
        sql`work.people`,
      ),
      // Despite its name it lists those who did not opt out.
      insertInto(
        "AllowedPatientsWithTypeOneDissent",
        { Patient_ID: sql`id` },
        sql`work.people WHERE NOT ${dissent}`,
      ),
      insertInto(
        "PatientsWithTypeOneDissent",
        { Patient_ID: sql`id` },
        sql`work.people WHERE ${dissent}`,
      ),
      insertInto(
        "HealthCareWorker",
        {
          Patient_ID: sql`id`,
          HealthCareWorker: health.oneOf("answer", sql`id`, ["Y", "Y", "Y", "N"]),
        },
        sql`work.people WHERE age BETWEEN 18 AND 70 AND ${health.chance("works", sql`id`, 0.06)}`,
      ),
    ];
  },
};
