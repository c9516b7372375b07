import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { tableNames } from "../../engine/synthetic/insert.ts";
import { numberOf, withRecords } from "./made-database.ts";
import type { Asked } from "./made-database.ts";
import { identifier, sql } from "../../engine/text/sql.ts";

/** What is in each table, and in which order. */
function contents(asked: Asked): Promise<Readonly<Record<string, string>>> {
  return withRecords(asked, async (db) => {
    const found: Record<string, string> = {};
    for (const table of tableNames) {
      const [row] = await db.rows(
        sql`SELECT count(*) AS rows, sum(hash(t)::HUGEINT * (rowid + 1))::VARCHAR AS sum FROM ${identifier(table)} AS t`,
      );
      found[table] = `${String(row?.["rows"])} ${String(row?.["sum"])}`;
    }
    return found;
  });
}

// So many events that they are made in three shares of patients, by as many threads.
const asked = { patients: 4200, eventsPerPatient: 60 };

/** Of the seed that is taken if none is given, by one thread; made once. */
let made: ReturnType<typeof contents> | null = null;
const alone = (): ReturnType<typeof contents> => (made ??= contents({ ...asked, threads: 1 }));

describe("a made-up database", () => {
  it("holds the same rows in the same order, whether 1, 2 or 8 threads made it", async () => {
    for (const threads of [2, 8]) {
      assert.deepEqual(await contents({ ...asked, threads }), await alone(), `${threads} threads`);
    }
  });

  it("tells while it is made how many patients are done, and all of them in the end", async () => {
    const told: number[] = [];
    await withRecords({ patients: 300, onPatients: (patients) => told.push(patients) }, () =>
      Promise.resolve(),
    );
    assert.ok(told.length > 5, `told ${told.length} times`);
    assert.equal(
      told.reduce((sum, patients) => sum + patients, 0),
      300,
    );
  });

  it("holds other patients for another seed", async () => {
    const one = await contents({ patients: 2000, eventsPerPatient: 5 });
    const another = await contents({ patients: 2000, eventsPerPatient: 5, seed: "another" });
    const same = tableNames.filter((table) => one[table] === another[table]);
    // What is no matter of chance.
    assert.deepEqual(same.sort(), [
      "BuildProgress",
      "ClusterRandomisedTrial",
      "ClusterRandomisedTrialReference",
      "MedicationDictionary",
      "VaccinationReference",
      "VmpMapping",
    ]);
  });

  it("keeps a patient when more are asked for", async () => {
    const hash = (patients: number): Promise<number> =>
      withRecords({ patients, eventsPerPatient: 10 }, (db) =>
        numberOf(
          db,
          `SELECT (SELECT sum(hash(t)::HUGEINT % 1000000007) FROM "CodedEvent_SNOMED" AS t WHERE "Patient_ID" <= 200)
            + (SELECT sum(hash(t)::HUGEINT % 1000000007) FROM "RegistrationHistory" AS t WHERE "Patient_ID" <= 200)`,
        ),
      );
    assert.equal(await hash(300), await hash(200));
  });
});
