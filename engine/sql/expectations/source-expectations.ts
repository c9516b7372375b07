/** What columns of records become. */
import { isoDateOf } from "../../base/dates.ts";
import type { Dialect } from "../dialects/dialect.ts";
import type { ReadText, Source } from "../../schema/provision.ts";
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import { timeOf } from "./date-expectations.ts";
import { lines } from "./expected.ts";
import type { Line } from "./expected.ts";
import type { Expectations } from "./expected.ts";

const of = (value: string) => ({ kind: "text", value }) as const;
const missing = { kind: "missing" } as const;

const FIRST = isoDateOf("1900-01-01");

function either(text: string): ReadText {
  return { kind: "day-in-text", of: of(text), layout: "iso-or-day-first" };
}

function compact(text: string): ReadText {
  return { kind: "day-in-text", of: of(text), layout: "compact" };
}

function hashed(text: string): ReadText {
  return { kind: "number-in-hex", of: of(text) };
}

/** The year that begins in April, the month counted from April, and the first of that month. */
const financial: readonly (readonly [year: string, month: string, first: string | null])[] = [
  ["201920", "1", "2019-04-01"],
  ["201920", "9", "2019-12-01"],
  ["201920", "10", "2020-01-01"],
  ["201920", "12", "2020-03-01"],
  ["201920", "0", null],
  ["201920", "13", null],
  ["2019", "2", "2019-05-01"],
  ["unknown", "2", null],
  ["201920", "", null],
];

const days: readonly (readonly [Source, string | null])[] = [
  [{ kind: "day-in-text", of: of("2021-12-16 10:11:12"), layout: "iso" }, "2021-12-16"],
  [{ kind: "day-in-text", of: of("0001-01-01"), layout: "iso" }, "0001-01-01"],
  [{ kind: "day-in-text", of: of("16/12/2021"), layout: "day-first" }, "2021-12-16"],
  [{ kind: "day-in-text", of: of("29/02/2020"), layout: "day-first" }, "2020-02-29"],
  [either("2021-12-16"), "2021-12-16"],
  [either("16/12/2021"), "2021-12-16"],
  [compact("20200229"), "2020-02-29"],
  [{ kind: "or-else", of: { kind: "day-in-text", of: missing, layout: "iso" }, day: FIRST }, FIRST],
  [{ kind: "or-else", of: either("2020-03-01"), day: FIRST }, "2020-03-01"],
  [{ kind: "earlier", of: [missing, of("2020-03-01")] }, "2020-03-01"],
  [{ kind: "earlier", of: [of("2020-03-02"), of("2020-03-01")] }, "2020-03-01"],
  [{ kind: "earlier", of: [missing, missing] }, null],
  ...financial.map(
    ([year, month, first]) =>
      [{ kind: "financial-month", year: of(year), month: of(month) }, first] as const,
  ),
];

const number = (value: number): Source => ({ kind: "number", value });
const iso = (text: string): Source => ({ kind: "day-in-text", of: of(text), layout: "iso" });

function dayFrom(year: number, month: Source, day: Source): Source {
  return { kind: "day-from", year: number(year), month, day };
}

/** A whole number that is missing. */
const none: Source = { kind: "when", of: number(1), is: number(1), in: [2] };

/** A time of day later than midnight. */
const noon = (text: string): Source => ({ kind: "timed", day: iso(text), time: iso(text) });

const madeDays: readonly (readonly [Source, string | null])[] = [
  [dayFrom(1980, number(2), number(29)), "1980-02-29"],
  [dayFrom(1981, number(2), number(31)), "1981-02-28"],
  [dayFrom(1981, number(12), number(31)), "1981-12-31"],
  [dayFrom(1981, number(4), number(99)), "1981-04-30"],
  [dayFrom(1981, number(4), number(0)), "1981-04-01"],
  [dayFrom(1981, number(4), none), "1981-04-01"],
  [dayFrom(1981, none, number(5)), null],
  [dayFrom(1981, number(13), number(1)), null],
  [dayFrom(0, number(1), number(1)), null],
  [{ kind: "first-of", of: [dayFrom(1981, none, none), iso("2020-01-02")] }, "2020-01-02"],
  [{ kind: "first-of", of: [iso("2020-01-01"), iso("2020-01-02")] }, "2020-01-01"],
  [{ kind: "days-later", of: iso("2020-02-28"), days: 2 }, "2020-03-01"],
  [{ kind: "days-later", of: iso("9999-12-31"), days: 1 }, "9999-12-31"],
  [{ kind: "days-later", of: dayFrom(1, none, none), days: 1 }, null],
  [noon("2020-01-01"), "2020-01-01"],
  [{ kind: "day-of", of: noon("2020-01-01") }, "2020-01-01"],
  [{ kind: "unless-day", of: iso("2020-01-01"), days: [FIRST, isoDateOf("2020-01-01")] }, null],
  [{ kind: "unless-day", of: noon("2020-01-02"), days: [FIRST] }, "2020-01-02"],
  [{ kind: "unless-day", of: dayFrom(1, none, none), days: [FIRST] }, null],
  [{ kind: "timed", day: iso("2020-01-01"), time: iso("2020-01-02") }, "2020-01-01"],
  [{ kind: "timed", day: iso("2020-01-01"), time: dayFrom(1, none, none) }, "2020-01-01"],
];

const factors = [
  [10, 1],
  [20, 0.5],
] as const;

const madeValues: readonly (readonly [Source, string | number | null])[] = [
  [number(-7), -7],
  [{ kind: "when", of: of("a"), is: number(3), in: [1, 3] }, "a"],
  [{ kind: "when", of: of("a"), is: of("x"), in: ["y"] }, null],
  [{ kind: "when", of: of("a"), is: none, in: [1] }, null],
  [{ kind: "first-of", of: [none, number(4)] }, 4],
  [{ kind: "unless-number", of: number(-1), numbers: [-1, 9999] }, null],
  [{ kind: "unless-number", of: number(0), numbers: [-1, 9999] }, 0],
  [{ kind: "unless-number", of: none, numbers: [-1] }, null],
  [{ kind: "days-between", from: iso("2020-02-28"), to: iso("2020-03-01") }, 2],
  [{ kind: "days-between", from: iso("2020-03-01"), to: iso("2020-03-01") }, 0],
  [
    { kind: "scaled", of: { kind: "number-in-text", of: of("81.5") }, unit: number(10), factors },
    81.5,
  ],
  [{ kind: "scaled", of: number(81), unit: number(20), factors }, 40.5],
  [{ kind: "scaled", of: number(81), unit: number(30), factors }, null],
  [{ kind: "scaled", of: number(81), unit: none, factors }, null],
];

const pairs = [
  [" and ", ","],
  ["'", ""],
] as const;
const names = [["Y", "yes"]] as const;

const texts: readonly (readonly [Source, string | number | null])[] = [
  [of("o'b\"😀"), "o'b\"😀"],
  [missing, null],
  [{ kind: "number-in-text", of: of("12") }, 12],
  [{ kind: "number-in-text", of: of("-1.5e3") }, -1500],
  // The first 16 digits, halved; as text, since a number would be rounded.
  [{ kind: "digits", of: hashed("ffffffffffffffff00") }, "9223372036854775807"],
  [{ kind: "digits", of: hashed("0020000000000003aa") }, "4503599627370497"],
  [{ kind: "digits", of: hashed("FEDCBA98765432100") }, "9182379272246532360"],
  [{ kind: "number-in-hex", of: missing }, null],
  [{ kind: "unless", of: of("NA"), texts: ["", "NA"] }, null],
  [{ kind: "unless", of: of("5"), texts: ["", "NA"] }, "5"],
  [{ kind: "replaced", of: of("a and b's"), pairs }, "a,bs"],
  [{ kind: "trimmed", of: of("  a b ") }, "a b"],
  [{ kind: "trimmed", of: of(" a \n b ") }, "a \n b"],
  [{ kind: "trimmed", of: of("\ta ") }, "\ta"],
  [{ kind: "joined", of: [of("a"), of(""), missing, of("b")], between: "," }, "a,b"],
  [{ kind: "joined", of: [of(""), missing], between: "," }, ""],
  [{ kind: "renamed", of: of("Y"), names, others: "empty" }, "yes"],
  [{ kind: "renamed", of: of("Q"), names, others: "empty" }, ""],
  [{ kind: "renamed", of: of("Q"), names, others: "kept" }, "Q"],
];

const said = (d: Dialect, source: Source): Sql => d.source(source, () => sql``);

export const sourceExpectations = {
  source: (d) =>
    lines(
      ...[...days, ...madeDays].map(([source, day]): Line => [d.dayOf(said(d, source)), day]),
      ...[...texts, ...madeValues].map(([source, value]): Line => [said(d, source), value]),
    ),
  unreadable: (d) => {
    const is = (given: ReadText): Sql =>
      sql`(SELECT CASE WHEN ${d.unreadable(given, () => sql`q.x`)} THEN 1 ELSE 0 END FROM (SELECT 1 AS x) q)`;
    const day = (text: Source): ReadText => ({ kind: "day-in-text", of: text, layout: "iso" });
    return lines(
      [is(day(of("2020-02-30"))), 1],
      [is(day(of("2020-02-29"))), 0],
      [is(day(missing)), 0],
      [is({ kind: "day-in-text", of: of("2020-02-29"), layout: "day-first" }), 1],
      [is(either("2020/02/01")), 1],
      [is(either("02-2020-01")), 1],
      [is(compact("20200230")), 1],
      [is(compact("2020111")), 1],
      [is(compact("0")), 1],
      [is(compact("20200229")), 0],
      [is(hashed("0123456789abcde")), 1],
      [is(hashed("0123456789abcdeg")), 1],
      [is(hashed("0123456789abcdef")), 0],
      [is({ kind: "number-in-hex", of: missing }), 0],
      [is({ kind: "number-in-text", of: of("12a") }), 1],
      [is({ kind: "number-in-text", of: of("12") }), 0],
    );
  },
  timeText: (d) =>
    lines(
      [d.leading(d.timeText(timeOf(d, "2020-02-29 03:04:05")), 19), "2020-02-29 03:04:05"],
      [d.timeText(d.missing("datetime")), null],
    ),
} as const satisfies Partial<Expectations>;
