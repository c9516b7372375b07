import assert from "node:assert/strict";
import { chmodSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import { inScratchFolder } from "../conformance/scratch-folder.ts";
import { problemsOf } from "../table/problem-of.ts";
import { postgresqlUrl } from "./ask-postgresql.ts";

const origin = postgresqlUrl() ?? "";
const skip = origin === "" ? "no PostgreSQL answers: test/postgresql/server.sh start" : false;

/** What is told of a URL, none of whose secrets is in it; without a note where it is no problem. */
async function opened(url: string, environment: Readonly<Record<string, string>> = {}) {
  const notes: string[] = [];
  const told = await problemsOf(async () => {
    const records = await openRecords(url, ".", { environment, note: (text) => notes.push(text) });
    await records.session.close();
  }).catch(() => []);
  assert.doesNotMatch(JSON.stringify([told, notes]), /SECRET/);
  return [told[0]?.code ?? "opened", ...notes];
}

const password = decodeURIComponent(/:([^:@/]*)@/.exec(origin)?.[1] ?? "");
const plain = origin.replace(`:${password}@`, "@");
const folder = dirname(/sslrootcert=([^&]*)/.exec(origin)?.[1] ?? "/");

describe("the way to a PostgreSQL", { skip }, () => {
  const port = /@127\.0\.0\.1:(\d+)/.exec(origin)?.[1] ?? "";
  for (const [what, url, expected, environment = {}] of [
    ["a wrong password", plain.replace("@", ":SECRET@"), "postgresql-login", {}],
    ["no password", plain, "postgresql-login-missing", {}],
    ["a password of the environment", plain, "database-provider", { PGPASSWORD: password }],
    ["an unknown user", origin.replace("//test:", "//SECRET:"), "postgresql-login", {}],
    ["no such database", origin.replace("/test?", "/SECRET?"), "postgresql-database", {}],
    ["a certificate of nobody", origin.split("?")[0] ?? "", "postgresql-certificate", {}],
    [
      "an authority of the environment",
      origin.split("?")[0] ?? "",
      "database-provider",
      { PGSSLROOTCERT: join(folder, "ca.crt") },
    ],
    [
      "a certificate of another host",
      origin.replace("@127.0.0.1", "@127.1"),
      "postgresql-certificate",
      {},
    ],
    [
      "another host, which need not be checked",
      `${origin.replace("@127.0.0.1", "@127.1")}&sslmode=verify-ca`,
      "database-provider",
      {},
    ],
    [
      "a weaker mode of the environment",
      origin.split("?")[0] ?? "",
      "postgresql-certificate",
      { PGSSLMODE: "prefer" },
    ],
    ["nothing encrypted", `${origin}&sslmode=disable`, "database-provider", {}],
    [
      "a certificate of mine",
      `postgresql://test@127.0.0.1:${port}/certified?sslrootcert=${folder}/ca.crt&sslcert=${folder}/test.crt&sslkey=${folder}/test.key`,
      "database-provider",
      {},
    ],
    [
      "no certificate of mine",
      `postgresql://test@127.0.0.1:${port}/certified?sslrootcert=${folder}/ca.crt`,
      "postgresql-login",
      {},
    ],
    ["a file of mine that is not there", `${origin}&sslcert=SECRET`, "postgresql-login-file", {}],
    [
      "a socket",
      `postgresql://test@/test?host=${folder}/socket`,
      "database-provider",
      { PGPASSWORD: password, PGPORT: port },
    ],
    ["no socket", `postgresql://test@/test?host=/tmp`, "postgresql-socket", { PGPORT: port }],
    [
      "all of the environment",
      "postgresql://",
      "database-provider",
      {
        ...{ PGHOST: "127.0.0.1", PGPORT: port, PGUSER: "test", PGDATABASE: "test" },
        ...{ PGPASSWORD: password, PGSSLMODE: "disable" },
      },
    ],
    ["two servers", "postgresql://me@one,two/records", "postgresql-url", {}],
    ["nobody", "postgresql://127.0.0.1/records", "postgresql-url", {}],
  ] as const) {
    it(`with ${what} ends in ${expected}`, async () => {
      assert.deepEqual(await opened(url, environment), [expected]);
    });
  }

  it("reads a password file that nobody else may read, and passes over one that others may", () =>
    inScratchFolder(async (scratch) => {
      const path = join(scratch, "passwords");
      const line = `127.0.0.1:${port}:t\\est:*:${password}`;
      writeFileSync(path, `# of ours\nother:*:*:*:SECRET\n${line}\n*:*:*:*:SECRET\n`);
      chmodSync(path, 0o600);
      assert.deepEqual(await opened(plain, { PGPASSFILE: path }), ["database-provider"]);
      assert.deepEqual(await opened(`${plain}&passfile=${path}`), ["database-provider"]);
      chmodSync(path, 0o640);
      const told = await opened(plain, { PGPASSFILE: path });
      assert.deepEqual(told, [
        "postgresql-login-missing",
        "the password file is passed over: others may read it (chmod 600)",
      ]);
    }));

  it("is tried again, and told as lost where nobody answers", async () => {
    const told = await opened(`postgresql://me@127.0.0.1:1/records?attempts=2`);
    assert.equal(told[0], "postgresql-connection-lost");
    assert.match(told[1] ?? "", /no connection \(ECONNREFUSED\) \(attempt 1 of 2\)/);
    assert.match(told[2] ?? "", /giving up/);
  });
});
