import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { problemsOf } from "../table/problem-of.ts";
import { bytesOf, makeCertificates } from "./certificates.ts";
import { ServerError, tdsServer } from "./tds-server.ts";
import type { Answering, TdsServer } from "./tds-server.ts";

const columns = ["t", "c", "d"].map((name) => ({ name, kind: "nvarchar" as const }));
const answer: Answering["answer"] = () => ({
  columns,
  rows: [["Patient", "Patient_ID", "bigint"]],
});

async function withServer<T>(
  answering: Partial<Answering>,
  act: (server: TdsServer) => Promise<T>,
): Promise<T> {
  const server = await tdsServer({ answer, ...answering });
  try {
    return await act(server);
  } finally {
    await server.stop();
  }
}

interface Opening {
  readonly workspace?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly notes?: string[];
}

async function opened(
  url: string,
  { workspace = ".", environment = {}, notes = [] }: Opening = {},
) {
  const outside = { environment, note: (text: string) => notes.push(text) };
  const records = await openRecords(url, workspace, outside);
  await records.session.close();
  return records;
}

async function toldOf(url: string, opening: Opening = {}) {
  const told = await problemsOf(() => opened(url, opening));
  assert.doesNotMatch(JSON.stringify(told), /hunter2|SECRET/);
  return told.map(({ code, exitCode }) => [code, exitCode]);
}

describe("a login at a SQL Server", () => {
  for (const scheme of ["mssql", "mssql+pyodbc", "mssql+pymssql"]) {
    it(`takes user, password and database from a URL of the scheme ${scheme}, as they are written`, async () => {
      const seen: unknown[] = [];
      await withServer({ login: (login) => seen.push(login) }, async ({ port }) => {
        const records = await opened(
          `${scheme}://o%40b:hunter2@127.0.0.1:${port}/my%2Fdb?encrypt=false&driver=ODBC+Driver+17+for+SQL+Server`,
        );
        assert.deepEqual([...records.tables.keys()], ["patient"]);
      });
      assert.deepEqual(seen, [{ user: "o@b", database: "my/db" }]);
    });
  }

  it("takes the password from a file or the environment", () =>
    inScratchFolder(async (workspace) => {
      writeFileSync(join(workspace, "word"), "hunter2\n");
      await withServer({}, async ({ port }) => {
        const url = `mssql://me@127.0.0.1:${port}/records?encrypt=false`;
        await opened(`${url}&password_file=word`, { workspace });
        await opened(url, { environment: { MSSQL_PASSWORD: "hunter2" } });
        const missing = await toldOf(`${url}&password_file=nowhere`, { workspace });
        assert.deepEqual(missing, [["mssql-login-file", 1]]);
        const environment = { MSSQL_PASSWORD: "hunter2", MSSQL_TOKEN: "SECRET" };
        assert.deepEqual(await toldOf(url, { environment }), [["mssql-login-twice", 1]]);
        assert.deepEqual(await toldOf(url), [["mssql-login-missing", 1]]);
      });
    }));

  it("takes a token of Microsoft Entra from a file or the environment, and needs no user then", () =>
    inScratchFolder(async (workspace) => {
      writeFileSync(join(workspace, "token"), "SECRET-ß\n");
      const seen: unknown[] = [];
      await withServer({ login: (login) => seen.push(login) }, async ({ port }) => {
        const url = `mssql://127.0.0.1:${port}/records?encrypt=false`;
        await opened(`${url}&token_file=token`, { workspace });
        await opened(url, { environment: { MSSQL_TOKEN: "SECRET" } });
        await opened(url, { workspace, environment: { MSSQL_TOKEN_FILE: "token" } });
      });
      const tokens = ["SECRET-ß", "SECRET", "SECRET-ß"];
      assert.deepEqual(
        seen,
        tokens.map((token) => ({ user: "", database: "records", token })),
      );
    }));

  for (const [what, number, expected] of [
    ["is refused", 18456, ["mssql-login", 1]],
    ["names a database that is not there", 4060, ["mssql-database", 1]],
  ] as const) {
    it(`that ${what} is a problem, and is not tried again`, () => {
      let logins = 0;
      const login = (): void => {
        logins++;
        throw new ServerError(number);
      };
      return withServer({ login }, async ({ port }) => {
        const url = `mssql://me:hunter2@127.0.0.1:${port}/records?encrypt=false`;
        assert.deepEqual(await toldOf(url), [expected]);
        assert.equal(logins, 1);
      });
    });
  }

  it("at nobody's port is tried again, and then lost", async () => {
    const { port, stop } = await tdsServer({ answer });
    await stop();
    const notes: string[] = [];
    const url = `mssql://me:hunter2@127.0.0.1:${port}/records?encrypt=false&attempts=2`;
    assert.deepEqual(await toldOf(url, { notes }), [["mssql-connection-lost", 3]]);
    assert.equal(notes.length, 2);
  });

  for (const url of [
    "mssql://me:hunter2@host",
    "mssql://me:hunter2@host/a/b",
    "mssql://me:hunter2@host:99999/a",
    "mssql://me:%zz@host/a",
  ]) {
    it(`needs a server and a database: ${url.replace("hunter2", "…")}`, async () => {
      assert.deepEqual(await toldOf(url), [["mssql-url", 1]]);
    });
  }
});

describe("an encrypted connection to a SQL Server", () => {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-login-"));
  makeCertificates(folder);
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const certificate = () => ({
    key: bytesOf(folder, "server.key"),
    cert: bytesOf(folder, "server.pem"),
  });
  const login = "mssql://me:hunter2@127.0.0.1";

  it("is made where the authority of its certificate is known", () =>
    withServer({ certificate: certificate() }, async ({ port }) => {
      await opened(`${login}:${port}/records?ca=ca.pem`, { workspace: folder });
    }));

  it("is refused where the authority is not known, or the certificate is of another host", () =>
    withServer({ certificate: certificate() }, async ({ port }) => {
      const url = `${login}:${port}/records`;
      assert.deepEqual(await toldOf(url), [["mssql-certificate", 1]]);
      const other = `${url}?ca=ca.pem&certificate_host=elsewhere.example`;
      assert.deepEqual(await toldOf(other, { workspace: folder }), [["mssql-certificate", 1]]);
    }));

  it("is the only one over which a login is sent, unless the URL says otherwise", async () => {
    let logins = 0;
    await withServer({ login: () => logins++ }, async ({ port }) => {
      const told = await toldOf(`${login}:${port}/records?attempts=1`);
      assert.deepEqual([told, logins], [[["mssql-certificate", 1]], 0]);
      await opened(`${login}:${port}/records?encrypt=false`);
      assert.equal(logins, 1);
    });
  });
});
