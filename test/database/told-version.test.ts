import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as mssql from "../../engine/backend/mssql/mssql-url.ts";
import * as trino from "../../engine/backend/trino/trino-url.ts";

for (const { kind, path, at } of [
  {
    ...{ kind: "trino", path: "hive/records" },
    at: (url: string) => trino.versionOf(trino.parseTrinoUrl(url)),
  },
  {
    ...{ kind: "mssql", path: "records" },
    at: (url: string) => mssql.versionOf(mssql.parseMssqlUrl(url)),
  },
]) {
  const url = `${kind}://ada:hunter2@db.example:8080/${path}`;

  describe(`the version of records in a server of the kind ${kind}`, () => {
    it("is not known where nobody says it", () => {
      assert.equal(at(url), null);
    });

    it("is the same for whoever asks, and another for other records and another word", () => {
      const first = at(`${url}?version=march`);
      const eve = `${kind}://eve@db.example:8080/${path}`;
      assert.equal(at(`${eve}?attempts=2&version=march`), first);
      for (const other of [
        `${url}?version=april`,
        `${url}2?version=march`,
        `${kind}://ada@db2.example:8080/${path}?version=march`,
      ]) {
        assert.notEqual(at(other), first);
      }
    });

    it("repeats no word of the URL", () => {
      assert.match(at(`${url}?version=march`) ?? "", new RegExp(`^${kind} [0-9a-f]{16}$`));
    });
  });
}
