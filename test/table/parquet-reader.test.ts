import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { zstdReady } from "../../engine/table/compression/zstd.ts";
import { readCohort, readCohortHeader, readTable } from "../../engine/table/read-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import { parquetOf } from "./made-parquet.ts";
import type { Cell, MadeColumn, MadePage, Physical } from "./made-parquet.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { flag, struct } from "./thrift-bytes.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const scratch = scratchFolder();
let files = 0;

function fileOf(bytes: Uint8Array): string {
  const path = join(scratch, `input_${files++}.parquet`);
  writeFileSync(path, bytes);
  return path;
}

before(zstdReady);

function column(name: string, pages: readonly MadePage[]): MadeColumn {
  return { name, physical: "int64", optional: true, codec: "zstd", groups: [pages] };
}

function page(cells: readonly Cell[], coding: MadePage["coding"] = "plain"): MadePage {
  return { cells, newer: false, coding };
}

async function cellsOf(path: string): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readTable(path)) rows.push(cells);
  return rows;
}

const timestamp = (unit: number) =>
  struct({ 8: struct({ 1: flag(false), 2: struct({ [unit]: struct({}) }) }) });

const day = 86_400n;

/** Columns as other programs make them: four values, a missing one, and the cells that they are read as. */
const kinds: readonly (readonly [
  of: Omit<MadeColumn, "name" | "codec" | "groups" | "optional">,
  values: readonly Cell[],
  cells: readonly string[],
])[] = [
  [{ physical: "boolean" }, [true, false, false, true], ["1", "0", "0", "1"]],
  [{ physical: "int32" }, [0, -1, 7, -(2 ** 31)], ["0", "-1", "7", "-2147483648"]],
  [{ physical: "int32", converted: 15 }, [0, -128, 127, 1], ["0", "-128", "127", "1"]],
  [{ physical: "int32", converted: 13 }, [0, -1, 7, 1], ["0", "4294967295", "7", "1"]],
  [
    { physical: "int64" },
    [2n ** 53n - 1n, 1n - 2n ** 53n, 0n, 4_000_000_001n],
    ["9007199254740991", "-9007199254740991", "0", "4000000001"],
  ],
  [
    { physical: "int64", converted: 14 },
    [2n ** 53n - 1n, 0n, 1n, 2n],
    ["9007199254740991", "0", "1", "2"],
  ],
  [
    { physical: "int32", converted: 6 },
    [0, -1, 18_321, 2_932_896],
    ["1970-01-01", "1969-12-31", "2020-02-29", "9999-12-31"],
  ],
  [
    { physical: "int64", converted: 9 },
    [0n, -1n, 18_321n * day * 1000n + 7n, 1n],
    ["1970-01-01", "1969-12-31", "2020-02-29", "1970-01-01"],
  ],
  [
    { physical: "int64", logical: timestamp(2) },
    [0n, -1n, 18_321n * day * 1_000_000n, 1n],
    ["1970-01-01", "1969-12-31", "2020-02-29", "1970-01-01"],
  ],
  [
    { physical: "int64", logical: timestamp(3) },
    [0n, -1n, 18_321n * day * 1_000_000_000n, 1n],
    ["1970-01-01", "1969-12-31", "2020-02-29", "1970-01-01"],
  ],
  [{ physical: "float" }, [27.9, 0, -0.1, 1e6], ["27.9", "0.0", "-0.1", "1000000.0"]],
  [{ physical: "double" }, [27.9, 0, -0.1, 1e6], ["27.9", "0.0", "-0.1", "1000000.0"]],
  [
    { physical: "text", converted: 0 },
    ["NA", " x", "Zürich, \u{1f600}", "\ufeff00123"],
    ["NA", " x", "Zürich, \u{1f600}", "\ufeff00123"],
  ],
];

describe("a parquet file of another program", () => {
  for (const codec of ["none", "snappy", "gzip", "zstd", "lz4"] as const) {
    it(`has exact cells of every type in old and new pages, compressed by ${codec}`, async () => {
      const coded = ({ physical }: { physical: Physical }) =>
        physical === "boolean" ? "runs" : "codes";
      const columns = kinds.map(([of, values], at): MadeColumn => {
        const cells = [...values, null];
        const pages = (coding: MadePage["coding"]): readonly MadePage[] => [
          { cells: cells.slice(0, 2), newer: false, coding },
          { cells: cells.slice(2), newer: true, coding },
        ];
        const groups = [pages(coded(of)), pages("plain")];
        return { ...of, name: `column ${at}`, optional: true, codec, groups };
      });
      const [header, ...rows] = await cellsOf(fileOf(parquetOf(columns)));
      assert.deepEqual(
        header,
        kinds.map((_, at) => `column ${at}`),
      );
      const expected = [0, 1, 2, 3, 4].map((row) => kinds.map(([, , cells]) => cells[row] ?? ""));
      assert.deepEqual(rows, [...expected, ...expected]);
    });
  }

  it("goes from a dictionary to plain pages within a row group, through blocks of any size", async () => {
    const cells = Array.from({ length: 30_000 }, (_, row) =>
      row % 7 === 0 ? null : BigInt(row % 300),
    );
    const pages = [page(cells.slice(0, 9999), "codes"), page([]), page(cells.slice(9999))];
    const path = fileOf(parquetOf([column("n", pages)]));
    const rows = await rowsOf(await readCohort(path, { numbers: [], texts: ["n"] }));
    assert.deepEqual(
      rows.map(([text]) => text),
      cells.map((cell) => (cell === null ? "" : String(cell))),
    );
  });

  it("has no rows where its row groups have none, or there are none", async () => {
    for (const groups of [[], [[]], [[page([])], []]]) {
      const path = fileOf(parquetOf([{ ...column("n", []), groups }]));
      assert.deepEqual(await readCohortHeader(path), ["n"]);
      assert.deepEqual(await rowsOf(await readCohort(path, { numbers: ["n"], texts: [] })), []);
    }
  });

  it("has as many rows where no column is wanted", async () => {
    const path = fileOf(parquetOf([column("n", [page([1n, null, 2n])])]));
    assert.deepEqual(await rowsOf(await readCohort(path, { numbers: [], texts: [] })), [
      [],
      [],
      [],
    ]);
  });

  it("keeps names apart that differ in capitals only, or are empty", async () => {
    const one = (name: string, value: bigint) => column(name, [page([value])]);
    const path = fileOf(parquetOf([one("n", 1n), one("N", 2n), one("n_1", 3n), one("", 4n)]));
    assert.deepEqual(await readCohortHeader(path), ["n", "N", "n_1", ""]);
    const wanted = { numbers: ["", "n_1", "N", "n"], texts: [] };
    assert.deepEqual(await rowsOf(await readCohort(path, wanted)), [[4, 3, 2, 1]]);
  });

  it("has its columns in place beside lists and structs, however deep", async () => {
    const path = join(scratch, "nested.parquet");
    const db = await openDuckDb();
    const nested = "[{'a': [1], 'b': {'c': 2}}] AS odd, 7 AS n, {'n': 8} AS pair, 9 AS last";
    await db.run(sql`COPY (SELECT ${trustedSql(nested)}) TO ${path} (FORMAT parquet)`);
    db.close();
    assert.deepEqual(await readCohortHeader(path), ["odd", "n", "pair", "last"]);
    const wanted = { numbers: ["last", "n"], texts: [] };
    assert.deepEqual(await rowsOf(await readCohort(path, wanted)), [[9, 7]]);
    assert.match(await problemOf(() => cellsOf(path)), /^unsupported-column-type: .*"odd"/);
  });

  it("is damaged where columns differ in their rows", async () => {
    const two = column("two", [page([1n, 2n])]);
    const read = (bytes: Uint8Array) => async () =>
      rowsOf(await readCohort(fileOf(bytes), { numbers: ["two", "one"], texts: [] }));
    for (const one of [column("one", [page([1n])]), column("one", [page([1n, 2n, 3n])])]) {
      assert.match(await problemOf(read(parquetOf([two, one]))), /^broken-table: /);
    }
    assert.deepEqual(await read(parquetOf([two, { ...two, name: "one" }]))(), [
      [1, 1],
      [2, 2],
    ]);
  });
});
