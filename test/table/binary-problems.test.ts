import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import * as arrow from "apache-arrow";

import { ProblemError } from "../../engine/base/problems.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { WantedColumns } from "../../engine/table/cohort-reader.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";
import { readCohort, readCohortHeader, readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import { pandasFile } from "./pandas-feather.ts";
import { problemOf, problemsOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const scratch = scratchFolder();
let files = 0;

type Binary = "feather" | "parquet";

function fileOf(content: Uint8Array | string, format: Binary): string {
  const path = join(scratch, `input_${files++}.${format}`);
  writeFileSync(path, content);
  return path;
}

const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill", type: "bool" },
  { name: "sex", type: "str" },
  { name: "seen", type: "date", dateFormat: "YYYY-MM-DD" },
];

const three: CohortBatch = {
  rows: 3,
  columns: [
    { type: "int", values: Float64Array.of(1, 2, 5) },
    { type: "bool", values: Uint8Array.of(0, 1, 1) },
    { type: "str", codes: Uint32Array.of(0, 1, 0), values: ["F", ""] },
    { type: "date", values: Int32Array.of(18_000, NO_DATE, 2_932_896) },
  ],
};

const whole: Record<Binary, Uint8Array> = { feather: new Uint8Array(), parquet: new Uint8Array() };

before(async () => {
  for (const format of ["feather", "parquet"] as const) {
    const path = join(scratch, `whole.${format}`);
    await writeCohort({ path, format, schema, batches: [three] });
    whole[format] = readFileSync(path);
  }
});

async function readAll(path: string): Promise<number> {
  let rows = 0;
  for await (const { cells } of readTable(path)) rows += cells.length > 0 ? 1 : 0;
  return rows;
}

async function read(path: string, wanted: Partial<WantedColumns>) {
  return rowsOf(await readCohort(path, { numbers: [], texts: [], ...wanted }));
}

/** A parquet file of what the query gives. */
async function parquetOf(query: string): Promise<string> {
  const path = join(scratch, `input_${files++}.parquet`);
  const db = await openDuckDb();
  await db.run(sql`COPY (${trustedSql(query)}) TO ${path} (FORMAT parquet)`);
  db.close();
  return path;
}

function featherOf(columns: Record<string, arrow.Vector>): string {
  return fileOf(arrow.tableToIPC(new arrow.Table(columns), "file"), "feather");
}

for (const format of ["feather", "parquet"] as const) {
  describe(`a ${format} file that cannot be read`, () => {
    it("is a problem wherever it was cut short", async () => {
      const bytes = whole[format];
      for (let length = 0; length < bytes.length; length++) {
        const cut = fileOf(bytes.subarray(0, length), format);
        assert.match(await problemOf(() => readAll(cut)), /^(wrong-magic|broken-table): /);
      }
      assert.equal(await readAll(fileOf(bytes, format)), 4);
    });

    it("is never a bug, whichever byte is damaged", async () => {
      // Every seventh: all of them take a minute, and found nothing more.
      const bytes = whole[format];
      for (let at = 0; at < bytes.length; at += 7) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ 0xff;
        await readAll(fileOf(damaged, format)).catch((error: unknown) => {
          assert.ok(error instanceof ProblemError, `byte ${at}: ${String(error)}`);
        });
      }
    });

    it("names the file when it is of another format, missing, or a folder", async () => {
      const csv = fileOf("patient_id\n1\n", format);
      const problem = await problemOf(() => readCohortHeader(csv));
      assert.match(problem, new RegExp(`^wrong-magic: .*input_.*is not a ${format} file`));
      const missing = join(scratch, `missing.${format}`);
      assert.match(await problemOf(() => readCohortHeader(missing)), /^file-not-found: /);
    });

    it("reports all missing columns at once, with the nearest names", async () => {
      const path = fileOf(whole[format], format);
      const problems = await problemsOf(() => read(path, { numbers: ["il"], texts: ["sexx"] }));
      assert.deepEqual(
        problems.map(({ code, hint }) => `${code} ${hint}`),
        ['missing-file-column Nearest: "ill".', 'missing-file-column Nearest: "sex", "seen".'],
      );
    });

    it("names column and row of what is missing where a number is wanted", async () => {
      const path =
        format === "feather"
          ? featherOf({ n: arrow.vectorFromArray([1, null], new arrow.Int32()) })
          : await parquetOf("SELECT unnest([1, NULL]) AS n");
      const problem = await problemOf(() => read(path, { numbers: ["n"] }));
      assert.match(problem, /^not-a-number: .*"n".* row 3/);
    });

    it("names column and row of a whole number beyond 2^53, whatever it is wanted for", async () => {
      const values = [2n ** 53n - 1n, -(2n ** 53n) - 1n];
      const path =
        format === "feather"
          ? featherOf({ n: arrow.vectorFromArray(values, new arrow.Int64()) })
          : await parquetOf(`SELECT unnest([${values.join()}]) AS n`);
      for (const wanted of [{ numbers: ["n"] }, { texts: ["n"] }]) {
        const problem = await problemOf(() => read(path, wanted));
        assert.match(problem, /^number-too-large: .*"n".* row 3/);
        assert.equal(problem.includes("9007199254740993"), false);
      }
    });

    it("names the column whose type no cohort has, and reads the others", async () => {
      const path =
        format === "feather"
          ? featherOf({
              list: arrow.vectorFromArray([[1]], new arrow.List(field("item", new arrow.Int8()))),
              n: arrow.vectorFromArray([7], new arrow.Int8()),
            })
          : await parquetOf("SELECT [1] AS list, 7 AS n");
      const problem = await problemOf(() => read(path, { texts: ["list"] }));
      assert.match(problem, /^unsupported-column-type: .*"list"/);
      assert.deepEqual(await read(path, { numbers: ["n"] }), [[7]]);
    });

    it("does not show bytes that are no UTF-8, and names their column", async () => {
      const bytes = Buffer.from("Zuerich".repeat(2));
      const plain = format === "feather" ? coded(bytes.toString()) : null;
      const path = plain ?? (await parquetOf(`SELECT '${bytes.toString()}' AS place`));
      const damaged = readFileSync(path);
      for (let at = damaged.indexOf(bytes); at >= 0; at = damaged.indexOf(bytes, at + 1)) {
        damaged[at] = 0xff;
      }
      const problem = await problemOf(() => read(fileOf(damaged, format), { texts: ["place"] }));
      assert.match(problem, /^not-utf8-text: .*"place"/);
      assert.equal(problem.includes("uerich"), false);
    });
  });
}

function field(name: string, type: arrow.DataType): arrow.Field {
  return new arrow.Field(name, type);
}

function coded(text: string): string {
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int8());
  return featherOf({ place: arrow.vectorFromArray(["x", text], type) });
}

describe("a feather file that cannot be read", () => {
  it("names the row of a text that is no UTF-8, of a word or a plain text", async () => {
    const plain = featherOf({ place: arrow.vectorFromArray(["x", "Leeds"], new arrow.Utf8()) });
    for (const path of [coded("Leeds"), plain]) {
      const bytes = readFileSync(path);
      bytes[bytes.indexOf("Leeds")] = 0xff;
      const problem = await problemOf(() => read(fileOf(bytes, "feather"), { texts: ["place"] }));
      assert.match(problem, /^not-utf8-text: .*"place", row 3/);
    }
  });

  it("tells of the older format that pandas once wrote", async () => {
    const path = fileOf("FEA1\0\0\0\0", "feather");
    assert.match(await problemOf(() => readCohortHeader(path)), /it is feather version 1/);
  });

  it("tells when it is packed in a way that is not known", async () => {
    // Somewhere in the message of the batch a byte says zstd; the others make other problems.
    const told = new Set<string>();
    const values = Float64Array.from({ length: 500 }, (_, id) => id);
    const path = join(scratch, `many.feather`);
    const batches: CohortBatch[] = [{ rows: 500, columns: [{ type: "int", values }] }];
    await writeCohort({ path, format: "feather", schema: schema.slice(0, 1), batches });
    const bytes = readFileSync(path);
    for (const [at, byte] of bytes.entries()) {
      if (byte !== 1) continue;
      const changed = Uint8Array.from(bytes);
      changed[at] = 7;
      await readAll(fileOf(changed, "feather")).catch((error: unknown) => {
        if (error instanceof ProblemError) told.add(error.message);
      });
    }
    assert.ok([...told].some((text) => /has a compression other than lz4 and zstd/.test(text)));
  });

  it("is never a bug, whichever byte of lz4 is damaged", async () => {
    for (let at = 0; at < pandasFile.length; at += 7) {
      const damaged = Uint8Array.from(pandasFile);
      damaged[at] = (damaged[at] ?? 0) ^ 0x15;
      await readAll(fileOf(damaged, "feather")).catch((error: unknown) => {
        assert.ok(error instanceof ProblemError, `byte ${at}: ${String(error)}`);
      });
    }
  });

  it("names row and column of a date outside the years 1 to 9999", async () => {
    const days = arrow.vectorFromArray([0, 2_932_897 * 86_400_000], new arrow.DateDay());
    const problem = await problemOf(() => read(featherOf({ days }), { texts: ["days"] }));
    assert.match(problem, /^file-date-out-of-range: .*"days".* row 3/);
  });
});

describe("a parquet file that cannot be read", () => {
  it("names the column of a text that is no UTF-8, of a dictionary or a page of its own", async () => {
    const words = await parquetOf("SELECT unnest(['x', 'Leeds', 'x', 'x', 'Leeds']) AS place");
    const plain = await parquetOf("SELECT unnest(['x', 'Leeds']) AS place");
    for (const path of [words, plain]) {
      const bytes = readFileSync(path);
      for (let at = bytes.indexOf("Leeds"); at >= 0; at = bytes.indexOf("Leeds", at + 1)) {
        bytes[at] = 0xff;
      }
      const problem = await problemOf(() => read(fileOf(bytes, "parquet"), { texts: ["place"] }));
      assert.match(problem, /^not-utf8-text: .*"place"/);
      assert.equal(problem.includes("eeds"), false);
    }
  });
});

describe("a parquet file with a text of half a gigabyte", () => {
  it("is reported as too large, and others are read after it", async () => {
    const path = join(scratch, "large.parquet");
    const small = join(scratch, "small.parquet");
    const db = await openDuckDb();
    await db.run(
      sql`COPY (SELECT 1 AS n, repeat('x', 600000000) AS t) TO ${path} (FORMAT parquet)`,
    );
    await db.run(sql`COPY (SELECT 1 AS n, 'x' AS t) TO ${small} (FORMAT parquet)`);
    db.close();
    const wanted = { numbers: ["n"], texts: ["t"] };
    const all = (file: string) => async () => rowsOf(await readCohort(file, wanted));
    assert.match(
      await problemOf(all(path)),
      /^unsupported-table: .* texts that need more than 512 MiB/,
    );
    assert.equal((await all(small)()).length, 1);
  });
});
