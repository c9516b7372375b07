import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { failForTrino } from "../../engine/backend/trino/trino-problem.ts";
import { askServer } from "../../engine/backend/trino/ask-server.ts";
import { trinoSession } from "../../engine/backend/trino/trino-session.ts";
import { parseTrinoUrl } from "../../engine/backend/trino/trino-url.ts";
import type { Session } from "../../engine/backend/database/session.ts";
import { literal, sql, word } from "../../engine/text/sql.ts";
import { problemsOf } from "../table/problem-of.ts";
import { withTrinoServer } from "./trino-server.ts";
import type { ScriptedServer, Step } from "./trino-server.ts";

const columns = [
  { name: "id", type: "bigint" },
  { name: "value", type: "double" },
  { name: "called", type: "varchar" },
];
const rows = (...data: readonly (readonly unknown[])[]): Step => ({ page: { columns, data } });
const failing = (errorName: string, errorType: string, message = "SECRET-VALUE"): Step => ({
  error: { errorName, errorType, message },
});

interface Seen {
  readonly session: Session;
  readonly server: ScriptedServer;
  readonly notes: readonly string[];
}

/** A session with a server that answers every statement by these steps. */
async function asked<T>(
  steps: readonly Step[],
  act: (seen: Seen) => Promise<T>,
  options = "attempts=3",
): Promise<T> {
  return withTrinoServer(
    () => steps,
    async (server) => {
      const notes: string[] = [];
      const url = parseTrinoUrl(`trino://me@127.0.0.1:${server.port}/hive/records?${options}`);
      const { asking, close } = askServer(
        url,
        { environment: {}, workspace: "." },
        (text) => void notes.push(text),
      );
      const patience = { ...asking.patience, firstWait: 2, longestWait: 4 };
      const session = trinoSession({
        asking: { ...asking, patience },
        secondsAtMost: url.secondsAtMost,
        keptTable: word,
        text: literal,
        close: () => Promise.resolve(close()),
      });
      return act({ session, server, notes }).finally(() => session.close());
    },
  );
}

async function told(steps: readonly Step[], statement = sql`SELECT 1`, options?: string) {
  const found = await asked(
    steps,
    ({ session }) =>
      problemsOf(() =>
        session.rows(statement).catch((error: unknown) => failForTrino(error, ["a"])),
      ),
    options,
  );
  assert.ok(!JSON.stringify(found).includes("SECRET"));
  return found.map(({ code, exitCode }) => [code, exitCode]);
}

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
