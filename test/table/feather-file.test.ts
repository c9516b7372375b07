import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import * as arrow from "apache-arrow";

import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";
import { readCohort, readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import { pandasCells, pandasFile } from "./pandas-feather.ts";
import { opened } from "./opened-feather.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { patients } from "./some-patients.ts";

const scratch = scratchFolder();
let files = 0;

const newPath = () => join(scratch, `input_${files++}.feather`);

const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill", type: "bool" },
  { name: "bmi", type: "float" },
  { name: "sex", type: "str" },
  { name: "seen", type: "date", dateFormat: "YYYY-MM" },
];

async function written(...batches: CohortBatch[]): Promise<Buffer> {
  const path = newPath();
  await writeCohort({ path, format: "feather", schema, batches });
  return readFileSync(path);
}

function times<T extends arrow.Timestamp>(type: T, ...values: (bigint | null)[]) {
  const bits = values.map((value, at) => (value === null ? 0 : 1 << at));
  const nullBitmap = Uint8Array.of(bits.reduce((sum, bit) => sum + bit, 0));
  const data = BigInt64Array.from(values, (value) => value ?? 0n);
  const length = values.length;
  return arrow.makeVector(arrow.makeData({ type, data, length, nullCount: 1, nullBitmap }));
}

async function cellsOf(bytes: Uint8Array): Promise<(readonly string[])[]> {
  const path = newPath();
  writeFileSync(path, bytes);
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readTable(path)) rows.push(cells);
  return rows;
}

describe("a feather file written here", () => {
  it("opens in Apache's reader with the types of the specification and exact values", async () => {
    const table = await opened(await written(patients(1, 5)));
    assert.deepEqual(
      table.schema.fields.map(({ name, type }) => `${name} ${type}`),
      [
        "patient_id Int64",
        "ill Bool",
        "bmi Float64",
        "sex Dictionary<Int32, Utf8>",
        "seen Timestamp<MILLISECOND>",
      ],
    );
    const names = table.schema.fields.map(({ name }) => name);
    const rows = Array.from({ length: table.numRows }, (_, row) =>
      names.map((name): unknown => table.getChild(name)?.get(row)),
    );
    // Months are kept of what was seen from 2 to 5 January 1970.
    assert.deepEqual(rows, [
      [1n, false, 0.125, "F", 0],
      [2n, false, 0.25, "M", 0],
      [3n, true, 0.375, "I", 0],
      [4n, false, 0.5, null, 0],
      [5n, false, 0.625, "F", null],
    ]);
  });

  it("has batches of bounded size, and the same bytes however its rows were batched", async () => {
    const whole = await written(patients(1, 150_000));
    const table = await opened(whole);
    assert.deepEqual(
      table.batches.map(({ numRows }) => numRows),
      [65_536, 65_536, 18_928],
    );
    const parts = await written(patients(1, 9), patients(10, 9), patients(10, 149_999));
    const [last] = [patients(150_000, 150_000)];
    assert.equal(parts.equals(whole), false);
    const same = await written(patients(1, 9), patients(10, 9), patients(10, 149_999), last);
    assert.ok(same.equals(whole));
  });

  it("lists only the words that rows have, in order of first appearance", async () => {
    const table = await opened(await written(patients(2, 4), patients(5, 5)));
    const sex = table.getChild("sex")?.data[0]?.dictionary;
    assert.deepEqual(sex?.toArray(), ["M", "I", "F"]);
  });

  it("is complete without rows and without texts", async () => {
    const table = await opened(await written());
    assert.equal(table.numRows, 0);
    assert.deepEqual(await cellsOf(await written()), [schema.map(({ name }) => name)]);
    const nobodyHasOne = { ...patients(4, 4) };
    assert.deepEqual((await cellsOf(await written(nobodyHasOne)))[1], [
      "4",
      "0",
      "0.5",
      "",
      "1970-01",
    ]);
  });

  it("keeps whole numbers exact up to 2^53, and is a problem beyond", async () => {
    const onlyIds = schema.slice(0, 1);
    const write = async (...ids: number[]) => {
      const path = newPath();
      const columns = [{ type: "int", values: Float64Array.from(ids) }] as const;
      const batches = [{ rows: ids.length, columns }];
      await writeCohort({ path, format: "feather", schema: onlyIds, batches });
      return readFileSync(path);
    };
    const ids = [-(2 ** 53) + 1, -(2 ** 32) - 1, -1, 0, 1, 2 ** 31, 2 ** 32 + 5, 2 ** 53 - 1];
    const table = await opened(await write(...ids));
    assert.deepEqual([...(table.getChildAt(0) ?? [])], ids.map(BigInt));
    await assert.rejects(write(2 ** 53), /whole number beyond/);
  });
});

describe("a feather file of another writer", () => {
  it("is read as pandas wrote it: lz4, categories, missing values", async () => {
    assert.deepEqual(await cellsOf(pandasFile), pandasCells);
    const path = newPath();
    writeFileSync(path, pandasFile);
    const wanted = { numbers: ["ill", "age"], texts: ["imd", "sex", "age", "seen"] };
    const reading = await readCohort(path, wanted);
    assert.deepEqual(await rowsOf(reading), [
      [1, 40, "0", "F", "40.0", "2020-02-29"],
      [0, 0, "100", "", "0.0", ""],
      [1, 71, "", "M", "71.0", "1999-12-31"],
    ]);
    // "U" is among the categories of pandas, but no patient has it.
    assert.deepEqual(reading.dictionaries[1], ["F", "", "M"]);
  });

  it("is read whatever the types of its columns, as Apache's writer has them", async () => {
    const { vectorFromArray: vector } = arrow;
    const table = new arrow.Table({
      id: vector([1, 2, 3], new arrow.Uint8()),
      small: vector([-1, null, 3], new arrow.Int16()),
      large: vector([2n ** 53n - 1n, null, 0n], new arrow.Uint64()),
      single: vector([27.9, 1e10, null], new arrow.Float32()),
      list: vector([[1], [], [2, 3]], new arrow.List(new arrow.Field("item", new arrow.Int8()))),
      plain: vector(["a", "", null], new arrow.Utf8()),
      wide: vector(["é", null, "é"], new arrow.LargeUtf8()),
      view: vector(["short", "longer than twelve bytes", null], new arrow.Utf8View()),
      coded: vector(["x", "y", "x"], new arrow.Dictionary(new arrow.Utf8(), new arrow.Uint16())),
      date: vector([0, -86_400_000, null], new arrow.DateDay()),
      nano: times(new arrow.TimestampNanosecond(), -1n, 86_400_000_000_000n, null),
      second: times(new arrow.TimestampSecond(), 86_399n, null, -1n),
    });
    const bytes = arrow.tableToIPC(table, "file");
    const path = newPath();
    writeFileSync(path, bytes);
    const texts = table.schema.fields.map(({ name }) => name).filter((name) => name !== "list");
    const reading = await readCohort(path, { numbers: [], texts });
    const days = [
      ["1970-01-01", "1969-12-31", "1970-01-01"],
      ["1969-12-31", "1970-01-02", ""],
      ["", "", "1969-12-31"],
    ];
    assert.deepEqual(await rowsOf(reading), [
      ["1", "-1", "9007199254740991", "27.9", "a", "é", "short", "x", ...(days[0] ?? [])],
      ["2", "", "", "10000000000.0", "", "", "longer than twelve bytes", "y", ...(days[1] ?? [])],
      ["3", "3", "0", "", "", "é", "", "x", ...(days[2] ?? [])],
    ]);
  });
});
