import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import { createTable, insertInto, tableNames } from "../../engine/synthetic/insert.ts";
import { tableMakers } from "../../engine/synthetic/table-makers.ts";
import type { PhysicalTables } from "../../engine/schema/physical-table.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { makeRecords, numberOf } from "./made-database.ts";
import { identifier, sql } from "../../engine/text/sql.ts";

/** DuckDB's types by the kind that the schema asks for. */
const typesOf: Readonly<Record<string, readonly string[]>> = {
  int: ["INTEGER", "BIGINT"],
  real: ["FLOAT"],
  bit: ["BOOLEAN"],
  text: ["VARCHAR"],
  date: ["DATE"],
  datetime: ["TIMESTAMP"],
};

describe("the tables of a made-up database", () => {
  let db: DuckDb;
  let remove: () => void;

  before(async () => {
    ({ db, remove } = await makeRecords({}));
  });
  after(() => {
    remove();
  });

  it("have each exactly one maker", () => {
    const made = tableMakers.flatMap(({ tables }) => tables);
    assert.deepEqual([...made].sort(), [...tableNames].sort());
  });

  it("have the columns of the schema, each of its kind", async () => {
    for (const [table, columns] of Object.entries(tppTables as PhysicalTables)) {
      const found = await db.rows(sql`DESCRIBE ${identifier(table)}`);
      assert.deepEqual(
        found.map((row) => row["column_name"]),
        Object.keys(columns),
      );
      for (const { column_name: name, column_type: type } of found) {
        const allowed = typesOf[columns[String(name)] ?? ""] ?? [];
        assert.ok(allowed.includes(String(type)), `${table}.${String(name)} is ${String(type)}`);
      }
    }
  });

  it("have rows, even with 500 patients", async () => {
    for (const table of tableNames) {
      // Somebody must have died of COVID-19 in hospital, which 500 people are too few to promise.
      if (table === "CPNS") continue;
      assert.ok((await numberOf(db, sql`SELECT count(*) FROM ${identifier(table)}`)) > 0, table);
    }
  });

  it("are in the order of patients, so that a range of them is read without the others", async () => {
    for (const table of [
      "CodedEvent_SNOMED",
      "CodedEvent",
      "MedicationIssue",
      "Appointment",
      "OPA_ARCHIVED",
    ]) {
      const back = await numberOf(
        db,
        sql`SELECT count(*) FROM (SELECT "Patient_ID" AS id, lag("Patient_ID") OVER (ORDER BY rowid) AS before
          FROM ${identifier(table)}) WHERE before > id`,
      );
      assert.equal(back, 0, table);
    }
  });

  it("hold about as many events and prescriptions as asked for", async () => {
    const perPatient = (table: string): Promise<number> =>
      numberOf(db, sql`SELECT count(*) / 500 FROM ${identifier(table)}`);
    const within = (value: number, low: number, high: number): void => {
      assert.ok(value >= low && value <= high, String(value));
    };
    within(await perPatient("CodedEvent_SNOMED"), 75, 125);
    within(await perPatient("MedicationIssue"), 22, 38);
    within(await perPatient("CodedEvent"), 11, 19);
  });

  it("hold more about old people than about children", async () => {
    const events = (age: string): Promise<number> =>
      numberOf(
        db,
        `SELECT count(*) / count(DISTINCT p."Patient_ID") FROM "Patient" p JOIN "CodedEvent_SNOMED" USING ("Patient_ID")
          WHERE date_diff('year', "DateOfBirth", DATE '2020-01-01') ${age}`,
      );
    assert.ok((await events("> 65")) > 1.5 * (await events("BETWEEN 5 AND 17")));
  });

  it("hold measurements that repeat and stay near each other", async () => {
    const spread = sql`SELECT "Patient_ID", count(*) AS many, stddev("NumericValue") AS own
      FROM "CodedEvent" WHERE "CTV3Code" = '22K..' AND "NumericValue" > 0 GROUP BY ALL`;
    assert.ok((await numberOf(db, sql`SELECT count(*) FROM (${spread}) WHERE many > 1`)) > 50);
    const own = await numberOf(db, sql`SELECT avg(own) FROM (${spread})`);
    const all = await numberOf(
      db,
      `SELECT stddev("NumericValue") FROM "CodedEvent" WHERE "CTV3Code" = '22K..' AND "NumericValue" > 0`,
    );
    assert.ok(own < all / 2, `${own} of ${all}`);
  });
});

describe("a maker of a table", () => {
  it("cannot forget a column, nor name one that does not exist", () => {
    assert.throws(() => insertInto("Patient", { Patient_ID: sql`id`, Sexx: sql`1` }, sql`x`), {
      message: "Patient: no Sexx; forgot DateOfBirth DateOfDeath Sex",
    });
  });

  it("gives ids of rows room for more than 32 bits", () => {
    assert.match(createTable("EC_ARCHIVED").toString(), /"EC_Ident" BIGINT/);
    assert.match(createTable("Appointment").toString(), /"Status" INTEGER/);
  });
});
