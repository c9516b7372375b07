import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { alone, contentsOf, inWorkspace } from "../commands/workspace.ts";
import { smallRecords } from "../database/small-records.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { connectedTo } from "./postgresql-tables.ts";
import { withReader } from "./roles.ts";
import type { NarrowPlace } from "./roles.ts";

const origin = postgresqlUrl();

/** A disk of that size at the folder, whose owner may be another; what makes it larger. */
async function withDisk(
  folder: string,
  { size, owner }: { readonly size: string; readonly owner?: string },
  act: (enlarge: () => void) => Promise<void>,
): Promise<void> {
  const run = (command: string, ...words: readonly string[]): void => {
    execFileSync(command, words, { stdio: "ignore" });
  };
  run("mount", "-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder);
  try {
    if (owner !== undefined) run("chown", owner, folder);
    await act(() => {
      run("mount", "-o", "remount,size=64m", folder);
    });
  } finally {
    run("umount", "-l", folder);
  }
}

/** Only who may mount a disk can fill one. */
async function mayMount(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "disk-"));
  try {
    await withDisk(folder, { size: "16k" }, () => Promise.resolve());
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const none = "no PostgreSQL answers: test/postgresql/server.sh start";
const skip = origin === null ? none : (await mayMount()) ? false : "nobody may mount a disk here";

function words(url: string): readonly string[] {
  const dates = "--index-date-range=2020-02-01 to 2020-04-01 by month";
  return ["generate_cohort", `--database-url=${url}&version=march`, dates, "--skip-existing"];
}

function inRecords(act: (place: NarrowPlace, folder: string) => Promise<void>): Promise<void> {
  return withReader(String(origin), smallRecords(500), async (place) => {
    const { owner, database, user } = place;
    await owner.connection.query(`GRANT TEMPORARY ON DATABASE ${database} TO ${user}`);
    await inWorkspace(recordedFiles, (folder) => act(place, folder));
  });
}

describe("a full disk", { skip }, () => {
  it("of the PostgreSQL ends a run with nothing written, and the run succeeds once there is room", async () => {
    const space = mkdtempSync(join(tmpdir(), "tablespace-"));
    const name = `small_${process.pid}`;
    const disk = { size: "48k", owner: "postgres:postgres" };
    try {
      await withDisk(space, disk, async (enlarge) => {
        await inRecords(({ url, user }, folder) =>
          connectedTo(String(origin), async (admin) => {
            await admin.query(`CREATE TABLESPACE ${name} LOCATION '${space}'`);
            await admin.query(
              `GRANT CREATE ON TABLESPACE ${name} TO ${user}; ALTER ROLE ${user} SET temp_tablespaces = ${name}`,
            );
            try {
              const before = contentsOf(folder);
              const { code, err } = await alone(folder, words(url));
              assert.equal(code, 5, err);
              assert.match(err, /no room left for a table or for its work \[postgresql-space\]/);
              assert.deepEqual(contentsOf(folder), before);
              enlarge();
              assert.match((await alone(folder, words(url))).out, /Wrote 3 files/);
            } finally {
              await admin.query(`REVOKE ALL ON TABLESPACE ${name} FROM ${user}`);
              await admin.query(`DROP TABLESPACE ${name}`);
            }
          }),
        );
      });
    } finally {
      rmSync(space, { recursive: true });
    }
  });

  it("of the study's folder keeps whole files alone, and a run goes on once there is room", () =>
    inRecords(async ({ url }, folder) => {
      const output = join(folder, "output");
      mkdirSync(output);
      await withDisk(output, { size: "20k" }, async (enlarge) => {
        const { code, err } = await alone(folder, words(url));
        assert.equal(code, 1, err);
        assert.match(err, /\[disk-full\]/);
        const whole = Object.keys(contentsOf(output)).filter((name) => name.endsWith(".csv"));
        assert.ok(whole.length > 0 && whole.length < 3, String(whole.length));
        const left = Object.keys(contentsOf(output)).filter((name) => name.includes(".partial"));
        assert.deepEqual(left, []);
        enlarge();
        const { out } = await alone(folder, words(url));
        assert.match(out, new RegExp(`Wrote ${3 - whole.length} file`));
        assert.equal(Object.keys(contentsOf(output)).filter((n) => n.endsWith(".csv")).length, 3);
      });
    }));
});
