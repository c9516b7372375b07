import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { hostileNames } from "../../fixtures/hostile-texts.ts";
import { quoteName, quoteText, quoteTexts } from "../../engine/synthetic/quote.ts";

describe("quoting", () => {
  it("gives back every text as it was", async () => {
    const db = await openDuckDb();
    const isKept = async (text: string): Promise<void> => {
      const [row] = await db.rows(
        `SELECT ${quoteText(text)} AS t, ${quoteTexts([text, "x"])} AS l`,
      );
      assert.equal(row?.["t"], text);
      assert.deepEqual(row["l"], [text, "x"]);
    };
    for (const text of ["", ...hostileNames]) await isKept(text);
    const texts = fc.string({ unit: "grapheme" }).filter((text) => !text.includes("\0"));
    await fc.assert(fc.asyncProperty(texts, isKept), { numRuns: 100 });
    db.close();
  });

  it("names a column by whatever is in it", async () => {
    const db = await openDuckDb();
    for (const name of hostileNames) {
      const [row] = await db.rows(`SELECT 1 AS ${quoteName(name)}`);
      assert.deepEqual(Object.keys(row ?? {}), [name]);
    }
    db.close();
  });
});
