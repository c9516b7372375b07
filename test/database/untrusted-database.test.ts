import assert from "node:assert/strict";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { databaseHeader, NEWEST_STORAGE } from "../../engine/backend/duckdb/database-header.ts";
import { failForDatabase } from "../../engine/backend/duckdb/database-problem.ts";
import { connect } from "../../engine/backend/connect.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { DuckDbError } from "../../engine/duckdb/duckdb-error.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { checked } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { cohortTexts, smallRecords } from "./small-records.ts";
import { writeRecordsDatabase } from "./records-database.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";

const SECRET = "nobody's-business-943";
const sexes = checked({ sex: ["sex"] });

/** A workspace with `db/records.duckdb`, in which these statements were run, and a secret elsewhere. */
async function withDatabase(
  statements: (folder: string) => readonly string[],
  act: (workspace: string) => Promise<void>,
): Promise<void> {
  await inScratchFolder(async (workspace) => {
    mkdirSync(join(workspace, "db/sub"), { recursive: true });
    mkdirSync(join(workspace, "db-else"));
    writeFileSync(join(workspace, "secret.txt"), SECRET);
    writeFileSync(join(workspace, "db-else/secret.txt"), SECRET);
    symlinkSync(workspace, join(workspace, "db/sub/link"));
    const db = await openDuckDb({ path: join(workspace, "db/records.duckdb") });
    try {
      await db.run(sql`CREATE TABLE AllowedPatientsWithTypeOneDissent AS SELECT 1 AS Patient_ID`);
      for (const statement of statements(workspace)) await db.run(trustedSql(statement));
    } finally {
      db.close();
    }
    await act(workspace);
  });
}

const patientsFrom = (query: string, text: string) =>
  `CREATE VIEW Patient AS SELECT 1 AS Patient_ID, ${text} AS Sex FROM ${query}`;

const outside: Readonly<Record<string, (folder: string) => readonly string[]>> = {
  "a text file": (at) => [patientsFrom(`read_text('${at}/secret.txt')`, "content")],
  "a path with dots": (at) => [patientsFrom(`read_text('${at}/db/../secret.txt')`, "content")],
  "a folder whose name begins the same": (at) => [
    patientsFrom(`read_text('${at}/db-else/secret.txt')`, "content"),
  ],
  "a link inside the folder that leads out": (at) => [
    patientsFrom(`read_text('${at}/db/sub/link/secret.txt')`, "content"),
  ],
  "a name that is worked out": (at) => [
    patientsFrom(`read_text('${at}/sec' || 'ret.txt')`, "content"),
  ],
  "the names of files": (at) => [patientsFrom(`glob('${at}/*')`, "file")],
  "a blob": (at) => [patientsFrom(`read_blob('${at}/secret.txt')`, "decode(content)")],
  "a csv without read_csv": (at) => [
    `CREATE TABLE t AS SELECT 1 AS n; COPY t TO '${at}/t.csv'`,
    patientsFrom(`'${at}/t.csv'`, "'F'"),
  ],
  "a view over a view": (at) => [
    `CREATE VIEW inner_view AS SELECT * FROM read_text('${at}/secret.txt')`,
    patientsFrom("inner_view", "content"),
  ],
  "a macro": (at) => [
    "CREATE MACRO look(p) AS TABLE SELECT * FROM read_text(p)",
    patientsFrom(`look('${at}/secret.txt')`, "content"),
  ],
  "a query in a text": (at) => [
    patientsFrom(`query('FROM read_text(''${at}/secret.txt'')')`, "content"),
  ],
  "a subquery": (at) => [
    patientsFrom("range(1)", `(SELECT content FROM read_text('${at}/secret.txt'))`),
  ],
};

describe("a database that somebody sent", () => {
  for (const [what, statements] of Object.entries(outside)) {
    it(`cannot read outside its folder: ${what}`, () =>
      withDatabase(statements, async (workspace) => {
        const asking = { workspace, study: sexes };
        const told = await problemsOf(() => cohortTexts("duckdb:db/records.duckdb", asking));
        assert.deepEqual(
          told.map(({ code, exitCode }) => [code, exitCode]),
          [["database-reach", 1]],
        );
        assert.ok(!/943|read_text|Permission|SELECT/.test(JSON.stringify(told)));
      }));
  }

  it("reads below its folder, and in folders that the URL allows", () =>
    withDatabase(
      (at) => [
        `COPY (SELECT 'F' AS Sex) TO '${at}/db/sub/a.parquet'`,
        `COPY (SELECT 'M' AS Sex) TO '${at}/db-else/b.parquet'`,
        `CREATE VIEW Patient AS SELECT 1 AS Patient_ID, Sex FROM read_parquet('${at}/db/sub/*.parquet')`,
        `CREATE VIEW other AS SELECT 2 AS Patient_ID, Sex FROM read_parquet('${at}/db-else/b.parquet')`,
        "DROP TABLE AllowedPatientsWithTypeOneDissent",
        "CREATE VIEW AllowedPatientsWithTypeOneDissent AS SELECT Patient_ID FROM other UNION ALL SELECT 1",
      ],
      async (workspace) => {
        const asking = { workspace, study: sexes, indexDates: ["2020-01-01"] };
        const refused = await problemsOf(() => cohortTexts("duckdb:db/records.duckdb", asking));
        assert.deepEqual(
          refused.map(({ code }) => code),
          ["database-reach"],
        );
        const texts = await cohortTexts("duckdb:db/records.duckdb?allow=db-else", asking);
        assert.deepEqual(texts, ["patient_id,sex\n1,F\n"]);
        const wrong = await problemsOf(() =>
          cohortTexts("duckdb:db/records.duckdb?allow=no", asking),
        );
        assert.deepEqual(
          wrong.map(({ code }) => code),
          ["database-allowed-folder"],
        );
      },
    ));

  it("cannot replace the functions that statements use with macros of its own", () =>
    withDatabase(
      () => [
        "CREATE MACRO lower(x) AS 'hacked'",
        "CREATE MACRO rtrim(x, y) AS 'hacked'",
        "CREATE TABLE Patient AS SELECT 1 AS Patient_ID, 'F' AS Sex",
      ],
      async (workspace) => {
        const asking = { workspace, study: sexes, indexDates: ["2020-01-01"] };
        const texts = await cohortTexts("duckdb:db/records.duckdb", asking);
        assert.deepEqual(texts, ["patient_id,sex\n1,F\n"]);
      },
    ));

  it("whose view cannot be read any more is a problem that names the view alone", () =>
    withDatabase(
      (at) => [
        `COPY (SELECT 1 AS Patient_ID, 'F' AS Sex) TO '${at}/db/a.parquet'`,
        `CREATE VIEW Patient AS SELECT Patient_ID, Sex FROM read_parquet('${at}/db/a.parquet')`,
        `COPY (SELECT 1 AS Patient_ID, 'F' AS Gender) TO '${at}/db/a.parquet'`,
      ],
      async (workspace) => {
        const told = await problemsOf(() =>
          cohortTexts("duckdb:db/records.duckdb", { workspace, study: sexes }),
        );
        assert.deepEqual(
          told.map(({ code }) => code),
          ["database-view"],
        );
        assert.match(told[0]?.message ?? "", /"Patient"/);
        assert.ok(!/Gender|Binder|SELECT/.test(JSON.stringify(told)));
      },
    ));
});

/** What is told of a copy of a database with other bytes. */
async function toldOf(change: (bytes: Buffer) => Buffer): Promise<string> {
  return inScratchFolder(async (workspace) => {
    const path = join(workspace, "a.duckdb");
    await writeRecordsDatabase(path, smallRecords(5));
    writeFileSync(path, change(readFileSync(path)));
    const told = await problemsOf(() => cohortTexts("duckdb:a.duckdb", { workspace }));
    return told.map(({ code, message }) => `${code}: ${message}`).join();
  });
}

describe("a database that cannot be opened is told by its kind", () => {
  for (const [what, change, told] of [
    ["cut short", (bytes: Buffer) => bytes.subarray(0, 9000), /damaged or cut short/],
    ["damaged in a block", (bytes: Buffer) => bytes.fill(7, 4096, 12_288), /damaged or cut short/],
    ["too short for a header", (bytes: Buffer) => bytes.subarray(0, 11), /no DuckDB database/],
    ["empty", (bytes: Buffer) => bytes.subarray(0, 0), /no DuckDB database/],
    ["another magic", (bytes: Buffer) => (bytes.write("LOCK", 8), bytes), /no DuckDB database/],
    [
      "of a newer version",
      (bytes: Buffer) => {
        bytes.writeBigUInt64LE(BigInt(NEWEST_STORAGE) + 1n, 12);
        bytes.write("v9.1.0", 52);
        return bytes;
      },
      /a newer DuckDB \(v9\.1\.0\) wrote it; .*STORAGE_VERSION/,
    ],
  ] as const) {
    it(what, async () => {
      assert.match(await toldOf(change), told);
    });
  }

  it("and a newer version is one that DuckDB itself does not read", () =>
    inScratchFolder(async (workspace) => {
      const path = join(workspace, "a.duckdb");
      const db = await openDuckDb({ path });
      await db.run(sql`CHECKPOINT`);
      db.close();
      assert.ok((databaseHeader(path)?.storage ?? 99) <= NEWEST_STORAGE);
      const latest = await openDuckDb();
      await latest.run(sql`ATTACH ${join(workspace, "b.duckdb")} AS b (STORAGE_VERSION 'latest')`);
      await latest.run(sql`CREATE TABLE b.t AS SELECT 1 AS n; CHECKPOINT b`);
      latest.close();
      assert.equal(databaseHeader(join(workspace, "b.duckdb"))?.storage, NEWEST_STORAGE);
    }));
});

describe("what the machine lacks is told as that", () => {
  it("no room on the disk, however DuckDB says it", async () => {
    for (const error of [
      new DuckDbError("IO", "could not write", 28),
      new DuckDbError("Out of Memory", "failed to offload data block of size 1 KiB", null),
    ]) {
      const told = await problemsOf(() => failForDatabase(error, []));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["database-disk-full"],
      );
    }
  });

  it("no temporary folder", () =>
    inScratchFolder(async (workspace) => {
      await writeRecordsDatabase(join(workspace, "records.duckdb"), smallRecords(5));
      const before = process.env["TMPDIR"];
      process.env["TMPDIR"] = join(workspace, "not-there");
      try {
        const told = await problemsOf(() => cohortTexts("duckdb:records.duckdb", { workspace }));
        assert.deepEqual(
          told.map(({ code }) => code),
          ["no-temporary-folder"],
        );
        assert.match(told[0]?.hint ?? "", /TMPDIR/);
      } finally {
        if (before === undefined) delete process.env["TMPDIR"];
        else process.env["TMPDIR"] = before;
      }
    }));
});

async function versionOf(workspace: string, url = "duckdb:db/records.duckdb") {
  const readFile = () => Promise.resolve(Buffer.from(""));
  const today = isoDateOf("2021-01-01");
  const backend = await connect(url, { workspace, today, readFile, evaluate: "one-pass" });
  await backend.close();
  return { version: backend.dataVersion, warnings: backend.warnings.map(({ code }) => code) };
}

describe("the version of a database", () => {
  it("changes with the files that its views and macros read, by name or by pattern", () =>
    withDatabase(
      (at) => [
        `COPY (SELECT 1 AS Patient_ID) TO '${at}/db/sub/a.parquet'`,
        `CREATE VIEW Patient (Patient_ID) AS SELECT * FROM read_parquet('${at}/db/sub/*.parquet')`,
        `COPY (SELECT 1 AS n) TO '${at}/db/n.csv'`,
        `CREATE MACRO numbers() AS TABLE SELECT * FROM '${at}/db/n.csv'`,
      ],
      async (workspace) => {
        const first = await versionOf(workspace);
        assert.deepEqual(first.warnings, []);
        assert.deepEqual(await versionOf(workspace), first);
        writeFileSync(join(workspace, "db/notes.txt"), "nobody reads this");
        assert.deepEqual(await versionOf(workspace), first);
        writeFileSync(join(workspace, "db/n.csv"), "n\n1\n2\n");
        const second = await versionOf(workspace);
        assert.notEqual(second.version, first.version);
        writeFileSync(join(workspace, "db/sub/b.parquet"), "one more");
        assert.notEqual((await versionOf(workspace)).version, second.version);
      },
    ));

  it("changes with what waits beside the file to be written into it", () =>
    withDatabase(
      () => ["CREATE TABLE Patient AS SELECT 1 AS Patient_ID"],
      async (workspace) => {
        const first = await versionOf(workspace);
        writeFileSync(join(workspace, "db/records.duckdb.wal"), "");
        assert.notEqual((await versionOf(workspace)).version, first.version);
      },
    ));

  for (const [what, query] of [
    ["a name that is given later", "read_parquet(p)"],
    ["a query in a text", "query('SELECT 1 AS Patient_ID')"],
  ] as const) {
    it(`is another every time, with a warning, where a view may read what cannot be known: ${what}`, async () => {
      const macro = `CREATE MACRO m(p) AS TABLE SELECT * FROM ${query}`;
      const holds = (views: readonly string[], isKnown: boolean): Promise<void> =>
        withDatabase(
          () => [macro, ...views],
          async (at) => {
            const [one, two] = [await versionOf(at), await versionOf(at)];
            assert.deepEqual(one.warnings, isKnown ? [] : ["database-version-unknown"]);
            assert.equal(one.version === two.version, isKnown);
          },
        );
      await holds(["CREATE VIEW Looked AS SELECT 1 AS n"], false);
      await holds([], true);
    });
  }
});
