import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, existsSync, readdirSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { foldLog, logOf } from "../../engine/backend/duckdb/fold-log.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { sql } from "../../engine/text/sql.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

/** A database of which one row is in the file and another in its log only. */
async function halfInItsLog(path: string): Promise<void> {
  const db = await openDuckDb({ path });
  await db.run(sql`CREATE TABLE t AS SELECT 1 AS n`);
  await db.run(sql`CHECKPOINT`);
  await db.run(sql`PRAGMA disable_checkpoint_on_shutdown`);
  await db.run(sql`INSERT INTO t VALUES (2)`);
  db.close();
  assert.ok(existsSync(logOf(path)));
}

async function rowsOf(path: string): Promise<number> {
  const db = await openDuckDb({ path, readOnly: true });
  const [row] = await db.rows(sql`SELECT count(*)::INTEGER AS n FROM t`);
  db.close();
  return Number(row?.["n"]);
}

describe("the log beside a database that is to be replaced", () => {
  it("is put into the file first, so that a kill before the replacement loses no row", async () => {
    await inWorkspace({}, async (folder) => {
      const [path, copy] = [join(folder, "old.duckdb"), join(folder, "copy.duckdb")];
      await halfInItsLog(path);
      assert.equal(await foldLog(path), true);
      assert.equal(existsSync(logOf(path)), false);
      copyFileSync(path, copy);
      assert.equal(await rowsOf(copy), 2);
    });
  });

  it("is removed where there is no database that it could be read into", async () => {
    await inWorkspace({ "a.duckdb": "no database", "b.duckdb.wal": "old" }, async (folder) => {
      writeFileSync(join(folder, "a.duckdb.wal"), "old");
      for (const name of ["a.duckdb", "b.duckdb"]) {
        assert.equal(await foldLog(join(folder, name)), true);
        assert.equal(existsSync(logOf(join(folder, name))), false);
      }
    });
  });

  for (const [what, last] of Object.entries({
    "with a log beside it": "SELECT 1",
    "without a log": "FORCE CHECKPOINT",
  })) {
    it(`stops generate_dummy_tables --force while another program writes to the database, ${what}`, async () => {
      await inWorkspace({}, async (folder) => {
        const path = join(folder, "dummy.duckdb");
        await halfInItsLog(path);
        const holder = spawn(process.execPath, ["--input-type=module", "-e", HOLD, path, last], {
          stdio: ["pipe", "pipe", "inherit"],
        });
        await once(holder.stdout, "data");
        const { code, err } = await cohortline(folder, replacing);
        holder.stdin.end();
        await once(holder, "exit");
        assert.equal(code, 1);
        assert.match(err, /dummy\.duckdb" cannot be replaced: another program writes to it/);
        assert.deepEqual(
          readdirSync(folder).filter((name) => name.startsWith(".")),
          [],
        );
        assert.equal(await rowsOf(path), 3);
      });
    });
  }

  it("hinders nobody where another program only reads, or the database cannot be opened", async () => {
    await inWorkspace({}, async (folder) => {
      const path = join(folder, "dummy.duckdb");
      await halfInItsLog(path);
      await foldLog(path);
      const reader = spawn(process.execPath, ["--input-type=module", "-e", READ, path], {
        stdio: ["pipe", "pipe", "inherit"],
      });
      await once(reader.stdout, "data");
      assert.equal(await foldLog(path), true);
      reader.stdin.end();
      await once(reader, "exit");
      truncateSync(path, 5000);
      assert.equal(await foldLog(path), true);
    });
  });
});

const replacing = [
  "generate_dummy_tables",
  "--patients=20",
  "--output-file=dummy.duckdb",
  "--force",
];

const READ = `
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(process.argv[1], { access_mode: "READ_ONLY" });
  await (await instance.connect()).run("SELECT * FROM t");
  console.log("open");
  // What nobody refers to is closed when garbage is collected.
  process.stdin.resume().on("end", () => process.exit(instance ? 0 : 1));
`;

const HOLD = `
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const instance = await DuckDBInstance.create(process.argv[1]);
  const connection = await instance.connect();
  await connection.run("PRAGMA disable_checkpoint_on_shutdown");
  await connection.run("INSERT INTO t VALUES (3)");
  await connection.run(process.argv[2]);
  console.log("held");
  // What nobody refers to is closed when garbage is collected.
  process.stdin.resume().on("end", () => process.exit(instance ? 0 : 1));
`;
