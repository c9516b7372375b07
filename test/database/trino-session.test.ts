import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failForTrino } from "../../engine/backend/trino/trino-problem.ts";
import { sql } from "../../engine/text/sql.ts";
import { problemsOf } from "../table/problem-of.ts";
import { asked, columns, failing, rows, told } from "./scripted-session.ts";

describe("rows of a Trino server", () => {
  it("come by name, whole numbers beyond 2^53 with every digit", async () => {
    const raw =
      `{"id":"q","columns":${JSON.stringify(columns)},` +
      `"data":[[9007199254740993,"NaN","9007199254740993"],[-1,1.25e300,"a\\"12345678901234567890"]]}`;
    const found = await asked([{ raw }], ({ session }) => session.rows(sql`SELECT 1`));
    assert.deepEqual(found, [
      { id: "9007199254740993", value: "NaN", called: "9007199254740993" },
      { id: -1, value: 1.25e300, called: 'a"12345678901234567890' },
    ]);
  });

  it("come in pieces of columns, over many pages, in order", () =>
    asked(
      [
        { page: { stats: {} } },
        rows(...Array.from({ length: 5000 }, (_, i) => [i, i / 2, String(i)])),
        { page: { columns, data: [] } },
        rows([5000, "Infinity", null]),
      ],
      async ({ session }) => {
        const [ids, values, texts]: [number[], number[], unknown[]] = [[], [], []];
        for await (const chunk of session.chunks(sql`SELECT 1`)) {
          assert.ok(chunk.rows <= 2048);
          ids.push(...chunk.raw(0, Uint32Array));
          values.push(...chunk.raw(1, Float64Array));
          texts.push(...chunk.values(2));
        }
        assert.deepEqual(ids, [...Array(5001).keys()]);
        assert.deepEqual(values.slice(-2), [2499.5, Infinity]);
        assert.deepEqual(texts.slice(-2), ["4999", null]);
      },
    ));

  it("are refused where a number would be rounded", async () => {
    const raw = `{"id":"q","columns":${JSON.stringify(columns)},"data":[[9007199254740993,0,""]]}`;
    const found = await asked([{ raw }], ({ session }) =>
      problemsOf(async () => {
        try {
          for await (const chunk of session.chunks(sql`SELECT 1`)) chunk.raw(0, Float64Array);
        } catch (error) {
          failForTrino(error, ["patient_id"]);
        }
      }),
    );
    assert.deepEqual(
      found.map(({ code }) => code),
      ["trino-number-range"],
    );
  });

  it("are given once, although pages are lost on the way and asked for again", () =>
    asked(
      [
        rows([1, 0, "a"]),
        { cut: { columns, data: [[2, 0, "b"]] } },
        { status: 503 },
        rows([2, 0, "b"]),
        { status: 429 },
        rows([3, 0, "c"]),
      ],
      async ({ session, notes }) => {
        const found = await session.rows(sql`SELECT 1`);
        assert.deepEqual(
          found.map(({ id }) => id),
          [1, 2, 3],
        );
        assert.equal(notes.length, 3);
        assert.match(
          notes[0] ?? "",
          /^Trino: no connection \(ECONNRESET\) \(attempt 1 of 3\); trying again in/,
        );
        assert.match(notes[1] ?? "", /^Trino: HTTP status 503 \(attempt 2 of 3\)/);
      },
    ));
});

describe("a statement", () => {
  for (const first of [
    { status: 502 },
    { cut: {} },
    failing("NO_NODES_AVAILABLE", "INSUFFICIENT_RESOURCES"),
    failing("CLUSTER_OUT_OF_MEMORY", "INSUFFICIENT_RESOURCES"),
  ] as const) {
    it(`is sent again before it gave rows: ${JSON.stringify(first).slice(0, 50)}`, () =>
      asked([first, rows([1, 0, "a"])], async ({ session, server, notes }) => {
        assert.equal((await session.rows(sql`SELECT 1`)).length, 1);
        assert.deepEqual(server.statements(), ["SELECT 1", "SELECT 1"]);
        assert.equal(notes.length, 1);
      }));
  }

  it("that writes is sent again only where nothing of it can have been written", async () => {
    const written = async (errorName: string): Promise<number> => {
      const steps = [failing(errorName, "INSUFFICIENT_RESOURCES"), rows([1, 0, "a"])];
      return asked(steps, async ({ session, server }) => {
        await session.run(sql`INSERT INTO t SELECT 1`).catch(() => undefined);
        return server.statements().filter((each) => each.startsWith("INSERT")).length;
      });
    };
    assert.equal(await written("NO_NODES_AVAILABLE"), 2);
    assert.equal(await written("CLUSTER_OUT_OF_MEMORY"), 1);
    assert.equal(await written("REMOTE_TASK_ERROR"), 1);
  });

  it("is not sent again when it has given rows", async () => {
    const steps = [rows([1, 0, "a"]), failing("CLUSTER_OUT_OF_MEMORY", "INSUFFICIENT_RESOURCES")];
    assert.deepEqual(await told(steps), [["trino-memory", 5]]);
  });

  it("is ended at the server when whoever reads stops", () =>
    asked(
      [rows([1, 0, "a"]), rows([2, 0, "b"]), rows([3, 0, "c"])],
      async ({ session, server }) => {
        for await (const chunk of session.chunks(sql`SELECT 1`)) if (chunk.rows > 0) break;
        assert.equal(server.ended(), 1);
      },
    ));

  it("is ended at the server when it is interrupted, while a page is awaited", () =>
    asked([rows([1, 0, "a"]), { silent: true }], async ({ session, server }) => {
      const found = await problemsOf(async () => {
        try {
          for await (const chunk of session.chunks(sql`SELECT 1`)) {
            assert.equal(chunk.rows, 1);
            session.interrupt();
          }
        } catch (error) {
          failForTrino(error, []);
        }
      });
      assert.deepEqual(
        found.map(({ code }) => code),
        ["database-error"],
      );
      assert.equal(server.ended(), 1);
    }));

  it("is ended at the limit of its time", async () => {
    const found = await told([{ page: {} }, { silent: true }], sql`SELECT 1`, "time_limit=1");
    assert.deepEqual(found, [["trino-time-limit", 5]]);
  });

  it("that a server takes too long to answer is asked for again, then given up", async () => {
    const silent = { silent: true } as const;
    const found = await told([silent, silent], sql`SELECT 1`, "wait=1&attempts=2");
    assert.deepEqual(found, [["trino-connection-lost", 3]]);
  });

  it("goes to no other server than the one of the URL", async () => {
    const elsewhere = { raw: '{"id":"q","nextUri":"http://127.0.0.1:1/page/0/1"}' };
    assert.deepEqual(await told([elsewhere]), [["trino-protocol", 1]]);
  });
});

describe("rows of ours", () => {
  it("become a table in few statements, each under 1,000,000 characters", () =>
    asked([], async ({ session, server }) => {
      const codes = Array.from({ length: 100_000 }, (_, i) => [
        String(10_000_000 + i * 7),
        "o'n|e",
      ]);
      await session.upload({
        name: "codes",
        columns: { code: "text", category: "text" },
        rows: codes,
      });
      const statements = server.statements();
      assert.ok(statements.length <= 4, `${statements.length} statements`);
      assert.ok(statements.every(({ length }) => length < 1_000_000));
      const [made = "", ...filled] = statements;
      assert.equal(made, "CREATE TABLE codes (code VARCHAR, category VARCHAR)");
      assert.equal(filled.join("").split("o''n|e").length - 1, 100_000);
    }));
});
