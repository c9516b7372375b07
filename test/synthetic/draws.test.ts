import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import { drawsFor } from "../../engine/synthetic/draws.ts";
import { listOf, numberOf } from "./made-database.ts";
import { sql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

const KEYS = 100_000;
const draws = drawsFor("seed", "table");

describe("draws", () => {
  let db: DuckDb;
  const over = (expression: Sql): Promise<number> =>
    numberOf(db, sql`SELECT ${expression} FROM range(${KEYS})`);

  before(async () => {
    db = await openDuckDb();
  });
  after(() => {
    db.close();
  });

  it("fill every hundredth of the range evenly", async () => {
    const counts = await listOf(
      db,
      sql`SELECT count(*)::INTEGER FROM range(${KEYS}) GROUP BY floor(100 * ${draws.uniform("u", sql`range`)})`,
    );
    assert.equal(counts.length, 100);
    // Chi-square with 99 degrees of freedom stays below 149 but once in a thousand.
    const chi = counts.reduce<number>(
      (sum, count) => sum + (Number(count) - KEYS / 100) ** 2 / (KEYS / 100),
      0,
    );
    assert.ok(chi < 149, String(chi));
  });

  it("do not follow each other for neighbouring keys, other words, tables or seeds", async () => {
    const own = draws.uniform("u", sql`range`);
    const others = [
      draws.uniform("u", sql`range + 1`),
      draws.uniform("v", sql`range`),
      drawsFor("seed", "elsewhere").uniform("u", sql`range`),
      drawsFor("other", "table").uniform("u", sql`range`),
    ];
    for (const other of others) {
      const correlation = await over(sql`corr(${own}, ${other})`);
      // Five standard errors.
      assert.ok(Math.abs(correlation) < 5 / Math.sqrt(KEYS), String(correlation));
    }
  });

  it("come true as often as asked", async () => {
    const often = await over(sql`avg(${draws.chance("c", sql`range`, 0.2)}::INTEGER)`);
    assert.ok(Math.abs(often - 0.2) < 5 * Math.sqrt((0.2 * 0.8) / KEYS), String(often));
  });

  it("stay below their bound and reach zero and the last", async () => {
    const below = draws.below("b", sql`range`, 7);
    assert.equal(await over(sql`min(${below})`), 0);
    assert.equal(await over(sql`max(${below})`), 6);
  });

  it("choose a text twice as often that stands there twice", async () => {
    const chosen = draws.oneOf("o", sql`range`, ["it's", "it's", "not"]);
    const often = await over(sql`avg((${chosen} = 'it''s')::INTEGER)`);
    assert.ok(Math.abs(often - 2 / 3) < 5 * Math.sqrt(2 / 9 / KEYS), String(often));
  });

  it("are bell-shaped or skewed with the mean and spread promised", async () => {
    const bell = draws.bell("n", sql`range`);
    assert.ok(Math.abs(await over(sql`avg(${bell})`)) < 0.02);
    assert.ok(Math.abs((await over(sql`stddev(${bell})`)) - 1) < 0.02);
    assert.ok((await over(sql`max(abs(${bell}))`)) <= 3.5);
    assert.ok(Math.abs((await over(sql`avg(${draws.skewed("s", sql`range`)})`)) - 1) < 0.02);
  });
});
