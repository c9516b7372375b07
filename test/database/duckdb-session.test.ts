import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { DuckDbError } from "../../engine/duckdb/duckdb-error.ts";
import { joinSql, sql, trustedSql } from "../../engine/text/sql.ts";

describe("every session of DuckDB", () => {
  for (const reach of [undefined, ["/nowhere/"]]) {
    it(`loads nothing from outside and keeps its settings, ${reach === undefined ? "with all files" : "kept to folders"}`, async () => {
      const db = await openDuckDb(reach === undefined ? {} : { reach });
      try {
        for (const statement of [
          "INSTALL httpfs",
          "LOAD httpfs",
          "SET TimeZone = 'Asia/Tokyo'",
          "SET enable_external_access = true",
          "SET allowed_directories = ['/']",
          "SET autoinstall_known_extensions = true",
          "FROM read_parquet('http://127.0.0.1:9/a.parquet')",
          "FROM 's3://bucket/a.parquet'",
        ]) {
          await assert.rejects(db.run(trustedSql(statement)), DuckDbError, statement);
        }
        if (reach !== undefined) {
          await assert.rejects(db.run(sql`FROM read_text('/etc/passwd')`), { kind: "Permission" });
          await assert.rejects(db.run(sql`COPY (SELECT 1) TO '/tmp/x.csv'`), {
            kind: "Permission",
          });
          await assert.rejects(db.run(sql`ATTACH '/tmp/x.duckdb'`), { kind: "Permission" });
        }
      } finally {
        db.close();
      }
    });
  }

  it("gives every text as it is, one that begins with a byte order mark too", async () => {
    const db = await openDuckDb();
    try {
      const texts = [
        "\ufeffabc",
        "\ufeff\ufeff",
        "a\ufeff",
        "\ufeffa text that is longer",
        "\ufeff\0",
      ];
      const rows = await db.rows(
        sql`SELECT * FROM (VALUES ${joinSql(
          texts.map((each) => sql`(${each})`),
          ", ",
        )}) v(word)`,
      );
      assert.deepEqual(
        rows.map(({ word }) => word),
        texts,
      );
      const chunks: unknown[] = [];
      for await (const chunk of db.chunks(sql`SELECT '\ufeffx' AS word`))
        chunks.push(...chunk.values(0));
      assert.deepEqual(chunks, ["\ufeffx"]);
    } finally {
      db.close();
    }
  });
});
