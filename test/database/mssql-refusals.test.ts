import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failForMssql } from "../../engine/backend/mssql/mssql-problem.ts";
import { sql } from "../../engine/text/sql.ts";
import { problemsOf } from "../table/problem-of.ts";
import { ServerError } from "./tds-server.ts";
import { asked, refusedOf } from "./mssql-asking.ts";

describe("a statement that a SQL Server refuses", () => {
  for (const [what, number, code, exitCode] of [
    ["a table that is gone", 208, "mssql-table-gone", 4],
    ["no right to read", 229, "mssql-permission", 1],
    ["no right to make temporary tables", 262, "mssql-temporary-tables", 1],
    ["tempdb without room", 1105, "mssql-space", 5],
    ["too little memory", 701, "mssql-memory", 5],
    ["too many columns", 1702, "mssql-too-large", 5],
    ["a text that is no number", 8114, "database-value", 5],
    ["a day that is none", 241, "database-value", 5],
    ["an administrator", 596, "mssql-killed", 5],
    ["what nobody foresaw", 33_333, "database-error", 5],
  ] as const) {
    it(`that fails is told by its kind, with the exit code for it, and no value: ${what}`, () =>
      asked(
        {
          answer: () => {
            throw new ServerError(number);
          },
        },
        async ({ session }) => {
          assert.deepEqual(await refusedOf(() => session.rows(sql`SELECT 1`)), [[code, exitCode]]);
        },
      ));
  }

  it("that stops itself is told as a division by zero, with the column", () =>
    asked(
      {
        answer: () => {
          throw new ServerError(
            245,
            "Conversion failed when converting the nvarchar value 'cohortline stops: division by zero: o'brien' to data type int.",
          );
        },
      },
      async ({ session }) => {
        const told = await problemsOf(() =>
          session.rows(sql`SELECT 1`).catch((error: unknown) => failForMssql(error, [])),
        );
        assert.deepEqual(
          told.map(({ message }) => message),
          ['Column "o\'brien" divides by zero for some patient'],
        );
      },
    ));

  it("that is wrong is a bug, told without the server's words", () =>
    asked(
      {
        answer: () => {
          throw new ServerError(102);
        },
      },
      async ({ session }) => {
        await assert.rejects(
          session.rows(sql`SELEC`).catch((error: unknown) => failForMssql(error, ["a"])),
          { message: "a statement was refused: error 102, at work for a" },
        );
      },
    ));
});
