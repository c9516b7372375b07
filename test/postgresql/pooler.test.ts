import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { cohortTexts, smallRecords } from "../database/small-records.ts";
import { problemsOf } from "../table/problem-of.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";
import { inPostgresqlSchema, writeTables } from "./postgresql-tables.ts";

const origin = postgresqlUrl() ?? "";
const names = ["Patient", "CodedEvent", "AllowedPatientsWithTypeOneDissent"];

function isInstalled(): boolean {
  try {
    execFileSync("pgbouncer", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const skip =
  origin === "" || !isInstalled() ? "no PostgreSQL answers, or no PgBouncer is here" : false;

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Until something listens. */
async function listening(port: number): Promise<void> {
  for (;;) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => {
        resolve(false);
      });
    });
    if (isThere) return;
  }
}

/** Gives `act` the port of a pooler of this mode before the server, with few connections for all. */
async function withPooler(mode: string, act: (port: number) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-pooler-"));
  const [, password = "", port = ""] = /test:([^@]*)@127\.0\.0\.1:(\d+)/.exec(origin) ?? [];
  const own = await freePort();
  const lines = [
    "[databases]",
    `test = host=127.0.0.1 port=${port} user=test password=${password} pool_size=2`,
    "[pgbouncer]",
    `listen_addr = 127.0.0.1\nlisten_port = ${own}\nunix_socket_dir =`,
    `auth_type = any\npool_mode = ${mode}`,
  ];
  writeFileSync(join(folder, "pooler.ini"), lines.join("\n"));
  chmodSync(folder, 0o755);
  const words = ["pgbouncer", "-q", join(folder, "pooler.ini")];
  // It refuses to run as root.
  const isRoot = userInfo().uid === 0;
  const [program = "", ...rest] = isRoot ? ["runuser", "-u", "postgres", "--", ...words] : words;
  const child = spawn(program, rest, { stdio: "ignore" });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    await listening(own);
    await act(own);
  } finally {
    child.kill("SIGTERM");
    await ended;
    rmSync(folder, { recursive: true });
  }
}

describe("a connection pooler before a PostgreSQL", { skip }, () => {
  for (const mode of ["transaction", "session"]) {
    it(`in ${mode} mode gives two runs at once what the server gives`, () =>
      inPostgresqlSchema(origin, async (place) => {
        await writeTables(place, tppTables, names, smallRecords(57));
        const expected = await cohortTexts(place.url, { workspace: tmpdir() });
        await withPooler(mode, async (port) => {
          const url = `postgresql://test@127.0.0.1:${port}/test?sslmode=disable&schema=${place.schema}`;
          const runs = [0, 1].map(async () => {
            const workspace = mkdtempSync(join(tmpdir(), "cohortline-pooled-"));
            const texts = await cohortTexts(url, { workspace });
            rmSync(workspace, { recursive: true });
            return texts;
          });
          assert.deepEqual(await Promise.all(runs), [expected, expected]);
        });
      }));
  }

  it("that takes no transactions is told", () =>
    withPooler("statement", async (port) => {
      const url = `postgresql://test@127.0.0.1:${port}/test?sslmode=disable`;
      const told = await problemsOf(() => cohortTexts(url, { workspace: "." }));
      assert.deepEqual(
        told.map(({ code }) => code),
        ["postgresql-pooler"],
      );
    }));
});
