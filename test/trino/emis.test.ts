import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { databaseBackend } from "../../engine/backend/database/database-backend.ts";
import { identifier, sql } from "../../engine/text/sql.ts";
import {
  hashedColumns,
  hashedCsv,
  hashedFiles,
  hashedRecords,
  hashedTables,
} from "../database/hashed-patients.ts";
import { backendOptions, textsFrom } from "../database/small-records.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { checked } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { trinoUrl } from "./ask-trino.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";
import type { TrinoPlace } from "./trino-tables.ts";

const origin = await trinoUrl();
const skip = origin === null ? "no Trino server answers" : false;

const study = checked(hashedColumns);
const environment = { EMIS_ORGANISATION_HASH: "o'hash" };
const note = (): void => undefined;
const dates = ["2020-03-01", "2020-04-01"];

async function withRecordsThere(act: (place: TrinoPlace) => Promise<void>): Promise<void> {
  await inTrinoSchema(String(origin), async (place) => {
    const patients = (hashedRecords["patient_all_orgs_v2"] ?? []).map((row, i) => ({
      ...row,
      hashed_organisation: `practice ${i}`,
    }));
    const records = { ...hashedRecords, patient_all_orgs_v2: patients };
    await writeTables(place, hashedTables, Object.keys(hashedTables), records);
    await act(place);
  });
}

describe("an EMIS database in a Trino server", { skip }, () => {
  it("gives every digit of ids that are hashes, in the order of patients", () =>
    withRecordsThere((place) =>
      inScratchFolder(async (workspace) => {
        const asking = { workspace, study, indexDates: dates, files: hashedFiles };
        for (const options of ["", "?provider=emis&patients_at_once=3"]) {
          const records = await openRecords(`${place.url}${options}`, ".", { environment, note });
          const backend = await databaseBackend(records, backendOptions(asking));
          const text = `${hashedCsv.join("\n")}\n`;
          assert.deepEqual(await textsFrom(backend, asking), [text, text], options);
        }
      }),
    ));

  it("says in every table that is kept whose rows it holds", () =>
    withRecordsThere(async (place) => {
      const records = await openRecords(place.url, ".", { environment, note });
      const asking = { workspace: ".", files: hashedFiles };
      const backend = await databaseBackend(records, backendOptions(asking));
      const held = new Map<string, readonly string[]>();
      for await (const { batches } of backend.cohorts(study, dates.map(isoDateOf))) {
        for await (const { rows } of batches) if (rows > 0) break;
        for (const name of await keptTables(place)) {
          const rows = await place.session.rows(
            sql`SELECT DISTINCT hashed_organisation AS o FROM memory.${identifier(place.schema)}.${identifier(name)} ORDER BY 1`,
          );
          const kind = name.replace(/^cohortline_[0-9a-f]+_t_/, "").replace(/_?\d+$/, "");
          held.set(
            kind,
            rows.map(({ o }) => String(o)),
          );
        }
        break;
      }
      await backend.close();
      const everyPractice = [0, 1, 2, 3, 4].map((i) => `practice ${i}`);
      assert.deepEqual(held.get("codelists"), ["o'hash"]);
      assert.deepEqual(held.get("file"), ["o'hash"]);
      assert.deepEqual(held.get("patient_base"), everyPractice);
      const ofParts = held.get("part") ?? [];
      assert.ok(ofParts.length > 0 && ofParts.every((each) => everyPractice.includes(each)));
      assert.deepEqual([...held.keys()].sort(), ["codelists", "file", "part", "patient_base"]);
    }));

  it("keeps nothing for an organisation that is not told", () =>
    withRecordsThere(async (place) => {
      const records = await openRecords(place.url, ".", { environment: {}, note });
      const asking = { workspace: ".", study, indexDates: dates, files: hashedFiles };
      const backend = await databaseBackend(records, backendOptions(asking));
      const [told] = await problemsOf(() => textsFrom(backend, asking));
      assert.equal(told?.code, "organisation-unknown");
      assert.match(told.message, /"EMIS_ORGANISATION_HASH"/);
      assert.deepEqual(await keptTables(place), []);
    }));

  it("is not taken for one of TPP, and says what was found", () =>
    withRecordsThere(async (place) => {
      const [told] = await problemsOf(() => openRecords(`${place.url}?provider=tpp`, "."));
      assert.equal(told?.code, "database-provider");
      assert.match(told.message, /no table of "tpp", but tables of "emis"/);
    }));
});

async function keptTables({ session, schema }: TrinoPlace): Promise<readonly string[]> {
  const rows = await session.rows(
    sql`SELECT table_name AS n FROM memory.information_schema.tables WHERE table_schema = ${schema} AND table_name LIKE '%!_t!_%' ESCAPE '!'`,
  );
  return rows.map(({ n }) => String(n));
}
