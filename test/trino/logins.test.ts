import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ProblemError } from "../../engine/base/problems.ts";
import { openRecords } from "../../engine/backend/connect.ts";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { trinoUrl } from "./ask-trino.ts";
import { LOGIN, loginsFolder } from "./logins.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";

const origin = await trinoUrl();
const folder = loginsFolder();
const isThere = origin !== null && folder !== null;
const skip = isThere ? false : "no Trino of test/trino/server.sh answers";

const [me, other] = [encodeURIComponent(LOGIN.user), "somebody"];

/** Opens the records of a schema over TLS as a user says it may; gives the codes of problems. */
async function told(schema: string, user: string, options: string): Promise<readonly string[]> {
  const { hostname, port } = new URL(origin ?? "");
  const url = `trino://${user}@${hostname}:${Number(port) + 1}/memory/${schema}?attempts=2&${options}`;
  const outside = { environment: {}, note: (): void => undefined };
  const found = await openRecords(url, folder ?? "", outside).then(
    async ({ session }) => {
      await session.close();
      return [];
    },
    (error: unknown) => {
      if (!(error instanceof ProblemError)) throw error;
      return error.problems;
    },
  );
  const shown = JSON.stringify(found);
  for (const secret of [LOGIN.user, me, LOGIN.password, "eyJ", schema])
    assert.ok(!shown.includes(secret), shown);
  return found.map(({ code }) => code);
}

describe("a login at a real Trino", { skip }, () => {
  it("is taken with a password, a token or a certificate that holds, and told where it is not", () =>
    inTrinoSchema(origin ?? "", async (place) => {
      await writeTables(place, tppTables, ["Patient"], {});
      const table = [
        ["a password", me, "ca=ca.pem&password_file=password", []],
        ["a token", me, "ca=ca.pem&token_file=token", []],
        ["a certificate and its key", me, "ca=ca.pem&certificate=client.pem&key=client.key", []],
        ["PKCS#12", me, "ca=ca.pem&pkcs12=client.p12&passphrase_file=passphrase", []],
        ["no login", me, "ca=ca.pem", ["trino-login"]],
        ["a wrong password", me, "ca=ca.pem&password_file=wrong-password", ["trino-login"]],
        ["a password of another", other, "ca=ca.pem&password_file=password", ["trino-login"]],
        ["a token that has ended", me, "ca=ca.pem&token_file=expired-token", ["trino-login"]],
        ["a token by another key", me, "ca=ca.pem&token_file=foreign-token", ["trino-login"]],
        ["no token", me, "ca=ca.pem&token_file=password", ["trino-login"]],
        [
          "a certificate that has ended",
          me,
          "ca=ca.pem&certificate=expired.pem&key=expired.key",
          ["trino-certificate"],
        ],
        [
          "a certificate of a foreign authority",
          me,
          "ca=ca.pem&certificate=foreign/client.pem&key=foreign/client.key",
          ["trino-certificate"],
        ],
        [
          "a server that the authority did not sign",
          me,
          "ca=foreign/ca.pem&password_file=password",
          ["trino-certificate"],
        ],
        ["an authority that is not named", me, "token_file=token", ["trino-certificate"]],
        ["no TLS", me, "https=false&password_file=password", ["trino-plain-login"]],
      ] as const;
      const found: Record<string, readonly string[]> = {};
      for (const [how, user, options] of table)
        found[how] = await told(place.schema, user, options);
      assert.deepEqual(found, Object.fromEntries(table.map(([how, , , codes]) => [how, codes])));
    }));
});
