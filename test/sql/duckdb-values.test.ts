import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { hostileNames, hostileTexts } from "../../fixtures/hostile-texts.ts";
import { asked } from "./asked.ts";
import { joinSql, sql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

const { text, integer, float } = duckdb;

describe("any text in DuckDB", () => {
  it("comes back as it is, whatever characters are in it", async () => {
    const db = await openDuckDb();
    try {
      for (const value of hostileTexts) {
        const [row] = await db.rows(sql`SELECT ${text(value)} AS v, 1 AS still`);
        assert.deepEqual(row, { v: value, still: 1 });
      }
    } finally {
      db.close();
    }
  });

  it("can be the name of a column", async () => {
    const db = await openDuckDb();
    try {
      for (const name of hostileNames) {
        const [row] = await db.rows(sql`SELECT 7 AS ${duckdb.quoteName(name)}, 1 AS still`);
        assert.deepEqual(row, { [name]: 7, still: 1 });
      }
    } finally {
      db.close();
    }
  });

  it("can be told when a run stops for it, and nothing else is", async () => {
    const db = await openDuckDb();
    try {
      for (const message of hostileNames) {
        const stopping = sql`SELECT ${duckdb.orStop(sql`1`, sql`x`, message)} AS v FROM (SELECT 0 AS x) t`;
        await assert.rejects(db.rows(stopping), (error: Error) => error.message.includes(message));
      }
    } finally {
      db.close();
    }
  });
});

function afterBreak(searched: string, code: string): Sql {
  const table = sql`(SELECT ${code} AS code, '' AS category)`;
  const areWords = /^[a-z0-9]+$/.test(code);
  return duckdb.codeAfterBreak(text(searched), { table, lengths: [code.length], areWords });
}

type Line = readonly [of: Sql, value: string | null];

async function holds(lines: readonly Line[]): Promise<void> {
  const found = await asked(...lines.map(([of]) => of));
  assert.deepEqual(
    found.map((value, i) => [lines[i]?.[0], value]),
    lines,
  );
}

describe("text in DuckDB", () => {
  it("is folded: letter case and trailing spaces do not count, other space does", () =>
    holds([
      [duckdb.fold(text("ABC  ")), "abc"],
      [duckdb.fold(text("  aBc")), "  abc"],
      [duckdb.fold(text("a\t")), "a\t"],
      [duckdb.fold(text("ÄÖÜ É")), "äöü é"],
      [duckdb.fold(text("   ")), ""],
      [duckdb.fold(sql`NULL`), null],
    ]));

  it("is compared with its beginning and its length in characters", () =>
    holds([
      [duckdb.leading(text("J45.9"), 3), "J45"],
      [duckdb.leading(text("J4"), 3), "J4"],
      [duckdb.length(text("Zürich")), "6"],
      [duckdb.length(text("")), "0"],
    ]));

  it("is searched for a part as it stands: no character of the part is a wildcard", () =>
    holds([
      [duckdb.contains(text("foobar"), text("ob")), "true"],
      [duckdb.contains(text("foobar"), text("f%r")), "false"],
      [duckdb.contains(text("foobar"), text("f_o")), "false"],
      [duckdb.contains(text("a[]!%_^b"), text("[]!%_^")), "true"],
    ]));

  it("holds a part after a break where what stands before it is neither letter nor digit", () =>
    holds([
      [afterBreak("||j459||i10", "i10"), "true"],
      [afterBreak("||j459,i10", "i1"), "true"],
      [afterBreak("||xi10", "i10"), "false"],
      [afterBreak("i10", "i10"), "false"],
      [afterBreak("||i.0", "i.0"), "true"],
      [afterBreak("||i10", "i.0"), "false"],
    ]));
});

describe("a number in DuckDB", () => {
  it("is rounded half away from zero", () =>
    holds([
      [duckdb.rounded(float(0.5), 0), "1.0"],
      [duckdb.rounded(float(1.5), 0), "2.0"],
      [duckdb.rounded(float(2.5), 0), "3.0"],
      [duckdb.rounded(float(-0.5), 0), "-1.0"],
      [duckdb.rounded(float(-2.5), 0), "-3.0"],
      [duckdb.rounded(float(24.25), 1), "24.3"],
      [duckdb.rounded(float(24.24), 1), "24.2"],
      [duckdb.rounded(sql`NULL`, 1), null],
    ]));

  it("of 32 bits is the decimal that it prints as", () =>
    holds([
      [duckdb.decimal(sql`CAST(27.9 AS REAL)`), "27.9"],
      [duckdb.decimal(sql`CAST(0.1 AS REAL)`), "0.1"],
      [duckdb.decimal(sql`CAST(16777216 AS REAL)`), "16777216.0"],
      [duckdb.decimal(sql`CAST(1e20 AS REAL)`), "1e+20"],
      [duckdb.decimal(sql`CAST(-1.5 AS REAL)`), "-1.5"],
      [duckdb.decimal(sql`CAST(NULL AS REAL)`), null],
    ]));

  it("that is whole is divided without the remainder, towards zero", () =>
    holds([
      [duckdb.integerQuotient(integer(7), integer(2)), "3"],
      [duckdb.integerQuotient(integer(-7), integer(2)), "-3"],
      [duckdb.integerQuotient(integer(7), integer(-2)), "-3"],
      [duckdb.integerQuotient(float(7), integer(2)), "3"],
      [duckdb.floatQuotient(integer(7), integer(2)), "3.5"],
    ]));

  it("stops the run where it divides by zero, and only there", async () => {
    const guarded = duckdb.orStop(duckdb.integerQuotient(sql`6`, sql`x`), sql`x`, "here");
    await holds([[sql`(SELECT ${guarded} FROM (SELECT 3 AS x) t)`, "2"]]);
    await holds([[sql`(SELECT max(${guarded}) FROM (SELECT 3 AS x) t WHERE x = 0)`, null]]);
  });

  it("is added up to the same sum in whatever order", async () => {
    const numbers = [sql`0.1`, sql`0.2`, sql`0.3`, sql`1e10`, sql`-1e10`];
    const sum = (values: readonly Sql[]): Sql => {
      const rows = joinSql(
        values.map((value) => sql`(CAST(${value} AS DOUBLE))`),
        ", ",
      );
      return sql`(SELECT ${duckdb.asNumber(duckdb.decimalSum(sql`x`))} FROM (VALUES ${rows}) v(x))`;
    };
    await holds([
      [sum(numbers), "0.6"],
      [sum([...numbers].reverse()), "0.6"],
    ]);
  });

  it("is the least or greatest of those that are there", () =>
    holds([
      [duckdb.extreme("least", [sql`NULL`, sql`3`, sql`1`]), "1"],
      [duckdb.extreme("greatest", [sql`NULL`, sql`3`, sql`1`]), "3"],
      [duckdb.extreme("least", [sql`NULL`, sql`NULL`]), null],
      [duckdb.extreme("greatest", [text("Z"), text("a")]), "a"],
    ]));
});

describe("a lot in DuckDB", () => {
  it("is the same for a patient and a text always, and between 0 and 100", async () => {
    // 2020 of md5("a:1") and so on, computed with md5sum and bc.
    await holds([
      [duckdb.lot(sql`1`, "a"), await lotByHand("a:1")],
      [duckdb.lot(sql`1`, "o'b\"]"), await lotByHand("o'b\"]:1")],
      [duckdb.lot(sql`CAST(23 AS BIGINT)`, "a"), await lotByHand("a:23")],
    ]);
  });
});

async function lotByHand(text: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  const digits = createHash("md5").update(text).digest("hex").slice(0, 8);
  return String((Number.parseInt(digits, 16) * 100) / 2 ** 32);
}

describe("the row that DuckDB picks", () => {
  const rows = sql`(VALUES (DATE '2020-01-02', 2, 'b'), (DATE '2020-01-02', 1, 'a'), (DATE '2020-01-01', 9, 'c'), (NULL, 5, 'd')) v(d, id, x)`;
  const date = (descending: boolean) => ({ of: sql`d`, descending, holds: "date" }) as const;
  const id = { of: sql`id`, descending: false, holds: "id" } as const;
  const picked = (order: Parameters<typeof duckdb.picks.pick>[1], when: Sql | null = null): Sql =>
    sql`(SELECT ${duckdb.picks.member(duckdb.picks.pick({ "the x": sql`x` }, order, when), "the x")} FROM ${rows})`;

  it("is the latest, of one moment the lowest id; a missing date is the earliest of all", () =>
    holds([
      [picked([date(true), id]), "a"],
      [picked([date(false), id]), "d"],
      [picked([date(false), id], sql`d IS NOT NULL`), "c"],
      [picked([date(true), { of: sql`x`, descending: true, holds: "other" }]), "b"],
      [picked([{ of: sql`x`, descending: true, holds: "other" }]), "d"],
      [picked([date(true), id], sql`x = 'none'`), null],
    ]));
});

describe("text of a source in DuckDB", () => {
  const of = (value: string) => ({ kind: "text", value }) as const;
  const source = (given: Parameters<typeof duckdb.source>[0]): Sql =>
    duckdb.source(given, () => sql``);

  it("becomes what the provision says", () =>
    holds([
      [source({ kind: "day-in-text", of: of("2021-12-16 10:11:12"), layout: "iso" }), "2021-12-16"],
      [source({ kind: "day-in-text", of: of("16/12/2021"), layout: "day-first" }), "2021-12-16"],
      [source({ kind: "number-in-text", of: of("12") }), "12.0"],
      [source({ kind: "unless", of: of("NA"), texts: ["", "NA"] }), null],
      [source({ kind: "unless", of: of("5"), texts: ["", "NA"] }), "5"],
      [
        source({
          kind: "replaced",
          of: of("a and b's"),
          pairs: [
            [" and ", ","],
            ["'", ""],
          ],
        }),
        "a,bs",
      ],
      [source({ kind: "trimmed", of: of("  a b ") }), "a b"],
      [
        source({
          kind: "joined",
          of: [of("a"), of(""), { kind: "missing" }, of("b")],
          between: ",",
        }),
        "a,b",
      ],
      [source({ kind: "renamed", of: of("Y"), names: [["Y", "yes"]], others: "empty" }), "yes"],
      [source({ kind: "renamed", of: of("Q"), names: [["Y", "yes"]], others: "empty" }), ""],
      [source({ kind: "renamed", of: of("Q"), names: [["Y", "yes"]], others: "kept" }), "Q"],
      [
        source({ kind: "earlier", of: [{ kind: "missing" }, of("2020-03-01")] }),
        "2020-03-01 00:00:00",
      ],
      [
        source({ kind: "earlier", of: [of("2020-03-02"), of("2020-03-01")] }),
        "2020-03-01 00:00:00",
      ],
    ]));
});
