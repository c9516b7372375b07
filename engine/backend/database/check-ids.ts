/** Ids that are hashes, of which no two may become the same number. */
import { columnsOf, hashedIds } from "../../schema/provision.ts";
import { sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { fail } from "../problems.ts";
import type { Records } from "./records.ts";

/** Equal but for letter case are equal: digits of a hash have none. Problem: patient-ids-collide. */
export async function checkIds({ session, dialect, provider }: Records): Promise<void> {
  const hashed = hashedIds(provider);
  if (hashed === null) return;
  const { selection, of } = hashed;
  const column = (alias: string, name: string): Sql =>
    sql`${word(alias)}.${dialect.quoteName(name)}`;
  const text = dialect.fold(dialect.source(of, column));
  const number = dialect.source({ kind: "number-in-hex", of }, column);
  const from = sql`${dialect.recordTable(selection.table)} ${word(selection.alias)}`;
  const twice = sql`SELECT ${number} AS id FROM ${from} GROUP BY ${number} HAVING min(${text}) <> max(${text})`;
  const [row] = await session.rows(sql`SELECT count(*) AS n FROM (${twice}) t`);
  const count = Number(row?.["n"]);
  const [, name = ""] = columnsOf(of)[0] ?? [];
  if (count > 0) fail("patient-ids-collide", { count, table: selection.table, column: name });
}
