import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { checked } from "../definition/study-of.ts";
import { problemOf, problemsOf } from "../table/problem-of.ts";
import { writeRecordsDatabase } from "./records-database.ts";
import { cohortTexts, smallRecords } from "./small-records.ts";
import { identifier, sql, trustedSql } from "../../engine/text/sql.ts";

async function inDatabase(act: (folder: string) => Promise<void>): Promise<void> {
  await inScratchFolder(async (folder) => {
    await writeRecordsDatabase(join(folder, "records.duckdb"), smallRecords());
    await act(folder);
  });
}

/** Writes some tables of the database out, by statements on `db`. */
async function copied(folder: string, statements: readonly string[]): Promise<void> {
  const db = await openDuckDb({ path: join(folder, "records.duckdb"), readOnly: true });
  try {
    for (const statement of statements) await db.run(trustedSql(statement));
  } finally {
    db.close();
  }
}

/** Another process that has opened the database to write, and waits. */
async function writing(path: string): Promise<ChildProcess> {
  const program =
    'import { DuckDBInstance } from "@duckdb/node-api";' +
    "const db = await DuckDBInstance.create(process.argv[1]);" +
    "const held = await db.connect();" +
    'process.stdout.write("open");' +
    "setInterval(() => held, 1000);";
  const words = ["--input-type=module", "-e", program, path];
  const child = spawn(process.execPath, words, { stdio: ["ignore", "pipe", "inherit"] });
  await once(child.stdout, "data");
  return child;
}

const needed = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];

describe("a folder of files", () => {
  for (const [extension, format] of [
    ["parquet", "FORMAT parquet"],
    ["csv", "FORMAT csv, HEADER"],
    ["csv.gz", "FORMAT csv, HEADER, COMPRESSION gzip"],
  ] as const) {
    it(`gives what the database gives: a ${extension} for each table`, () =>
      inDatabase(async (workspace) => {
        mkdirSync(join(workspace, "files"));
        await copied(
          workspace,
          needed.map(
            (table) => `COPY ${table} TO '${workspace}/files/${table}.${extension}' (${format})`,
          ),
        );
        const whole = await cohortTexts("duckdb:records.duckdb", { workspace });
        assert.ok(whole.every((text) => text.split("\n").length > 10));
        assert.deepEqual(await cohortTexts("duckdb:files", { workspace }), whole);
      }));

    it(`gives what the database gives: a folder of ${extension} files for each table`, () =>
      inDatabase(async (workspace) => {
        const halves = needed.flatMap((table) => {
          mkdirSync(join(workspace, "files", table), { recursive: true });
          return [0, 1].map(
            (half) =>
              `COPY (SELECT * FROM ${table} WHERE Patient_ID % 2 = ${half}) TO '${workspace}/files/${table}/${half}.${extension}' (${format})`,
          );
        });
        await copied(workspace, halves);
        const whole = await cohortTexts("duckdb:records.duckdb", { workspace });
        assert.deepEqual(await cohortTexts("duckdb:files", { workspace }), whole);
      }));
  }

  it("of csv is read as a TPP database has its columns, never by what the values look like", () =>
    inScratchFolder(async (workspace) => {
      mkdirSync(join(workspace, "files"));
      const file = (name: string, ...lines: readonly string[]): void => {
        writeFileSync(join(workspace, "files", `${name}.csv`), `${lines.join("\n")}\n`);
      };
      file("Patient", "Patient_ID,Sex,DateOfBirth", "1,0,", "2,1,");
      file("AllowedPatientsWithTypeOneDissent", "Patient_ID", "1", "2");
      file(
        "CodedEvent_SNOMED",
        "Patient_ID,CodedEvent_ID,ConceptID,ConsultationDate,NumericValue",
        "1,1,007,2020-03-01T10:30:00,27.9",
        "2,2,7,2020-03-02,",
      );
      const codelist = { system: "snomed", codes: ["007", "12345678901234567890"] };
      const study = checked({
        sex: ["sex"],
        age: ["age_as_of", { reference_date: "2020-03-01" }],
        value: ["with_these_clinical_events", { codelist, returning: "numeric_value" }],
      });
      const texts = await cohortTexts("duckdb:files", {
        workspace,
        study,
        indexDates: ["2020-04-01"],
      });
      assert.deepEqual(texts, ["patient_id,sex,age,value\n1,0,0,27.9\n2,1,0,0.0\n"]);
    }));

  it("of csv with a value that its column cannot hold is a problem that does not show the value", () =>
    inScratchFolder(async (workspace) => {
      mkdirSync(join(workspace, "files"));
      writeFileSync(
        join(workspace, "files/Patient.csv"),
        "Patient_ID,Sex,DateOfBirth\n1,F,1950-01-01\n2,M,secret-943\n",
      );
      const url = "duckdb:files?opensafely_include_t1oo=true";
      const study = checked({ age: ["age_as_of", { reference_date: "2020-03-01" }] });
      const told = await problemsOf(() => cohortTexts(url, { workspace, study }));
      assert.match(told[0]?.code ?? "", /^record-value$/);
      assert.ok(!/secret|943/.test(JSON.stringify(told)));
    }));

  it("may hold other things, which are passed over", () =>
    inDatabase(async (workspace) => {
      mkdirSync(join(workspace, "files/notes"), { recursive: true });
      writeFileSync(join(workspace, "files/README.md"), "about these files");
      writeFileSync(join(workspace, "files/notes/a.txt"), "more");
      const copies = needed.map(
        (table) => `COPY ${table} TO '${workspace}/files/${table}.parquet'`,
      );
      await copied(workspace, copies);
      assert.equal((await cohortTexts("duckdb:files", { workspace })).length, 3);
    }));

  it("that lacks a table is told by the table", () =>
    inDatabase(async (workspace) => {
      mkdirSync(join(workspace, "files"));
      await copied(workspace, [`COPY Patient TO '${workspace}/files/Patient.parquet'`]);
      const told = await problemsOf(() => cohortTexts("duckdb:files", { workspace }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["database-table-missing", "database-table-missing"],
      );
    }));

  it("without such files is a problem", () =>
    inScratchFolder(async (workspace) => {
      mkdirSync(join(workspace, "files"));
      const told = await problemOf(() => cohortTexts("duckdb:files", { workspace }));
      assert.match(told, /^database-folder-empty/);
    }));

  it("with a file that is not what its name says is a problem that names the table", () =>
    inScratchFolder(async (workspace) => {
      mkdirSync(join(workspace, "files"));
      writeFileSync(join(workspace, "files/Patient.parquet"), "no parquet: 943 476 5919");
      const told = await problemsOf(() => cohortTexts("duckdb:files", { workspace }));
      const damaged = told.find(({ code }) => code === "record-file-damaged");
      assert.match(damaged?.message ?? "", /"Patient.parquet"/);
      assert.ok(!JSON.stringify(told).includes("943 476"));
    }));
});

describe("a database", () => {
  it("that is not there is a problem that does not repeat the path", () =>
    inScratchFolder(async (workspace) => {
      const told = await problemsOf(() => cohortTexts("duckdb:secret/there.duckdb", { workspace }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["database-not-found"],
      );
      assert.ok(!JSON.stringify(told).includes("secret"));
    }));

  it("that is some other file is a problem", () =>
    inScratchFolder(async (workspace) => {
      writeFileSync(join(workspace, "a.duckdb"), "patient_id,sex\n1,F\n".repeat(1000));
      const told = await problemOf(() => cohortTexts("duckdb:a.duckdb", { workspace }));
      assert.match(told, /^database-not-readable: .*it is no DuckDB database/);
    }));

  it("that another program writes to is a problem that says so", () =>
    inDatabase(async (workspace) => {
      const writer = await writing(join(workspace, "records.duckdb"));
      try {
        const told = await problemOf(() => cohortTexts("duckdb:records.duckdb", { workspace }));
        assert.match(told, /^database-not-readable: .*another program writes to it/);
      } finally {
        writer.kill();
      }
    }));

  it("is only read: two runs may read it at once", () =>
    inDatabase(async (workspace) => {
      const second = join(workspace, "second");
      mkdirSync(second);
      const [one, two] = await Promise.all([
        cohortTexts("duckdb:records.duckdb", { workspace }),
        cohortTexts("duckdb:../records.duckdb", { workspace: second }),
      ]);
      assert.deepEqual(one, two);
    }));

  it("may lack every table that the study does not need", () =>
    inScratchFolder(async (workspace) => {
      const path = join(workspace, "few.duckdb");
      await writeRecordsDatabase(path, smallRecords());
      const db = await openDuckDb({ path });
      for (const table of Object.keys(tppTables)) {
        if (!needed.includes(table)) await db.run(sql`DROP TABLE ${identifier(table)}`);
      }
      db.close();
      assert.equal((await cohortTexts("duckdb:few.duckdb", { workspace })).length, 3);
    }));
});

describe("a URL of another kind", () => {
  it("that is the name of a file is answered with the URL to write", () =>
    inDatabase(async (workspace) => {
      const [found] = await problemsOf(() =>
        cohortTexts("records.duckdb?threads=1", { workspace }),
      );
      assert.match(found?.hint ?? "", /^Write duckdb:records\.duckdb$/);
    }));

  for (const [url, code] of [
    ["oracle://user:pass@there:1433/db", "unknown-database-kind"],
    ["mysql://user:pass@there/db", "unknown-database-kind"],
    ["records.duckdb", "unknown-database-kind"],
    ["constructor:x", "unknown-database-kind"],
  ] as const) {
    it(`is told as ${code} by its kind alone: ${url}`, async () => {
      const told = await problemsOf(() => cohortTexts(url, { workspace: "." }));
      assert.deepEqual(
        told.map((each) => each.code),
        [code],
      );
      for (const secret of ["user", "pass", "there", "records"]) {
        assert.ok(!JSON.stringify(told[0]?.message).includes(secret));
      }
      assert.equal(told[0]?.exitCode, 2);
    });
  }
});
