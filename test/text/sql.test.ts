import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { hostileNames, hostileTexts } from "../../engine/sql/expectations/hostile-texts.ts";
import {
  distinctSql,
  identifier,
  joinSql,
  literal,
  sql,
  trustedSql,
  word,
} from "../../engine/text/sql.ts";

describe("SQL made from pieces", () => {
  it("gives back every text as it was, also one with a NUL", async () => {
    const db = await openDuckDb();
    const isKept = async (text: string): Promise<void> => {
      const [row] = await db.rows(sql`SELECT ${text} AS t, ${literal(text)} AS again, 1 AS still`);
      assert.deepEqual(row, { t: text, again: text, still: 1 });
    };
    for (const text of hostileTexts) await isKept(text);
    await fc.assert(fc.asyncProperty(fc.string({ unit: "grapheme" }), isKept), { numRuns: 100 });
    db.close();
  });

  it("names a column by whatever is in it", async () => {
    const db = await openDuckDb();
    for (const name of hostileNames) {
      const [row] = await db.rows(sql`SELECT 1 AS ${identifier(name)}`);
      assert.deepEqual(Object.keys(row ?? {}), [name]);
    }
    assert.equal(identifier("a\0b").toString(), '"a\u2400b"');
    db.close();
  });

  it("takes SQL as it is, numbers as numbers and every text as a value", () => {
    const cases = [
      [sql`SELECT ${sql`a + ${1}`}`, "SELECT a + 1"],
      [sql`${-0.5} ${12n}`, "-0.5 12"],
      [sql`x = ${"1 OR 1 = 1"}`, "x = '1 OR 1 = 1'"],
      [joinSql([sql`a`, sql`b`], ", "), "a, b"],
      [joinSql(distinctSql([sql`b`, sql`a`, sql`b`]), " OR "), "b OR a"],
      [sql`${word("t_1")}.k`, "t_1.k"],
      [trustedSql("SELECT 1"), "SELECT 1"],
    ] as const;
    for (const [made, text] of cases) assert.equal(made.toString(), text);
  });

  it("refuses a name that would need quotes, and a number that is none", () => {
    for (const name of ["", "a b", "1a", "a;b", 'a"b', "a.b", "ä"]) {
      assert.throws(() => word(name), /not a plain SQL name/);
    }
    for (const number of [NaN, Infinity]) assert.throws(() => sql`${number}`, /finite/);
  });
});
