/** The chosen row of a group, as Trino holds it. */
import type { OrderedBy, Picks } from "./dialect.ts";
import { joinSql, sql, word } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export const trinoPicks: Picks = {
  kind: "rows",
  pick,
  // Parts of a row have no names unless it is cast to a type that tells all of theirs.
  member: (picked, field, fields) => sql`${picked}[${fields.indexOf(field) + 1}]`,
  carried: (value, window, end) =>
    sql`${word(`${end}_value`)}(${value}) IGNORE NULLS OVER ${window}`,
};

export function filtered(call: Sql, when: Sql | null): Sql {
  return when === null ? call : sql`${call} FILTER (WHERE ${when})`;
}

export function ordered(of: Sql, descending: boolean): Sql {
  return sql`${of} ${descending ? sql`DESC NULLS LAST` : sql`ASC NULLS FIRST`}`;
}

/** max_by() passes over a row whose key is missing, so an undated row is told to be the earliest of all. */
function pick(
  fields: Readonly<Record<string, Sql>>,
  order: readonly OrderedBy[],
  when: Sql | null,
): Sql {
  const members = Object.values(fields);
  const row = sql`ROW(${members.length === 0 ? sql`0` : joinSql(members, ", ")})`;
  const [date, id, ...more] = order;
  const isKeyed =
    date?.holds === "date" && more.length === 0 && (id === undefined || isAscendingId(id));
  if (isKeyed) {
    const time = sql`coalesce(CAST(${date.of} AS TIMESTAMP(6)), TIMESTAMP '-4000-01-01 00:00:00.000000')`;
    const sign = date.descending ? sql`-` : sql``;
    const key = id === undefined ? time : sql`ROW(${time}, ${sign}${id.of})`;
    return filtered(sql`${date.descending ? sql`max_by` : sql`min_by`}(${row}, ${key})`, when);
  }
  const by = order.map(({ of, descending }) => ordered(of, descending));
  const sorted = by.length === 0 ? sql`` : sql` ORDER BY ${joinSql(by, ", ")}`;
  return sql`element_at(${filtered(sql`array_agg(${row}${sorted})`, when)}, 1)`;
}

function isAscendingId({ holds, descending }: OrderedBy): boolean {
  return holds === "id" && !descending;
}
