import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import fc from "fast-check";

import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { zstdReady } from "../../engine/table/compression/zstd.ts";
import { writeCohort } from "../../engine/table/write-cohort.ts";
import { anyCohort, anySchema } from "../measures/any-cohort.ts";
import { parquetOf } from "../table/made-parquet.ts";
import type { Cell, MadeColumn, MadePage, Physical } from "../table/made-parquet.ts";
import { cellsBothWays, cohortBothWays, readDirectly } from "../table/parquet-ways.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { flag, struct } from "../table/thrift-bytes.ts";
import type { Thrift } from "../table/thrift-bytes.ts";

const scratch = scratchFolder();
let files = 0;

function newPath(): string {
  return join(scratch, `input_${files++}.parquet`);
}

before(zstdReady);

interface Kind {
  readonly physical: Physical;
  readonly converted?: number;
  readonly logical?: Thrift;
  /** Stands where a column that needs values has none. */
  readonly filling: Cell;
  readonly cell: fc.Arbitrary<Cell>;
}

const whole = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -9e4, max: 9e4 }));
const small = whole.map((value): Cell => value);
const large = whole.map((value): Cell => BigInt(value));
const times = (unit: bigint) =>
  fc.integer({ min: -9e4, max: 9e4 }).map((day) => BigInt(day) * unit + 7n);
const timestamp = (unit: number) =>
  struct({ 8: struct({ 1: flag(false), 2: struct({ [unit]: struct({}) }) }) });

const kinds: readonly Kind[] = [
  { physical: "boolean", filling: false, cell: fc.boolean() },
  { physical: "int32", filling: 0, cell: small },
  { physical: "int32", converted: 15, filling: 0, cell: fc.integer({ min: -128, max: 127 }) },
  { physical: "int32", converted: 13, filling: 0, cell: small },
  { physical: "int32", converted: 6, filling: 0, cell: small },
  { physical: "int64", filling: 0n, cell: large },
  { physical: "int64", converted: 14, filling: 0n, cell: fc.bigInt(0n, 2n ** 53n - 1n) },
  { physical: "int64", converted: 9, filling: 0n, cell: times(86_400_000n) },
  { physical: "int64", logical: timestamp(2), filling: 0n, cell: times(86_400_000_000n) },
  { physical: "int64", logical: timestamp(3), filling: 0n, cell: times(86_400_000_000_000n) },
  { physical: "float", filling: 0, cell: fc.float({ noNaN: true }) },
  { physical: "double", filling: 0, cell: fc.double() },
  {
    ...{ physical: "text", converted: 0, filling: "" },
    cell: fc.oneof(fc.constantFrom("", "M", "F"), fc.string({ unit: "grapheme", maxLength: 12 })),
  },
];

/** The values of a column in one row group, cut into two pages anywhere. */
function anyPages(kind: Kind, rows: number): fc.Arbitrary<readonly MadePage[]> {
  const style = fc.record({
    newer: fc.boolean(),
    coding: fc.constantFrom("plain", kind.physical === "boolean" ? "runs" : "codes"),
  });
  return fc
    .record({
      cells: fc.array(fc.option(kind.cell, { freq: 4 }), { minLength: rows, maxLength: rows }),
      cut: fc.nat(rows),
      styles: fc.tuple(style, style),
    })
    .map(({ cells, cut, styles: [first, second] }) => [
      { ...first, cells: cells.slice(0, cut) },
      { ...second, cells: cells.slice(cut) },
    ]);
}

function anyColumn(place: number, groups: readonly number[]): fc.Arbitrary<MadeColumn> {
  return fc.constantFrom(...kinds).chain((kind) =>
    fc
      .record({
        optional: fc.boolean(),
        codec: fc.constantFrom("none", "snappy", "gzip", "zstd", "lz4"),
        pages: fc.tuple(...groups.map((rows) => anyPages(kind, rows))),
      })
      .map(({ optional, codec, pages }) => {
        const { filling, physical, converted, logical } = kind;
        const meaning = {
          ...(converted === undefined ? {} : { converted }),
          ...(logical === undefined ? {} : { logical }),
        };
        const filled = (page: MadePage): MadePage =>
          optional ? page : { ...page, cells: page.cells.map((cell) => cell ?? filling) };
        const name = `c${place}`;
        return {
          physical,
          ...meaning,
          name,
          optional,
          codec,
          groups: pages.map((group) => group.map(filled)),
        };
      }),
  );
}

const anyFile = fc
  .array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 })
  .chain((groups) => fc.tuple(...[0, 1, 2, 3].map((place) => anyColumn(place, groups))));

describe("a parquet file", () => {
  it("made page by page has the cells that DuckDB sees, and needs no DuckDB", async () => {
    const property = fc.asyncProperty(anyFile, async (columns) => {
      const path = newPath();
      writeFileSync(path, parquetOf(columns));
      assert.equal((await readDirectly(path)).length, columns.length);
      const { ours, duckDb } = await cellsBothWays(path);
      assert.deepEqual(ours, duckDb);
    });
    await fc.assert(property, { numRuns: 150 });
  });

  it("written here gives the same cells and measures both ways", async () => {
    const numbers = ["ill", "visits", "digits"];
    const property = fc.asyncProperty(anyCohort, async (batches) => {
      const path = newPath();
      await writeCohort({ path, format: "parquet", schema: anySchema, batches });
      assert.equal((await readDirectly(path)).length, anySchema.length);
      const cells = await cellsBothWays(path);
      assert.deepEqual(cells.ours, cells.duckDb);
      const wanted = { numbers, texts: ["place", "month", "ill"] };
      const cohort = await cohortBothWays(path, wanted);
      assert.deepEqual(cohort.ours, cohort.duckDb);
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it("of DuckDB's with any of its options gives the same both ways, beside columns of odd types", async () => {
    const db = await openDuckDb({ threads: 1 });
    const option = fc.record({
      rows: fc.constantFrom(0, 1, 3000, 20_000),
      groupSize: fc.constantFrom(2048, 8192, 122_880),
      codec: fc.constantFrom("uncompressed", "snappy", "gzip", "zstd", "lz4_raw", "brotli"),
      version: fc.constantFrom("V1", "V2"),
      dictionary: fc.constantFrom("", ", DICTIONARY_SIZE_LIMIT 1", ", DICTIONARY_SIZE_LIMIT 100"),
      missing: fc.constantFrom(2, 7, 1_000_000),
    });
    const property = fc.asyncProperty(option, async (made) => {
      const path = newPath();
      const options = `ROW_GROUP_SIZE ${made.groupSize}, PARQUET_VERSION ${made.version}`;
      await db.run(
        `COPY (${oddTable(made.rows, made.missing)}) TO '${path}'
         (FORMAT parquet, COMPRESSION ${made.codec}, ${options}${made.dictionary})`,
      );
      const direct = await readDirectly(path);
      const expected = made.codec === "brotli" || made.version === "V2" ? [] : wantedOfOdd;
      for (const name of expected) assert.ok(direct.includes(name), name);
      assert.equal(direct.includes("list") || direct.includes("amount"), false);
      const wanted = { numbers: ["id", "ill"], texts: wantedOfOdd.slice(2) };
      const { ours, duckDb } = await cohortBothWays(path, wanted);
      assert.equal(ours.length, made.rows);
      assert.deepEqual(ours, duckDb);
    });
    await fc.assert(property, { numRuns: 30 });
    db.close();
  });
});

const wantedOfOdd = ["id", "ill", "bmi", "single", "few", "many", "day", "seen"];

function oddTable(rows: number, missing: number): string {
  const perhaps = (value: string): string => `CASE WHEN i % ${missing} <> 1 THEN ${value} END`;
  return `SELECT i AS id, [i] AS list, i % 5 = 0 AS ill, (i / 4)::DECIMAL(9, 2) AS amount,
    ${perhaps("i / 8")} AS bmi, ${perhaps("(i % 300 / 10)::FLOAT")} AS single,
    {'a': i, 'b': ['x']} AS pair, ${perhaps("(['F', 'M', 'Zürich', ''])[i % 4 + 1]")} AS few,
    ${perhaps("'t' || (i * 7 % 5000)")} AS many, to_days(i::INTEGER) AS waited,
    ${perhaps("DATE '2020-01-01' - (i % 400)::INTEGER")} AS day,
    ${perhaps("TIMESTAMP '1969-12-31 23:59:59.5' + to_hours(i % 999)")} AS seen
    FROM range(${rows}) AS r(i)`;
}
