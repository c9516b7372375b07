/** The patients themselves, who may be looked at, and lists of them. */
import { insertInto } from "../insert.ts";
import { OPEN_END } from "../period.ts";
import { drawsOf } from "../world.ts";
import type { TableMaker } from "../world.ts";

export const patients: TableMaker = {
  tables: [
    "Patient",
    "AllowedPatientsWithTypeOneDissent",
    "PatientsWithTypeOneDissent",
    "HealthCareWorker",
  ],
  block: (world) => {
    const dissent = drawsOf(world, "PatientsWithTypeOneDissent").chance("dissents", "id", 0.03);
    const health = drawsOf(world, "HealthCareWorker");
    return [
      insertInto(
        "Patient",
        {
          Patient_ID: "id",
          DateOfBirth: "born",
          DateOfDeath: `coalesce(died, DATE '${OPEN_END}')`,
          Sex: "sex",
        },
        "work.people",
      ),
      // Despite its name it lists those who did not opt out.
      insertInto(
        "AllowedPatientsWithTypeOneDissent",
        { Patient_ID: "id" },
        `work.people WHERE NOT ${dissent}`,
      ),
      insertInto(
        "PatientsWithTypeOneDissent",
        { Patient_ID: "id" },
        `work.people WHERE ${dissent}`,
      ),
      insertInto(
        "HealthCareWorker",
        { Patient_ID: "id", HealthCareWorker: health.oneOf("answer", "id", ["Y", "Y", "Y", "N"]) },
        `work.people WHERE age BETWEEN 18 AND 70 AND ${health.chance("works", "id", 0.06)}`,
      ),
    ];
  },
};
