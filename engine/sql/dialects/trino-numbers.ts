/** Numbers as Trino works them out. */
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/**
 * With the fewest digits that tell it, up to nine. A cast to text says seven, or in a server of 2022 more than are
 * needed.
 */
export function decimal(of: Sql): Sql {
  const digits = (more: Sql): Sql => sql`CAST(format(${more}, CAST(${of} AS DOUBLE)) AS DOUBLE)`;
  const [seven, eight] = [digits(sql`'%.6e'`), digits(sql`'%.7e'`)];
  const is = (shown: Sql): Sql => sql`CAST(${shown} AS REAL) = ${of}`;
  return sql`CASE WHEN ${of} IS NULL THEN NULL WHEN ${is(seven)} THEN ${seven} WHEN ${is(eight)} THEN ${eight} ELSE ${digits(sql`'%.8e'`)} END`;
}
