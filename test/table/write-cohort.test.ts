import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";

import fc from "fast-check";

import { formatDate, fromDayNumber, isoDateOf, toDayNumber } from "../../engine/base/dates.ts";
import { floatText } from "../../engine/base/value-types.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type {
  CohortBatch,
  CohortColumn,
  CohortSchema,
  ColumnValues,
} from "../../engine/table/cohort-schema.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";

const scratch = scratchFolder();
let folders = 0;

function newPath(name = "input.csv"): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return join(folder, name);
}

const ids = (...values: number[]): ColumnValues => ({
  type: "int",
  values: Float64Array.from(values),
});

const words = (...values: string[]): ColumnValues => ({
  type: "str",
  values: values,
  codes: Uint32Array.from(values, (_, at) => at),
});

const days = (...values: (string | null)[]): ColumnValues => ({
  type: "date",
  values: Int32Array.from(values, (day) => (day === null ? NO_DATE : toDayNumber(isoDateOf(day)))),
});

function batchOf(...columns: ColumnValues[]): CohortBatch {
  const first = columns[0];
  return { rows: first?.type === "int" ? first.values.length : 0, columns };
}

const onlyIds: CohortSchema = [{ name: "patient_id", type: "int" }];

async function written(schema: CohortSchema, ...batches: CohortBatch[]): Promise<string> {
  const path = newPath();
  await writeCohort({ path, format: "csv", schema, batches });
  return readFileSync(path, "utf8");
}

describe("writing a cohort file", () => {
  it("writes each type as the specification says, empty values and all", async () => {
    const schema: CohortSchema = [
      { name: "patient_id", type: "int" },
      { name: "has, had", type: "bool" },
      { name: "age", type: "int" },
      { name: "bmi", type: "float" },
      { name: "sex", type: "str" },
      { name: "day", type: "date", dateFormat: "YYYY-MM-DD" },
      { name: "month", type: "date", dateFormat: "YYYY-MM" },
      { name: "year", type: "date", dateFormat: "YYYY" },
    ];
    const dates = ["0001-01-01", null, "2020-02-29"];
    const batch = batchOf(
      ids(1, 20, 9007199254740991),
      { type: "bool", values: Uint8Array.of(1, 0, 1) },
      { type: "int", values: Float64Array.of(0, -1, 112) },
      { type: "float", values: Float64Array.of(0, 23.5, 27.899999618530273) },
      words("F", "", 'say "x", ü'),
      days(...dates),
      days(...dates),
      days(...dates),
    );
    assert.equal(
      await written(schema, batch),
      'patient_id,"has, had",age,bmi,sex,day,month,year\n' +
        "1,1,0,0.0,F,0001-01-01,0001-01,0001\n" +
        "20,0,-1,23.5,,,,\n" +
        '9007199254740991,1,112,27.899999618530273,"say ""x"", ü",2020-02-29,2020-02,2020\n',
    );
  });

  it("writes a header for a cohort without patients", async () => {
    assert.equal(await written(onlyIds), "patient_id\n");
    assert.equal(await written(onlyIds, batchOf(ids())), "patient_id\n");
  });

  it("does not mix up days that share a place in its memory", async () => {
    const schema: CohortSchema = [
      ...onlyIds,
      { name: "d", type: "date", dateFormat: "YYYY-MM-DD" },
    ];
    const far = [0, 65_536, -65_536, 0, 131_072, -1, 65_535].map((day) => fromDayNumber(day));
    const text = await written(schema, batchOf(ids(1, 2, 3, 4, 5, 6, 7), days(...far)));
    assert.deepEqual(
      text.split("\n").slice(1, -1),
      far.map((day, at) => `${at + 1},${day}`),
    );
  });

  it("knows texts that a list gains between two batches, in csv and Stata files", async () => {
    const schema: CohortSchema = [
      { name: "patient_id", type: "int" },
      { name: "sex", type: "str" },
    ];
    function* growing(): Generator<CohortBatch> {
      const values = ["F"];
      yield { rows: 1, columns: [ids(1), { type: "str", values, codes: Uint32Array.of(0) }] };
      values.push("Male");
      yield { rows: 1, columns: [ids(2), { type: "str", values, codes: Uint32Array.of(1) }] };
    }
    for (const format of ["csv", "dta"] as const) {
      const path = newPath(`input.${format}`);
      await writeCohort({ path, format, schema, batches: growing() });
      const cells: string[] = [];
      for await (const row of readTable(path)) cells.push(row.cells.join());
      assert.deepEqual(cells.slice(1), ["1,F", "2,Male"], format);
    }
  });

  it("tells rows, bytes and checksum of what it wrote, and its progress", async () => {
    const path = newPath();
    const heard: number[] = [];
    const result = await writeCohort({
      path,
      format: "csv",
      schema: onlyIds,
      batches: [batchOf(ids(1, 2)), batchOf(ids(3))],
      onRows: (rows) => heard.push(rows),
    });
    const sha256 = createHash("sha256").update("patient_id\n1\n2\n3\n").digest("hex");
    assert.deepEqual(result, { rows: 3, bytes: 17, sha256 });
    assert.deepEqual(heard, [2, 3]);
  });

  it("gzips to the same bytes however the rows were batched, without name or time", async () => {
    const all = Float64Array.from({ length: 100_000 }, (_, i) => i * 7);
    const files = await Promise.all(
      [100_000, 777, 16_384].map(async (size) => {
        const batches: CohortBatch[] = [];
        for (let at = 0; at < all.length; at += size) {
          batches.push(batchOf({ type: "int", values: all.subarray(at, at + size) }));
        }
        const path = newPath("input.csv.gz");
        await writeCohort({ path, format: "csv.gz", schema: onlyIds, batches });
        return readFileSync(path);
      }),
    );
    const [first] = files;
    assert.ok(first !== undefined && files.every((file) => file.equals(first)));
    assert.equal(gunzipSync(first).toString(), `patient_id\n${all.join("\n")}\n`);
    assert.deepEqual([...first.subarray(0, 10)], [31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
  });

  it("writes what a plain loop over the cells would, for any cells in any batches", async () => {
    const word = fc.oneof(
      fc.string({
        unit: fc.constantFrom('"', ",", "\n", "\r", "a", "é", "😀", "\0"),
        maxLength: 6,
      }),
      fc.string({ unit: "grapheme", maxLength: 40 }),
      fc.constant("x".repeat(300_000)),
    );
    const row = fc.record({
      flag: fc.boolean(),
      count: fc.maxSafeInteger(),
      size: fc.double(),
      word,
      day: fc.option(fc.integer({ min: -719_162, max: 2_932_896 })),
    });
    const schema: CohortColumn[] = [
      ...onlyIds,
      { name: "flag", type: "bool" },
      { name: "count", type: "int" },
      { name: "size", type: "float" },
      { name: "word", type: "str" },
      { name: "day", type: "date", dateFormat: "YYYY-MM" },
    ];
    const quoted = (text: string): string =>
      /[",\r\n]/.test(text) ? `"${text.split('"').join('""')}"` : text;
    const property = fc.asyncProperty(
      fc.array(fc.array(row, { maxLength: 8 }), { maxLength: 6 }),
      async (parts) => {
        let id = 0;
        const lines = ["patient_id,flag,count,size,word,day"];
        const batches = parts.map((rows) => {
          const first = id;
          for (const { flag, count, size, word, day } of rows) {
            const month = day === null ? "" : formatDate(fromDayNumber(day), "YYYY-MM");
            lines.push(
              [++id, flag ? 1 : 0, BigInt(count), floatText(size), quoted(word), month].join(","),
            );
          }
          return batchOf(
            ids(...rows.map((_, at) => first + at + 1)),
            { type: "bool", values: Uint8Array.from(rows, ({ flag }) => (flag ? 1 : 0)) },
            { type: "int", values: Float64Array.from(rows, ({ count }) => count) },
            { type: "float", values: Float64Array.from(rows, ({ size }) => size) },
            words(...rows.map(({ word }) => word)),
            { type: "date", values: Int32Array.from(rows, ({ day }) => day ?? NO_DATE) },
          );
        });
        assert.ok((await written(schema, ...batches)) === `${lines.join("\n")}\n`);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  it("gives back the same cells when the file is read, plain or gzipped", async () => {
    const texts = [
      "",
      "NA",
      " lead",
      'q"',
      "a,b",
      "line\nbreak",
      "\r",
      "\0",
      "😀",
      "x".repeat(200_000),
    ];
    const schema: CohortSchema = [...onlyIds, { name: "g", type: "str" }];
    for (const format of ["csv", "csv.gz"] as const) {
      const path = newPath(`input.${format}`);
      const batches = [batchOf(ids(...texts.keys()), words(...texts))];
      await writeCohort({ path, format, schema, batches });
      const cells: string[] = [];
      for await (const row of readTable(path)) cells.push(row.cells[1] ?? "?");
      assert.deepEqual(cells, ["g", ...texts]);
    }
  });
});

describe("a cohort that cannot be written", () => {
  it("leaves no file when a patient comes twice, in one batch or in two", async () => {
    for (const batches of [[batchOf(ids(7, 7))], [batchOf(ids(3, 7)), batchOf(ids(7))]]) {
      const path = newPath();
      const work = () => writeCohort({ path, format: "csv", schema: onlyIds, batches });
      const problem = await problemOf(work);
      assert.match(problem, /^duplicate-patients: .*input\.csv/);
      assert.equal(problem.replace(path, "").includes("7"), false);
      assert.deepEqual(readdirSync(join(path, "..")), []);
    }
  });

  it("leaves no file, and the error as it is, when its rows break off", async () => {
    const path = newPath();
    const lost = new Error("connection lost");
    async function* batches(): AsyncGenerator<CohortBatch> {
      yield batchOf(ids(1));
      await Promise.reject(lost);
    }
    const work = writeCohort({ path, format: "csv.gz", schema: onlyIds, batches: batches() });
    await assert.rejects(work, lost);
    assert.deepEqual(readdirSync(join(path, "..")), []);
  });

  it("is a bug when rows do not ascend, or values are not of the declared type", async () => {
    const schema: CohortSchema = [...onlyIds, { name: "n", type: "int" }];
    const part: ColumnValues = { type: "int", values: Float64Array.of(1.5) };
    const flag: ColumnValues = { type: "bool", values: Uint8Array.of(1) };
    await assert.rejects(written(onlyIds, batchOf(ids(2, 1))), /ascend/);
    await assert.rejects(written(schema, batchOf(ids(1), part)), /whole/);
    await assert.rejects(written(schema, batchOf(ids(1), flag)), /types/);
    await assert.rejects(written(schema, batchOf(ids(1))), /columns/);
  });
});
