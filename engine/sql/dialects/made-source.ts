/** Values that are made of others in the same way in every dialect, of what each says by itself. */
import { addDays, isoDateOf } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import { unreachable } from "../../base/problems.ts";
import type { MadeSource, Source } from "../../schema/provision.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";

/** What dialects say each in their own way. */
export interface Making {
  readonly text: (value: string) => Sql;
  readonly number: (value: number) => Sql;
  readonly day: (of: IsoDate) => Sql;
  /** The calendar day of a time. */
  readonly dayOf: (of: Sql) => Sql;
  /** A day or a time as a time. */
  readonly timeOf: (of: Sql) => Sql;
  /** Of a year from 1 to 9998 and a month from 1 to 12. */
  readonly firstOfMonth: (year: Sql, month: Sql) => Sql;
  readonly lastOfMonth: (day: Sql) => Sql;
  readonly addDays: (day: Sql, days: Sql) => Sql;
  readonly daysBetween: (from: Sql, to: Sql) => Sql;
  /** A number as the decimal that it prints as. */
  readonly decimal: (of: Sql) => Sql;
  readonly float: (value: number) => Sql;
}

type Inner = (of: Source) => Sql;

export function madeSource(of: MadeSource, inner: Inner, making: Making): Sql {
  switch (of.kind) {
    case "number":
      return making.number(of.value);
    case "first-of":
      return sql`coalesce(${joinSql(of.of.map(inner), ", ")})`;
    case "when": {
      const values = of.in.map((each) =>
        typeof each === "string" ? making.text(each) : making.number(each),
      );
      return sql`CASE WHEN ${inner(of.is)} IN (${joinSql(values, ", ")}) THEN ${inner(of.of)} END`;
    }
    case "day-from":
      return dayFrom(inner(of.year), inner(of.month), inner(of.day), making);
    case "day-of":
      return making.dayOf(inner(of.of));
    case "timed": {
      const [day, time] = [inner(of.day), inner(of.time)];
      return sql`CASE WHEN ${making.dayOf(time)} = ${day} THEN ${making.timeOf(time)} ELSE ${making.timeOf(day)} END`;
    }
    case "days-later": {
      const day = inner(of.of);
      const last = making.day(addDays(LAST_DAY, -of.days));
      return sql`CASE WHEN ${day} <= ${last} THEN ${making.addDays(day, sql`${of.days}`)} ELSE ${day} END`;
    }
    case "days-between":
      return making.daysBetween(inner(of.from), inner(of.to));
    case "scaled":
      return scaled(of, inner, making);
    case "unless-day": {
      const value = inner(of.of);
      return unless(value, making.dayOf(value), of.days.map(making.day));
    }
    case "unless-number": {
      const value = inner(of.of);
      return unless(value, value, of.numbers.map(making.number));
    }
    default:
      return unreachable(of);
  }
}

function unless(value: Sql, is: Sql, one: readonly Sql[]): Sql {
  return sql`CASE WHEN ${is} NOT IN (${joinSql(one, ", ")}) THEN ${value} END`;
}

const LAST_DAY = isoDateOf("9999-12-31");

function dayFrom(year: Sql, month: Sql, day: Sql, making: Making): Sql {
  const first = making.firstOfMonth(year, month);
  const last = making.lastOfMonth(first);
  const later = making.addDays(first, sql`(${day} - 1)`);
  const isDay = sql`${year} BETWEEN 1 AND 9998 AND ${month} BETWEEN 1 AND 12`;
  const tooLate = sql`WHEN ${day} > 27 AND (${day} > 31 OR ${later} > ${last}) THEN ${last}`;
  const within = sql`CASE ${tooLate} WHEN ${day} > 1 THEN ${later} ELSE ${first} END`;
  return sql`CASE WHEN ${isDay} THEN ${within} END`;
}

function scaled(of: Extract<MadeSource, { kind: "scaled" }>, inner: Inner, making: Making): Sql {
  const value = making.decimal(inner(of.of));
  const cases = of.factors.map(([unit, factor]) => {
    const times = factor === 1 ? value : sql`${value} * ${making.float(factor)}`;
    return sql`WHEN ${making.number(unit)} THEN ${times}`;
  });
  return sql`CASE ${inner(of.unit)} ${joinSql(cases, " ")} END`;
}
