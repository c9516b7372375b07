import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failForTrino } from "../../engine/backend/trino/trino-problem.ts";
import { sql } from "../../engine/text/sql.ts";
import { asked, failing, rows, told } from "./scripted-session.ts";
import type { Step } from "./trino-server.ts";

describe("a statement at a Trino server", () => {
  const create = sql`CREATE TABLE a AS SELECT 1`;
  for (const [what, steps, expected, statement] of [
    ["503 for ever", Array<Step>(5).fill({ status: 503 }), ["trino-connection-lost", 3]],
    ["a restart", [rows([1, 0, "a"]), { status: 404 }], ["trino-connection-lost", 3]],
    ["a page of a portal", [{ raw: "<html>SECRET</html>" }], ["trino-protocol", 1]],
    ["a row too short", [rows([1])], ["trino-protocol", 1]],
    ["a login refused", [{ status: 401 }], ["trino-login", 1]],
    ["no catalog", [failing("CATALOG_NOT_FOUND", "USER_ERROR")], ["trino-not-found", 1]],
    ["no schema", [failing("SCHEMA_NOT_FOUND", "USER_ERROR")], ["trino-not-found", 1]],
    ["a table dropped", [failing("TABLE_NOT_FOUND", "USER_ERROR")], ["trino-table-gone", 4]],
    ["no right to read", [failing("PERMISSION_DENIED", "USER_ERROR")], ["trino-permission", 1]],
    [
      "no right to create",
      [failing("PERMISSION_DENIED", "USER_ERROR")],
      ["trino-scratch", 1],
      create,
    ],
    [
      "a catalog that is only read",
      [failing("NOT_SUPPORTED", "USER_ERROR")],
      ["trino-scratch", 1],
      create,
    ],
    ["a full disk", [failing("HIVE_WRITER_DATA_ERROR", "EXTERNAL")], ["trino-space", 5], create],
    ["a value", [failing("INVALID_CAST_ARGUMENT", "USER_ERROR")], ["database-value", 5]],
    [
      "too much memory",
      [failing("EXCEEDED_LOCAL_MEMORY_LIMIT", "INSUFFICIENT_RESOURCES")],
      ["trino-memory", 5],
    ],
    [
      "an administrator",
      [rows([1, 0, "a"]), failing("ADMINISTRATIVELY_KILLED", "USER_ERROR")],
      ["trino-killed", 5],
    ],
    [
      "the server's own time limit",
      [failing("EXCEEDED_TIME_LIMIT", "INSUFFICIENT_RESOURCES")],
      ["trino-time-limit", 5],
    ],
    [
      "an error inside",
      [failing("GENERIC_INTERNAL_ERROR", "INTERNAL_ERROR")],
      ["database-error", 5],
    ],
    ["a name that may be a value", [failing("secret 943", "EXTERNAL")], ["database-error", 5]],
    [
      "a statement of ours that stops itself",
      [failing("GENERIC_USER_ERROR", "USER_ERROR", "cohortline stops: division by zero: ratio")],
      ["division-by-zero", 1],
    ],
  ] as const satisfies readonly (readonly unknown[])[]) {
    it(`that fails is told by its kind, with the exit code for it: ${what}`, async () => {
      assert.deepEqual(await told(steps, statement), [expected]);
    });
  }

  it("that is wrong is a bug, told without the server's words", async () => {
    const message = await asked([failing("SYNTAX_ERROR", "USER_ERROR")], ({ session }) =>
      session.rows(sql`SELEC`).then(String, (error: unknown) => {
        try {
          return failForTrino(error, ["a"]);
        } catch (bug) {
          return String(bug);
        }
      }),
    );
    assert.equal(message, "Error: a statement was refused: SYNTAX_ERROR, at work for a");
  });
});
