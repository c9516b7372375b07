import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sql } from "../../engine/text/sql.ts";
import { Cut, ServerError } from "./tds-server.ts";
import type { BatchAnswer } from "./tds-server.ts";
import { asked, numbered, refusedOf } from "./mssql-asking.ts";

describe("rows of a SQL Server", () => {
  it("come by name, whole numbers of 64 bits with every digit, days and missing ones as they are", () =>
    asked(
      {
        answer: () => ({
          columns: [
            { name: "id", kind: "bigint" },
            { name: "x", kind: "float" },
            { name: "flag", kind: "tinyint" },
            { name: "called", kind: "nvarchar" },
          ],
          rows: [
            ["9223372036854775807", -1.25e300, 1, "O'Brien ß 🧪"],
            [null, null, null, null],
          ],
        }),
      },
      async ({ session }) => {
        assert.deepEqual(await session.rows(sql`SELECT 1`), [
          { id: "9223372036854775807", x: -1.25e300, flag: 1, called: "O'Brien ß 🧪" },
          { id: null, x: null, flag: null, called: null },
        ]);
      },
    ));

  it("come in pieces of columns, in order, however slowly they are read", () =>
    asked({ answer: () => numbered(40_000) }, async ({ session }) => {
      const ids: number[] = [];
      const texts: unknown[] = [];
      for await (const chunk of session.chunks(sql`SELECT 1`)) {
        assert.ok(chunk.rows <= 2048);
        ids.push(...chunk.raw(0, Uint32Array));
        texts.push(...chunk.values(1));
        await new Promise((resolve) => setImmediate(resolve));
      }
      assert.deepEqual(ids, [...Array(40_000).keys()]);
      assert.deepEqual(texts.slice(-1), ["row 39999"]);
    }));

  it("wait at the server while nobody reads them", async () => {
    let given = 0;
    function* rows() {
      for (; given < 1_000_000; given++) yield [given, LONG];
    }
    await asked(
      { answer: () => ({ columns: numbered(0).columns ?? [], rows: rows() }) },
      async ({ session }) => {
        for await (const chunk of session.chunks(sql`SELECT 1`)) {
          assert.equal(chunk.rows, 2048);
          await standsStill(() => given);
          break;
        }
        assert.ok(given < 200_000, String(given));
      },
    );
  });

  it("are refused where a number would be rounded", () =>
    asked(
      {
        answer: () => ({
          columns: [{ name: "id", kind: "bigint" }],
          rows: [["9007199254740993"]],
        }),
      },
      async ({ session }) => {
        const told = await refusedOf(async () => {
          for await (const chunk of session.chunks(sql`SELECT 1`)) chunk.raw(0, Float64Array);
        });
        assert.deepEqual(told, [["mssql-number-range", 1]]);
      },
    ));
});

/** A few thousand rows of such fill what is on the way between server and client. */
const LONG = "again".repeat(60);

function endless(): BatchAnswer {
  function* rows() {
    for (let n = 0; ; n++) yield [n, LONG];
  }
  return { columns: numbered(0).columns ?? [], rows: rows() };
}

/** Until a number has stayed the same for many turns. */
async function standsStill(of: () => number): Promise<void> {
  for (let before = -1; before !== of();) {
    before = of();
    for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setImmediate(resolve));
  }
}

describe("a statement at a SQL Server", () => {
  it("that makes or fills a table is done as a whole or not at all", () =>
    asked({ answer: () => ({}) }, async ({ session, server }) => {
      await session.run(sql`SELECT 1 AS x INTO #t`);
      assert.deepEqual(server.statements(), [
        "SET XACT_ABORT ON;\nBEGIN TRANSACTION;\nSELECT 1 AS x INTO #t;\nCOMMIT TRANSACTION",
      ]);
    }));

  it("is sent again when it was ended so that another could go on, and each try is told", async () => {
    let tries = 0;
    await asked(
      {
        answer: () => {
          if (++tries < 3) throw new ServerError(1205);
          return numbered(1);
        },
      },
      async ({ session, notes }) => {
        assert.equal((await session.rows(sql`SELECT 1`)).length, 1);
        assert.equal(tries, 3);
        assert.match(notes[0] ?? "", /^SQL Server: a statement was ended .* \(attempt 1 of 3\)/);
        assert.equal(notes.length, 2);
      },
    );
  });

  it("is not sent again when it has given rows", async () => {
    let tries = 0;
    async function* rows() {
      yield* numbered(3000).rows ?? [];
      await Promise.resolve();
      throw new ServerError(1205);
    }
    const answer = () => {
      tries++;
      return { columns: numbered(0).columns ?? [], rows: rows() };
    };
    await asked({ answer }, async ({ session }) => {
      let seen = 0;
      const told = await refusedOf(async () => {
        for await (const chunk of session.chunks(sql`SELECT 1`)) seen += chunk.rows;
      });
      assert.deepEqual([told, tries], [[["mssql-busy", 3]], 1]);
      assert.ok(seen <= 3000);
    });
  });

  it("is ended at the server when whoever reads stops, and the next one is answered", () =>
    asked(
      { answer: (text) => (text === "SELECT 2" ? numbered(1) : endless()) },
      async ({ session, server }) => {
        for await (const chunk of session.chunks(sql`SELECT 1`)) if (chunk.rows > 0) break;
        assert.equal(server.cancels(), 1);
        assert.equal((await session.rows(sql`SELECT 2`)).length, 1);
      },
    ));

  for (const [what, options, end] of [
    ["when it is interrupted", {}, "database-error"],
    ["when it takes longer than it may", { seconds: 1 }, "mssql-time-limit"],
  ] as const) {
    it(`is ended at the server, which had said nothing yet, ${what}`, () => {
      let onStatement = (): void => undefined;
      const answer = (text: string) => {
        if (text === "SELECT 2") return numbered(1);
        setImmediate(onStatement);
        return new Promise<never>(() => undefined);
      };
      return asked(
        { answer },
        async ({ session, server }) => {
          if (!("seconds" in options)) onStatement = session.interrupt;
          const told = await refusedOf(() => session.rows(sql`SELECT 1`));
          assert.deepEqual(told, [[end, 5]]);
          assert.equal(server.cancels(), 1);
          assert.equal((await session.rows(sql`SELECT 2`)).length, 1);
        },
        options,
      );
    });
  }

  it("is lost with its connection, in the middle of rows too, and so is all after it", async () => {
    async function* rows() {
      yield* numbered(5000).rows ?? [];
      await Promise.resolve();
      throw new Cut();
    }
    const answer = () => ({ columns: numbered(0).columns ?? [], rows: rows() });
    await asked({ answer }, async ({ session }) => {
      const told = await refusedOf(async () => {
        for await (const chunk of session.chunks(sql`SELECT 1`)) assert.ok(chunk.rows > 0);
      });
      assert.deepEqual(told, [["mssql-connection-lost", 3]]);
      const next = await refusedOf(() => session.rows(sql`SELECT 2`));
      assert.deepEqual(next, [["mssql-connection-lost", 3]]);
    });
  });

  it("waits for the one before it", () =>
    asked({ answer: () => numbered(3000) }, async ({ session }) => {
      const found = await Promise.all([
        session.rows(sql`SELECT 1`),
        session.rows(sql`SELECT 2`),
        session.rows(sql`SELECT 3`),
      ]);
      assert.deepEqual(
        found.map((rows) => rows.length),
        [3000, 3000, 3000],
      );
    }));
});

describe("codelists and files of values", () => {
  it("become temporary tables that are filled apart from any statement", async () => {
    const loaded: unknown[] = [];
    await asked(
      {
        answer: () => ({}),
        loaded: (table, { columns, rows }) => {
          loaded.push([table, columns, rows]);
        },
      },
      async ({ session, server }) => {
        await session.upload({
          name: "codelist_1",
          columns: { code: "text", category: "text" },
          rows: [
            ["X1...", "one's"],
            ["é\n'", ""],
          ],
        });
        await session.upload({
          name: "file_1",
          columns: { patient_id: "int", value: "date", more: "real" },
          rows: [
            [2 ** 40, 18_321, 0.1],
            [-1, null, null],
          ],
        });
        assert.match(
          server.statements()[0] ?? "",
          /CREATE TABLE #codelist_1 \(code nvarchar\(5\) COLLATE Latin1_General_BIN, category varchar\(5\) COLLATE Latin1_General_BIN\)/,
        );
      },
    );
    assert.deepEqual(loaded, [
      [
        "#codelist_1",
        ["code", "category"],
        [
          ["X1...", "one's"],
          ["é\n'", ""],
        ],
      ],
      [
        "#file_1",
        ["patient_id", "value", "more"],
        [
          [2 ** 40, "2020-02-29", 0.1],
          [-1, null, null],
        ],
      ],
    ]);
  });

  it("may be long, and empty", async () => {
    const sizes: number[] = [];
    await asked(
      {
        answer: () => ({}),
        loaded: (_, { rows }) => {
          sizes.push(rows.length);
        },
      },
      async ({ session }) => {
        const columns = { code: "text", category: "text" } as const;
        const rows = Array.from({ length: 20_000 }, (_, i) => [`c${i}`, "x"]);
        await session.upload({ name: "codelist_1", columns, rows });
        await session.upload({ name: "codelist_2", columns, rows: [] });
      },
    );
    assert.deepEqual(
      sizes.filter((size) => size > 0),
      [20_000],
    );
  });
});
