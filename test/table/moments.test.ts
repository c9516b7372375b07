import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import * as arrow from "apache-arrow";

import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { readCohort, readTable } from "../../engine/table/read-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const scratch = scratchFolder();
let files = 0;

type Moments = readonly (string | null)[];

const units = [
  [arrow.TimeUnit.SECOND, 1n],
  [arrow.TimeUnit.MILLISECOND, 1000n],
  [arrow.TimeUnit.MICROSECOND, 1_000_000n],
  [arrow.TimeUnit.NANOSECOND, 1_000_000_000n],
] as const;

function tableOf(moments: Moments, zone: string, [unit, perSecond]: (typeof units)[number]) {
  const data = BigInt64Array.from(
    moments,
    (text) => (BigInt(Date.parse(text ?? "1970")) / 1000n) * perSecond,
  );
  const bits = moments.reduce((all, text, at) => all | (text === null ? 0 : 1 << at), 0);
  const type = new arrow.Timestamp(unit, zone);
  const nulls = {
    nullCount: moments.filter((text) => text === null).length,
    nullBitmap: Uint8Array.of(bits),
  };
  const seen = arrow.makeVector(arrow.makeData({ type, data, length: moments.length, ...nulls }));
  return new arrow.Table({ seen });
}

function feather(moments: Moments, zone: string, unit: (typeof units)[number] = units[1]): string {
  const path = join(scratch, `${files++}.feather`);
  writeFileSync(path, arrow.tableToIPC(tableOf(moments, zone, unit), "file"));
  return path;
}

/** Moments in parquet; the zone stands in a copy of Arrow's schema, as pyarrow, R and Polars keep it. */
async function parquet(moments: Moments, zone: string | null, options = ""): Promise<string> {
  const path = join(scratch, `${files++}.parquet`);
  const rows = moments.map((text, at) => `(${at}, ${momentSql(text)})`);
  const schema = zone === null ? "" : `, KV_METADATA {'ARROW:schema': '${schemaOf(zone)}'}`;
  const db = await openDuckDb();
  const select = `SELECT seen FROM (VALUES ${rows.join(", ")}) t(place, seen) ORDER BY place`;
  await db.run(
    sql`COPY (${trustedSql(select)}) TO ${path} (FORMAT parquet${trustedSql(options + schema)})`,
  );
  db.close();
  return path;
}

function momentSql(text: string | null): string {
  return text === null ? "NULL" : `to_timestamp(${Date.parse(text)} / 1000)`;
}

function schemaOf(zone: string): string {
  const stream = arrow.tableToIPC(tableOf([null], zone, units[2]), "stream");
  const length = new DataView(stream.buffer, stream.byteOffset).getInt32(4, true);
  return Buffer.from(stream.subarray(0, 8 + length)).toString("base64");
}

async function daysIn(path: string): Promise<readonly string[]> {
  const cells: string[] = [];
  for await (const {
    cells: [cell = "?"],
  } of readTable(path))
    cells.push(cell);
  const labels = await rowsOf(await readCohort(path, { numbers: [], texts: ["seen"] }));
  assert.deepEqual(labels.flat(), cells.slice(1));
  return cells.slice(1);
}

const days = ["2020-01-01", "2020-07-01", "", "1985-03-31"];

/** The same days at midnight of these zones. */
const midnights: readonly (readonly [zone: string, moments: Moments])[] = [
  ["UTC", ["2020-01-01T00:00Z", "2020-07-01T00:00Z", null, "1985-03-31T00:00Z"]],
  ["Europe/London", ["2020-01-01T00:00Z", "2020-06-30T23:00Z", null, "1985-03-31T00:00Z"]],
  ["Europe/London", ["2020-01-01T00:00Z", "2020-07-01T00:00Z", null, "1985-03-31T00:00Z"]],
  ["Pacific/Auckland", ["2019-12-31T11:00Z", "2020-06-30T12:00Z", null, "1985-03-30T12:00Z"]],
  ["America/New_York", ["2020-01-01T05:00Z", "2020-07-01T04:00Z", null, "1985-03-31T05:00Z"]],
  ["+05:30", ["2019-12-31T18:30Z", "2020-06-30T18:30Z", null, "1985-03-30T18:30Z"]],
];

describe("moments of time at midnight", () => {
  for (const [zone, moments] of midnights) {
    it(`are days, in ${zone}: ${String(moments[1])}`, async () => {
      for (const unit of units) assert.deepEqual(await daysIn(feather(moments, zone, unit)), days);
      assert.deepEqual(await daysIn(await parquet(moments, zone)), days);
      assert.deepEqual(await daysIn(await parquet(moments, zone, ", COMPRESSION brotli")), days);
    });
  }

  it("are days in parquet that says no zone, at midnight of UTC", async () => {
    const [[, moments] = ["", []]] = midnights;
    assert.deepEqual(await daysIn(await parquet(moments, null)), days);
  });

  it("are the day that begins at one o'clock, where clocks were put on at midnight", async () => {
    const path = feather(["2018-11-04T03:00Z", "2018-11-05T02:00Z"], "America/Sao_Paulo");
    assert.deepEqual(await daysIn(path), ["2018-11-04", "2018-11-05"]);
  });
});

describe("a moment at another time", () => {
  const wrong: readonly (readonly [what: string, zone: string, moments: Moments])[] = [
    ["noon", "UTC", ["2020-01-01T00:00Z", "2020-07-01T12:00Z"]],
    ["a part of a second", "UTC", ["2020-01-01T00:00Z", "2020-07-01T00:00:00.001Z"]],
    ["midnight of another zone", "UTC", ["2020-01-01T00:00Z", "2020-06-30T23:00Z"]],
    ["of UTC, behind one of the zone", "Europe/London", ["2020-06-30T23:00Z", "2020-07-01T00:00Z"]],
    ["of the zone, behind one of UTC", "Europe/London", ["2020-07-01T00:00Z", "2020-06-30T23:00Z"]],
    [
      "one o'clock of a day like others",
      "Europe/London",
      ["2020-06-30T23:00Z", "2020-07-02T00:00Z"],
    ],
  ];
  for (const [what, zone, moments] of wrong) {
    it(`is a problem that names file, column and row: ${what}`, async () => {
      const finest = feather(moments, zone, what.includes("second") ? units[1] : units[3]);
      const paths = what.includes("second") ? [] : [finest];
      paths.push(
        await parquet(moments, zone),
        await parquet(moments, zone, ", COMPRESSION brotli"),
      );
      for (const path of paths) {
        const problem = await problemOf(() => daysIn(path));
        assert.match(problem, /^file-time-of-day: Column "seen" of ".*" holds .* in row 3\./);
        assert.equal(problem.includes("2020"), false);
      }
    });
  }

  it("is a problem where nobody knows the zone", async () => {
    const problem = /^unsupported-column-type: Column "seen" .* time zone that is not known/;
    const moments = ["2020-01-01T00:00Z"];
    assert.match(await problemOf(() => daysIn(feather(moments, "Mars/Base"))), problem);
    const path = await parquet(moments, "Mars/Base");
    assert.match(await problemOf(() => daysIn(path)), problem);
  });
});
