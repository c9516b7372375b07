import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import { zstdReady } from "../../engine/table/compression/zstd.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { readCohort, readCohortHeader } from "../../engine/table/read-cohort.ts";
import { rowsOf } from "./cohort-rows.ts";
import { cohortBothWays } from "./parquet-ways.ts";
import { parquetOf } from "./made-parquet.ts";
import type { Cell, MadeColumn, MadePage } from "./made-parquet.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";

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

const engine = join(import.meta.dirname, "../../engine/table/read-cohort.ts");

/** The libraries that a process of its own has loaded after reading one number column of the file. */
function loadedFor(path: string, wanted: string): readonly string[] {
  const script = `
    import { readCohort, readCohortHeader } from ${JSON.stringify(engine)};
    await readCohortHeader(${JSON.stringify(path)});
    const reading = await readCohort(${JSON.stringify(path)}, { numbers: ["${wanted}"], texts: [] });
    for await (const block of reading.blocks) if (block.rows === 0) throw new Error("no rows");
    console.log(JSON.stringify(process.report.getReport().sharedObjects));`;
  const options = ["--import", "tsx", "--input-type=module", "-e", script];
  const { stdout, stderr } = spawnSync(process.execPath, options, { encoding: "utf8" });
  assert.equal(stderr, "");
  return JSON.parse(stdout) as string[];
}

describe("a parquet file read directly", () => {
  it("does not load DuckDB, which a column of another type beside does", async () => {
    const path = join(scratch, "amounts.parquet");
    const db = await openDuckDb();
    await db.run(`COPY (SELECT 1 AS n, 1.5 AS amount) TO '${path}' (FORMAT parquet)`);
    db.close();
    const duckDb = (path: string): boolean => /duckdb/i.test(path);
    assert.equal(loadedFor(path, "n").some(duckDb), false);
    assert.equal(loadedFor(path, "amount").some(duckDb), true);
  });

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
    const { ours, duckDb } = await cohortBothWays(path, { numbers: [], texts: [] });
    assert.equal(ours.length, 3);
    assert.deepEqual(ours, duckDb);
  });

  it("keeps names apart that differ in capitals only", async () => {
    const path = fileOf(parquetOf([column("n", [page([1n])]), column("N", [page([2n])])]));
    assert.deepEqual(await readCohortHeader(path), ["n", "N"]);
    assert.deepEqual(await rowsOf(await readCohort(path, { numbers: ["N", "n"], texts: [] })), [
      [2, 1],
    ]);
  });

  it("is damaged where columns differ in their rows, or a page has another number", async () => {
    const two = column("two", [page([1n, 2n])]);
    const read = (bytes: Uint8Array) => async () =>
      rowsOf(await readCohort(fileOf(bytes), { numbers: ["two", "one"], texts: [] }));
    for (const one of [column("one", [page([1n])]), column("one", [page([1n, 2n, 3n])])]) {
      assert.match(await problemOf(read(parquetOf([two, one]))), /^broken-table: /);
    }
    const whole = parquetOf([two, { ...two, name: "one" }]);
    assert.deepEqual(await read(whole)(), [
      [1, 1],
      [2, 2],
    ]);
  });

  it("tells of missing values in an encoding that is out of date", async () => {
    const bytes = parquetOf([column("n", [page([1n, 2n])])]);
    // Both encodings of levels, then the ends of the two structs.
    const at = bytes.indexOf(Uint8Array.of(0x15, 6, 0x15, 6, 0, 0));
    assert.ok(at > 0);
    bytes[at + 1] = 8;
    const path = fileOf(bytes);
    const problem = await problemOf(async () =>
      rowsOf(await readCohort(path, { numbers: ["n"], texts: [] })),
    );
    assert.match(problem, /^unsupported-table: .* an encoding of missing values/);
  });
});
