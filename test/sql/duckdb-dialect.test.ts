import { after, before, describe } from "node:test";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { holdDialect } from "./hold-dialect.ts";
import type { Ask } from "./hold-dialect.ts";

describe("the dialect of DuckDB, in a real one", () => {
  let db: DuckDb;
  before(async () => {
    db = await openDuckDb();
  });
  after(() => {
    db.close();
  });
  const ask: Ask = async (query) => {
    const [row = {}] = await db.rows(query);
    return Object.values(row) as readonly (string | null)[];
  };
  holdDialect(() => ({ dialect: duckdb, ask, run: (statement) => db.run(statement) }));
});
