/** An aggregate that adds numbers up in an order, with compensation (Kahan): PostgreSQL has none, so it is made where tables are. */
import type { PostgresqlPlaces } from "../../sql/dialects/postgresql.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Transaction } from "./transaction.ts";

export interface AddingAggregate {
  readonly name: Sql;
  /** Makes it before the first statement that has it. */
  readonly make: (statement: Sql, transaction: Pick<Transaction, "query">) => Promise<void>;
}

/** Functions are told apart from tables, so that they may be called as tables are. */
export function addingAggregate({
  keptTable,
}: Pick<PostgresqlPlaces, "keptTable">): AddingAggregate {
  const [add, total, name] = ["adds", "total", "sum_in_order"].map(keptTable) as [Sql, Sql, Sql];
  const slipped = sql`(x - s[2])`;
  const next = sql`(s[1] + ${slipped})`;
  const body = sql`SELECT ARRAY[${next}, (${next} - s[1]) - ${slipped}]`;
  const statements = [
    sql`CREATE FUNCTION ${add}(s float8[], x float8) RETURNS float8[] LANGUAGE sql IMMUTABLE STRICT AS ${String(body)}`,
    sql`CREATE FUNCTION ${total}(s float8[]) RETURNS float8 LANGUAGE sql IMMUTABLE STRICT AS 'SELECT s[1]'`,
    sql`CREATE AGGREGATE ${name}(float8) (SFUNC = ${add}, STYPE = float8[], INITCOND = '{0,0}', FINALFUNC = ${total})`,
  ];
  let made: Promise<unknown> | null = null;
  return {
    name,
    make: async (statement, { query }) => {
      if (!String(statement).includes(`${String(name)}(`)) return;
      await (made ??= query(statements.map(String).join(";\n")));
    },
  };
}
