/** Tests that a day or a time is on a day from the first of two on, and up to the last; null where open. */
import type { IsoDate } from "../../base/dates.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

export type OnDays = (
  dateAndTime: Sql,
  first: IsoDate | null,
  last: IsoDate | null,
) => readonly Sql[];

/** For a database that looks through the making of a day. */
export function onDaysBy(dayOf: (dateAndTime: Sql) => Sql, day: (day: IsoDate) => Sql): OnDays {
  return (of, first, last) => [
    ...(first === null ? [] : [sql`${dayOf(of)} >= ${day(first)}`]),
    ...(last === null ? [] : [sql`${dayOf(of)} <= ${day(last)}`]),
  ];
}
