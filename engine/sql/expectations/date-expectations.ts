/** What is worked out with days. */
import { addDays, isoDateOf } from "../../base/dates.ts";
import type { IsoDate } from "../../base/dates.ts";
import type { DateFunction, DateOffset } from "../../definition/dates/date-expression.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { joinSql, sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { lines } from "./expected.ts";
import type { Line } from "./expected.ts";
import type { Expectations } from "./expected.ts";

type Shift = readonly [
  from: string,
  apply: DateFunction | null,
  offset: DateOffset | null,
  to: string | null,
];

/** A day, a function, an offset, and the day that comes out; null where it leaves the calendar. */
const shifts: readonly Shift[] = [
  ["2020-02-15", "first_day_of_month", null, "2020-02-01"],
  ["2020-02-15", "last_day_of_month", null, "2020-02-29"],
  ["2019-02-15", "last_day_of_month", null, "2019-02-28"],
  ["2020-12-31", "last_day_of_month", null, "2020-12-31"],
  ["2020-07-04", "first_day_of_year", null, "2020-01-01"],
  ["2020-07-04", "last_day_of_year", null, "2020-12-31"],
  ["2020-03-31", "first_day_of_nhs_financial_year", null, "2019-04-01"],
  ["2020-04-01", "first_day_of_nhs_financial_year", null, "2020-04-01"],
  ["2020-03-31", "last_day_of_nhs_financial_year", null, "2020-03-31"],
  ["2020-04-01", "last_day_of_nhs_financial_year", null, "2021-03-31"],
  ["2020-08-31", "first_day_of_school_year", null, "2019-09-01"],
  ["2020-09-01", "first_day_of_school_year", null, "2020-09-01"],
  ["2020-08-31", "last_day_of_school_year", null, "2020-08-31"],
  ["2020-09-01", "last_day_of_school_year", null, "2021-08-31"],
  ["2020-01-31", null, { amount: 1, unit: "months" }, "2020-02-29"],
  ["2019-01-31", null, { amount: 1, unit: "months" }, "2019-02-28"],
  ["2020-03-31", null, { amount: -1, unit: "months" }, "2020-02-29"],
  ["2020-05-31", null, { amount: 18, unit: "months" }, "2021-11-30"],
  ["2020-02-29", null, { amount: 1, unit: "years" }, "2021-02-28"],
  ["2020-02-29", null, { amount: 4, unit: "years" }, "2024-02-29"],
  ["2020-02-29", null, { amount: -1, unit: "years" }, "2019-02-28"],
  ["2020-02-28", null, { amount: 2, unit: "days" }, "2020-03-01"],
  ["2020-01-01", null, { amount: -1, unit: "days" }, "2019-12-31"],
  ["2020-01-15", "last_day_of_month", { amount: 1, unit: "months" }, "2020-02-29"],
  ["2020-05-15", "first_day_of_month", { amount: -1, unit: "days" }, "2020-04-30"],
  ["9999-12-31", null, { amount: 1, unit: "days" }, null],
  ["9999-12-31", null, { amount: 1, unit: "months" }, null],
  ["9999-12-31", null, { amount: 1, unit: "years" }, null],
  ["9999-12-31", "last_day_of_year", null, "9999-12-31"],
  ["9999-12-31", "last_day_of_school_year", null, null],
  ["9999-06-01", null, { amount: 6, unit: "months" }, "9999-12-01"],
  ["0001-01-01", null, { amount: -1, unit: "days" }, null],
  ["0001-01-31", null, { amount: -1, unit: "months" }, null],
  ["0001-06-01", "first_day_of_school_year", null, null],
  ["0001-01-01", "first_day_of_year", null, "0001-01-01"],
];

const births: readonly (readonly [born: string, at: string, years: string])[] = [
  ["2000-01-01", "2020-01-01", "20"],
  ["2000-01-02", "2020-01-01", "19"],
  ["2000-02-29", "2019-02-28", "19"],
  ["2000-02-29", "2019-02-27", "18"],
  ["2000-02-29", "2020-02-28", "19"],
  ["2000-02-29", "2020-02-29", "20"],
  ["2000-03-01", "2020-02-29", "19"],
  ["1900-01-01", "2020-06-01", "120"],
  ["2020-06-01", "2020-01-01", "-1"],
  ["2020-06-01", "2019-06-01", "-1"],
  ["2020-01-01", "2020-12-31", "0"],
];

const days = ["2020-01-01", "2020-02-29", "2021-01-01"].map(isoDateOf);

export const dateExpectations = {
  day: (d) =>
    lines(...["0001-01-01", "2020-02-29", "9999-12-31"].map((text): Line => [day(d, text), text])),
  dayOfNumber: (d) =>
    lines(
      [sql`(SELECT ${d.dayOfNumber(days, sql`q.k`)} FROM (SELECT 0 AS k) q)`, "2020-01-01"],
      [sql`(SELECT ${d.dayOfNumber(days, sql`q.k`)} FROM (SELECT 2 AS k) q)`, "2021-01-01"],
    ),
  dayOf: (d) =>
    lines(
      [d.dayOf(timeOf(d, "2020-02-29 00:00:00")), "2020-02-29"],
      [d.dayOf(timeOf(d, "2020-02-29 23:59:59.999")), "2020-02-29"],
      [d.dayOf(d.missing("datetime")), null],
    ),
  onDays: (d) => {
    const isOn = (at: string, first: string | null, last: string | null): Sql => {
      const of = at.includes(":") ? timeOf(d, at) : day(d, at);
      const tests = d.onDays(sql`q.x`, dayOrNone(first), dayOrNone(last));
      const all = joinSql([sql`q.x = q.x`, ...tests], " AND ");
      return sql`(SELECT count(*) FROM (SELECT ${of} AS x) q WHERE ${all})`;
    };
    return lines(
      [isOn("2020-02-01 00:00:00", "2020-02-01", "2020-02-29"), 1],
      [isOn("2020-02-29 23:59:59.999", "2020-02-01", "2020-02-29"), 1],
      [isOn("2020-01-31 23:59:59.999", "2020-02-01", "2020-02-29"), 0],
      [isOn("2020-03-01 00:00:00", "2020-02-01", "2020-02-29"), 0],
      [isOn("2020-02-29", "2020-02-01", "2020-02-29"), 1],
      [isOn("2020-03-01", "2020-02-01", "2020-02-29"), 0],
      [isOn("9999-12-31", "2020-02-01", null), 1],
      [isOn("9999-12-31", null, "9999-12-31"), 1],
      [isOn("0001-01-01", null, "2020-02-29"), 1],
      [isOn("2020-02-29 10:00:00", null, null), 1],
    );
  },
  shiftDate: (d) => {
    const offset = { amount: 1, unit: "months" } as const;
    const apply = "last_day_of_school_year";
    return lines(
      ...shifts.map(([from, by, more, to]): Line => [
        d.shiftDate(day(d, from), { apply: by, offset: more }),
        to,
      ]),
      [d.shiftDate(d.missing("date"), { apply: null, offset }), null],
      [d.shiftDate(d.missing("date"), { apply, offset: null }), null],
    );
  },
  year: (d) => lines([d.year(day(d, "0001-06-01")), 1], [d.year(day(d, "9999-12-31")), 9999]),
  completedYears: (d) =>
    lines(
      ...births.map(([from, to, years]): Line => [
        d.completedYears(day(d, from), day(d, to)),
        Number(years),
      ]),
      [d.completedYears(d.missing("date"), day(d, "2020-01-01")), null],
      [d.completedYears(day(d, "2020-01-01"), d.missing("date")), null],
    ),
  daysBefore: (d) => {
    const told = (at: Sql, included: boolean): Sql =>
      sql`(SELECT ${d.daysBefore(days, sql`q.x`, included)} FROM (SELECT ${at} AS x) q)`;
    const later = timeOf(d, "2020-02-29 00:00:01");
    return lines(
      ...(
        [
          ["0001-01-01", 0, 0],
          ["2020-01-01", 0, 1],
          ["2020-02-28", 1, 1],
          ["2020-02-29", 1, 2],
          ["2020-12-31", 2, 2],
          ["2021-01-01", 2, 3],
          ["9999-12-31", 3, 3],
        ] as const
      ).flatMap(([at, before, reached]): readonly Line[] => [
        [told(day(d, at), false), before],
        [told(day(d, at), true), reached],
      ]),
      [told(later, false), 2],
      [told(later, true), 2],
      [
        sql`(SELECT ${d.daysBefore(days.slice(0, 1), sql`q.x`, false)} FROM (SELECT ${later} AS x) q)`,
        1,
      ],
    );
  },
  daysBetween: (d) =>
    lines(
      [d.daysBetween(day(d, "2020-02-28"), day(d, "2020-03-01")), 2],
      [d.daysBetween(day(d, "2020-03-01"), day(d, "2020-02-28")), -2],
      [d.daysBetween(day(d, "0001-01-01"), day(d, "9999-12-31")), 3652058],
      [d.daysBetween(d.missing("date"), day(d, "2020-01-01")), null],
    ),
  shownDate: (d) =>
    lines(
      [d.shownDate(day(d, "0987-06-05"), "YYYY"), "0987"],
      [d.shownDate(day(d, "0987-06-05"), "YYYY-MM"), "0987-06"],
      [d.shownDate(day(d, "0987-06-05"), "YYYY-MM-DD"), "0987-06-05"],
      [d.shownDate(d.missing("date"), "YYYY-MM"), ""],
    ),
  rangeOfDay: (d) => {
    const first = isoDateOf("1990-01-01");
    const long = { first, last: addDays(first, 10_499), values: [3] };
    const short = { first: addDays(first, 10_600), last: addDays(first, 10_600), values: [4] };
    const at = (on: IsoDate, ranges = [long, short]): Sql => {
      const { query, on: joined } = d.rangeOfDay(ranges, ["n"], sql`q.x`);
      return sql`(SELECT max(w.n) FROM (SELECT ${d.day(on)} AS x) q JOIN (${query}) w ON ${joined})`;
    };
    return lines(
      [at(first), 3],
      [at(addDays(first, 9_000)), 3],
      [at(addDays(first, 10_499)), 3],
      [at(addDays(first, 10_500)), null],
      [at(addDays(first, 10_600)), 4],
      [at(first, []), null],
    );
  },
} as const satisfies Partial<Expectations>;

/** The earlier of it and none. */
export function timeOf(d: Dialect, value: string): Sql {
  const of = [{ kind: "text", value }, { kind: "missing" }] as const;
  return d.source({ kind: "earlier", of }, () => sql``);
}

function dayOrNone(text: string | null): IsoDate | null {
  return text === null ? null : isoDateOf(text);
}

function day(d: Dialect, text: string): Sql {
  return d.day(isoDateOf(text));
}
