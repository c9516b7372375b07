import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import { cohortFormats } from "../../engine/base/file-names.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { readCohort, readTable } from "../../engine/table/read-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { ints, words, write } from "./written-cohort.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const LABEL = 1 << 16;
const TEXT = 1 << 20;

const labelsOf = async (path: string) =>
  rowsOf(await readCohort(path, { numbers: [], texts: ["t"] }));

async function lengthsIn(path: string): Promise<readonly number[]> {
  const lengths: number[] = [];
  for await (const { cells } of readTable(path)) lengths.push(cells[1]?.length ?? NaN);
  return lengths.slice(1);
}

const scratch = scratchFolder();

describe("a text of a table", () => {
  for (const format of cohortFormats) {
    it(`has at most 1 MiB, a label of a group 64 KiB, in ${format}`, async () => {
      const columns = [{ name: "t", type: "str" }] as const;
      const ofLength = (length: number) =>
        write({ columns, batches: [[ints(1, 2), words("a", "x".repeat(length))]], format });
      const label = await ofLength(LABEL);
      assert.equal(String((await labelsOf(label))[1]?.[0]).length, LABEL);
      const long = await ofLength(LABEL + 1);
      const tooLong =
        /^text-too-long: Column "t" of ".*" has a text of more than (.*) in row 3\.$/m;
      assert.equal(tooLong.exec(await problemOf(() => labelsOf(long)))?.[1], "64 KiB");
      assert.deepEqual(await lengthsIn(await ofLength(TEXT)), [1, TEXT]);
      const longer = await ofLength(TEXT + 1);
      assert.equal(tooLong.exec(await problemOf(() => lengthsIn(longer)))?.[1], "1 MiB");
    });
  }

  it("has at most 1 MiB where DuckDB reads it", async () => {
    const path = join(scratch, "brotli.parquet");
    const db = await openDuckDb();
    const rows = `SELECT 1 AS id, 'a' AS t UNION ALL SELECT 2, repeat('x', ${TEXT + 1})`;
    await db.run(sql`COPY (${trustedSql(rows)}) TO ${path} (FORMAT parquet, COMPRESSION brotli)`);
    db.close();
    assert.match(
      await problemOf(() => lengthsIn(path)),
      /^text-too-long: Column "t" .* in row 3\./,
    );
  });

  it("is refused where a column has more than 256 MiB of different ones", async () => {
    const path = join(scratch, "many.csv.gz");
    const rows = Array.from({ length: 4200 }, (_, row) => `${row},${row}${"x".repeat(64_000)}`);
    writeFileSync(path, gzipSync(`patient_id,t\n${rows.join("\n")}\n`, { level: 1 }));
    assert.match(await problemOf(() => labelsOf(path)), /^too-much-text: .* column "t" .* 256 MiB/);
  });
});
