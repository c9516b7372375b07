import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { askServer } from "../../engine/backend/trino/ask-server.ts";
import { failForTrino } from "../../engine/backend/trino/trino-problem.ts";
import { trinoSession } from "../../engine/backend/trino/trino-session.ts";
import { parseTrinoUrl } from "../../engine/backend/trino/trino-url.ts";
import { literal, sql, word } from "../../engine/text/sql.ts";
import { problemsOf } from "../table/problem-of.ts";
import { bytesOf, makeCertificates } from "./certificates.ts";
import { withTrinoServer } from "./trino-server.ts";
import type { ScriptedServer } from "./trino-server.ts";

const folder = mkdtempSync(join(tmpdir(), "cohortline-login-"));
makeCertificates(folder);
writeFileSync(join(folder, "password"), "p@ss:SECRET\n");
writeFileSync(join(folder, "token"), "SECRET.token");
writeFileSync(join(folder, "word"), "word");
writeFileSync(join(folder, "wrong"), "SECRET-wrong");
after(() => {
  rmSync(folder, { recursive: true });
});

const serverSide = {
  cert: bytesOf(folder, "server.pem"),
  key: bytesOf(folder, "server.key"),
  ca: bytesOf(folder, "ca.pem"),
};

type Environment = Readonly<Record<string, string>>;

/** What one statement brings with a URL. */
async function ask(url: string, environment: Environment = {}): Promise<void> {
  const from = { environment, workspace: folder };
  const { asking, close } = askServer(parseTrinoUrl(url), from, () => undefined);
  const patience = { ...asking.patience, firstWait: 1 };
  const session = trinoSession({
    asking: { ...asking, patience },
    secondsAtMost: null,
    keptTable: word,
    text: literal,
    close: () => {
      close();
      return Promise.resolve();
    },
  });
  try {
    await session.run(sql`SELECT 1`);
  } catch (error) {
    failForTrino(error, []);
  } finally {
    await session.close();
  }
}

async function refused(url: string, environment: Environment = {}): Promise<string> {
  const found = await problemsOf(() => ask(url, environment));
  assert.equal(found.length, 1);
  assert.ok(!JSON.stringify(found).includes("SECRET"));
  return found[0]?.code ?? "";
}

async function overTls<T>(
  act: (server: ScriptedServer) => Promise<T>,
  wanted: object = {},
): Promise<T> {
  return withTrinoServer(() => [{ page: {} }], act, { ...serverSide, ...wanted });
}

describe("a login at a Trino server", () => {
  const basic = `Basic ${Buffer.from("o'brien:p@ss:SECRET").toString("base64")}`;
  for (const [how, options, environment, header] of [
    ["a password in a file", "&password_file=password", {}, basic],
    ["a password in the environment", "", { TRINO_PASSWORD: "p@ss:SECRET" }, basic],
    ["a file that the environment names", "", { TRINO_PASSWORD_FILE: "password" }, basic],
    ["a token in a file", "&token_file=token", {}, "Bearer SECRET.token"],
    ["a token in the environment", "", { TRINO_TOKEN: "SECRET.token" }, "Bearer SECRET.token"],
    ["nothing", "&https=true", {}, undefined],
  ] as const) {
    it(`goes over TLS with ${how}`, () =>
      overTls(async ({ port, heard }) => {
        await ask(`trino://o%27brien@127.0.0.1:${port}/c/s?ca=ca.pem${options}`, environment);
        assert.equal(heard[0]?.headers.authorization, header);
        assert.equal(heard[0]?.headers["x-trino-user"], "o'brien");
      }));
  }

  it("may have its password in the URL", () =>
    overTls(async ({ port, heard }) => {
      await ask(`trino://o%27brien:p%40ss%3ASECRET@127.0.0.1:${port}/c/s?ca=ca.pem`);
      assert.equal(heard[0]?.headers.authorization, basic);
    }));

  for (const [how, options] of [
    ["a certificate and a key", "certificate=client.pem&key=client.key"],
    ["PKCS#12", "pkcs12=client.p12&passphrase_file=word"],
  ] as const) {
    it(`shows a client's certificate: ${how}`, () =>
      overTls(
        async ({ port, heard }) => {
          await ask(`trino://me@127.0.0.1:${port}/c/s?ca=ca.pem&${options}`);
          assert.equal(heard.length, 1);
          assert.equal(
            await refused(`trino://me@127.0.0.1:${port}/c/s?ca=ca.pem&attempts=1`),
            "trino-connection-lost",
          );
        },
        { requestCert: true, rejectUnauthorized: true, maxVersion: "TLSv1.2" },
      ));
  }

  it("is not sent to a server whose certificate does not hold", () =>
    overTls(async ({ port, heard }) => {
      for (const url of [
        `trino://me@127.0.0.1:${port}/c/s?password_file=password`,
        `trino://me@localhost:${port}/c/s?password_file=password&ca=ca.pem`,
        `trino://me@127.0.0.1:${port}/c/s?password_file=password&ca=client.pem`,
      ])
        assert.equal(await refused(url), "trino-certificate");
      assert.equal(heard.length, 0);
    }));

  for (const [what, options, environment, code] of [
    ["a password without TLS", "https=false&password_file=password", {}, "trino-plain-login"],
    ["a token without TLS", "https=false", { TRINO_TOKEN: "SECRET" }, "trino-plain-login"],
    ["two logins", "password_file=password&token_file=token", {}, "trino-login-twice"],
    ["two certificates", "certificate=client.pem&pkcs12=client.p12", {}, "trino-login-twice"],
    ["a file that is not there", "password_file=nowhere", {}, "trino-login-file"],
    ["a folder", "", { TRINO_CA: "." }, "trino-login-file"],
    ["a wrong passphrase", "pkcs12=client.p12&passphrase_file=wrong", {}, "trino-certificate"],
    ["a key of another", "certificate=client.pem&key=server.key", {}, "trino-certificate"],
    ["a key that is none", "certificate=client.pem&key=word", {}, "trino-certificate"],
  ] as const) {
    it(`that cannot be is a problem before anything is sent: ${what}`, () =>
      overTls(async ({ port, heard }) => {
        const url = `trino://me@127.0.0.1:${port}/c/s?${options}`;
        assert.equal(await refused(url, environment), code);
        assert.equal(heard.length, 0);
      }));
  }

  it("of an old server has headers of Presto", () =>
    withTrinoServer(
      () => [{ page: {} }],
      async ({ port, heard }) => {
        await ask(`trino://me@127.0.0.1:${port}/c/s?headers=presto&scratch=d.t&compression=true`);
        const headers = heard[0]?.headers ?? {};
        assert.deepEqual(
          [headers["x-presto-user"], headers["x-presto-catalog"], headers["x-presto-schema"]],
          ["me", "d", "t"],
        );
        assert.equal(headers["x-trino-user"], undefined);
        assert.equal(headers["accept-encoding"], "gzip");
      },
    ));
});

describe("the URL of a Trino server", () => {
  it("says where records are and where tables are kept", () => {
    const { host, port, user, records, scratch } = parseTrinoUrl("trino://h/a%20b/c");
    assert.deepEqual([host, port, user], ["h", null, "cohortline"]);
    assert.deepEqual(records, { catalog: "a b", schema: "c" });
    assert.deepEqual(scratch, records);
  });

  for (const [url, code, hint] of [
    ["trino://SECRET@h:1/only", "trino-url", /Write trino:/],
    ["trino:h/c/s", "trino-url", /Write trino:/],
    ["trino://u:SECRET@h:99999/c/s", "trino-url", /%40/],
    ["trino://u:SECRET@part@h:1/c/s", "trino-url", /%40/],
    ["trino://h/c/s?passwordfile=SECRET", "database-option", /"password_file"/],
    ["trino://h/c/s?password=SECRET", "database-option", /"password_file"/],
    ["trino://h/c/s?layout=omop", "database-option", /PostgreSQL and in DuckDB/],
    ["trino://h/c/s?https=SECRET", "database-option-value", /https=/],
    ["trino://h/c/s?scratch=SECRET", "database-option-value", /scratch=/],
    ["trino://h/c/s?provider=SECRET", "database-option-value", /provider=/],
    ["trino://h/c/s?attempts=0", "database-option-value", /attempts=/],
  ] as const) {
    it(`that is wrong is told without repeating it: ${url}`, async () => {
      const [found] = await problemsOf(() => parseTrinoUrl(url));
      assert.equal(found?.code, code);
      assert.match(found.hint, hint);
      assert.ok(!JSON.stringify(found).includes("SECRET"));
    });
  }

  it("of a host that is not known is a problem of its name", async () => {
    assert.equal(await refused("trino://nowhere.invalid/c/s?attempts=1"), "trino-host");
  });

  it("where nobody listens is a lost connection, to be tried again later", async () => {
    assert.equal(await refused("trino://127.0.0.1:1/c/s?attempts=2"), "trino-connection-lost");
  });
});
