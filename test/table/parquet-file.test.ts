import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { SmallRow } from "../../engine/duckdb/duckdb.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";
import { readCohort } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { patients } from "./some-patients.ts";
import { trustedSql } from "../../engine/text/sql.ts";

const scratch = scratchFolder();
let folders = 0;

function newPath(name = "input.parquet"): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return join(folder, name);
}

const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill", type: "bool" },
  { name: 'b"mi', type: "float" },
  { name: "sex", type: "str" },
  { name: "seen", type: "date", dateFormat: "YYYY" },
];

async function written(path: string, ...batches: CohortBatch[]): Promise<Buffer> {
  await writeCohort({ path, format: "parquet", schema, batches });
  return readFileSync(path);
}

/** What DuckDB itself says about the file. */
async function asked(query: string): Promise<readonly SmallRow[]> {
  const db = await openDuckDb();
  const rows = await db.rows(trustedSql(query));
  db.close();
  return rows;
}

describe("a parquet file written here", () => {
  it("has the types of the specification, exact values, and zstd", async () => {
    const path = newPath();
    await written(path, patients(1, 5));
    const rows = await asked(`SELECT * REPLACE (seen::DATE::VARCHAR AS seen) FROM '${path}'`);
    assert.deepEqual(
      rows.map((row) => Object.values(row)),
      [
        [1n, false, 0.125, "F", "1970-01-01"],
        [2n, false, 0.25, "M", "1970-01-01"],
        [3n, true, 0.375, "I", "1970-01-01"],
        [4n, false, 0.5, null, "1970-01-01"],
        [5n, false, 0.625, "F", null],
      ],
    );
    const types = await asked(
      `SELECT name, type, converted_type FROM parquet_schema('${path}') WHERE num_children IS NULL`,
    );
    assert.deepEqual(
      types.map((row) => Object.values(row).join(" ")),
      [
        "patient_id INT64 INT_64",
        "ill BOOLEAN ",
        'b"mi DOUBLE ',
        "sex BYTE_ARRAY UTF8",
        "seen INT64 TIMESTAMP_MILLIS",
      ],
    );
    const packed = await asked(`SELECT DISTINCT compression FROM parquet_metadata('${path}')`);
    assert.deepEqual(packed, [{ compression: "ZSTD" }]);
  });

  it("has the same bytes however its rows were batched, and keeps their order", async () => {
    const whole = await written(newPath(), patients(1, 150_000));
    const path = newPath();
    const parts = [
      patients(1, 9),
      patients(10, 9),
      patients(10, 99_999),
      patients(100_000, 150_000),
    ];
    assert.ok((await written(path, ...parts)).equals(whole));
    const reading = await readCohort(path, { numbers: ["patient_id"], texts: [] });
    let id = 0;
    for (const [first] of await rowsOf(reading)) assert.equal(first, ++id);
    assert.equal(id, 150_000);
  });

  it("is read in a folder whose name means something to DuckDB", async () => {
    const folder = join(scratch, "year=2020 [a] o'brien *");
    mkdirSync(folder);
    const path = join(folder, "input.parquet");
    await written(path, patients(1, 2));
    const wanted = { numbers: ['b"mi', "ill"], texts: ["sex", "seen"] };
    assert.deepEqual(await rowsOf(await readCohort(path, wanted)), [
      [0.125, 0, "F", "1970"],
      [0.25, 0, "M", "1970"],
    ]);
  });

  it("can be read twice at a time", async () => {
    const path = newPath();
    await written(path, patients(1, 5000));
    const wanted = { numbers: ["patient_id"], texts: ["sex"] };
    const [one, two] = [await readCohort(path, wanted), await readCohort(path, wanted)];
    const [first, second] = await Promise.all([rowsOf(one), rowsOf(two)]);
    assert.equal(first.length, 5000);
    assert.deepEqual(first, second);
  });

  it("leaves nothing beside it, whether it is complete or its rows break off", async () => {
    const path = newPath();
    await written(path, patients(1, 2));
    assert.deepEqual(readdirSync(join(path, "..")), ["input.parquet"]);
    const broken = newPath();
    const lost = new Error("connection lost");
    async function* batches(): AsyncGenerator<CohortBatch> {
      yield patients(1, 2);
      await Promise.reject(lost);
    }
    const cohort = { path: broken, format: "parquet", schema, batches: batches() } as const;
    await assert.rejects(writeCohort(cohort), lost);
    assert.deepEqual(readdirSync(join(broken, "..")), []);
  });

  it("is a bug when a batch is not of its schema", async () => {
    const batch = patients(1, 1);
    const [id, ill] = batch.columns;
    assert.ok(id !== undefined && ill !== undefined);
    const wrong = { rows: 1, columns: [id, id, ...batch.columns.slice(2)] };
    await assert.rejects(written(newPath(), wrong), /bool was declared/);
    await assert.rejects(written(newPath(), { rows: 1, columns: [id, ill] }), /columns/);
  });
});
