/** Holds a dialect to the table of expectations, in a database that answers. */
import assert from "node:assert/strict";
import { it } from "node:test";
import type { Dialect } from "../../engine/sql/dialects/dialect.ts";
import { joinSql, sql, word } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";
import { expectations } from "../../engine/sql/expectations/expectations.ts";
import type { Expectations } from "../../engine/sql/expectations/expected.ts";
import type { Expectation, Expected } from "../../engine/sql/expectations/expected.ts";

/** The values of the one row of a query. */
export type Ask = (query: Sql) => Promise<readonly (string | number | null)[]>;

export interface Held {
  readonly dialect: Dialect;
  readonly ask: Ask;
  readonly run: (statement: Sql) => Promise<void>;
  /** How a value is asked for; as a text if not given. */
  readonly shown?: (of: Sql) => Sql;
}

const asText = (of: Sql): Sql => sql`CAST(${of} AS VARCHAR)`;

export function holdDialect(held: () => Held): void {
  for (const member of Object.keys(expectations) as readonly (keyof Expectations)[]) {
    it(`means by ${member} what the table says`, async () => {
      const { dialect, ...database } = held();
      await holdMember(expectations[member](dialect), database);
    });
  }
}

async function holdMember(
  { before = [], lines, after = [], stops = [] }: Expectation,
  { ask, run, shown = asText }: Omit<Held, "dialect">,
): Promise<void> {
  for (const statement of before) await run(statement);
  try {
    const columns = lines.map(([of], i) => sql`${shown(of)} AS ${word(`v${i}`)}`);
    const found = lines.length === 0 ? [] : await ask(sql`SELECT ${joinSql(columns, ", ")}`);
    const told = lines.map(([of, value], i) => [String(of), comparable(found[i] ?? null, value)]);
    assert.deepEqual(
      told,
      lines.map(([of, value]) => [String(of), value]),
    );
    for (const [query, text] of stops) {
      await assert.rejects(
        ask(query),
        (error: Error) => error.message.includes(text),
        String(query),
      );
    }
  } finally {
    for (const statement of after) await run(statement);
  }
}

/** Numbers are written in many ways; no zero has a sign. */
function comparable(found: string | number | null, expected: Expected): Expected {
  if (found === null) return null;
  return typeof expected === "number" ? Number(found) + 0 : String(found);
}
