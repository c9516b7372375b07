import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  addDays,
  addMonths,
  addYears,
  calendarDayOf,
  completedYears,
  dateFormats,
  firstDayOfMonth,
  firstDayOfYearFrom,
  formatDate,
  fromDayNumber,
  isoDateOf,
  lastDayOfMonth,
  lastDayOfYearFrom,
  monthOf,
  parseIsoDate,
  toDayNumber,
  yearOf,
} from "../../engine/base/dates.ts";
import type { IsoDate } from "../../engine/base/dates.ts";

/** The calendar by its rules alone: nothing of the platform or of a library. */
function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysIn(year: number, month: number): number {
  return [31, isLeap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

function iso(year: number, month: number, day: number): string {
  return [String(year).padStart(4, "0"), two(month), two(day)].join("-");
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const anyDay: fc.Arbitrary<Day> = fc
  .tuple(
    fc.oneof(fc.integer({ min: 1, max: 9999 }), fc.constantFrom(1, 2, 99, 100, 1900, 2000, 9999)),
    fc.integer({ min: 1, max: 12 }),
    fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constantFrom(1, 28, 29, 30, 31)),
  )
  .map(([year, month, day]) => ({ year, month, day: Math.min(day, daysIn(year, month)) }));

function dateOf({ year, month, day }: Day): IsoDate {
  return isoDateOf(iso(year, month, day));
}

describe("ISO dates", () => {
  it("are exactly the days that exist from year 0001 to 9999", () => {
    const parts = fc.tuple(fc.nat(10_001), fc.nat(13), fc.nat(32));
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const exists = year >= 1 && year <= 9999 && day >= 1 && day <= daysIn(year, month);
        const text = iso(year, month, day);
        assert.equal(parseIsoDate(text), exists ? text : null);
      }),
      { numRuns: 1000 },
    );
  });

  it("have no other form", () => {
    for (const text of [
      "",
      "2020-1-01",
      "20200101",
      "2020-01",
      " 2020-01-01",
      "2020-01-01\n",
      "2020-01-01T00:00",
      "+02020-01-01",
      "-0001-01-01",
      "２０２０-01-01",
    ]) {
      assert.equal(parseIsoDate(text), null, JSON.stringify(text));
      assert.throws(() => isoDateOf(text), RangeError);
    }
  });
});

describe("day numbers", () => {
  it("count every day once, from 0001-01-01 to 9999-12-31, with 1970-01-01 as 0", () => {
    let expected = toDayNumber(isoDateOf("0001-01-01"));
    assert.equal(expected, -719_162);
    for (let year = 1; year <= 9999; year++) {
      for (const month of [1, 2, 3, 12]) {
        if (month === 12)
          for (let skipped = 4; skipped < 12; skipped++) expected += daysIn(year, skipped);
        assert.equal(toDayNumber(isoDateOf(iso(year, month, 1))), expected);
        expected += daysIn(year, month);
      }
    }
    assert.equal(expected, toDayNumber(isoDateOf("9999-12-31")) + 1);
    assert.equal(toDayNumber(isoDateOf("1970-01-01")), 0);
  });

  it("turn back into the same date", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        assert.equal(fromDayNumber(toDayNumber(dateOf(day))), dateOf(day));
      }),
    );
  });

  it("outside the years 0001 to 9999 are an error", () => {
    const [first, last] = [isoDateOf("0001-01-01"), isoDateOf("9999-12-31")];
    for (const day of [toDayNumber(first) - 1, toDayNumber(last) + 1, 1e300, Number.NaN]) {
      assert.throws(() => fromDayNumber(day), RangeError);
    }
    assert.throws(() => addDays(last, 1), RangeError);
    assert.throws(() => addMonths(last, 1), RangeError);
    assert.throws(() => addYears(first, -1), RangeError);
  });
});

describe("adding", () => {
  it("months keeps the day, or takes the last of a month without it", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -1500, max: 1500 }), (from, months) => {
        const count = 12 * from.year + from.month - 1 + months;
        const [year, month] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
        if (year < 1 || year > 9999) {
          assert.throws(() => addMonths(dateOf(from), months), RangeError);
        } else {
          const day = Math.min(from.day, daysIn(year, month));
          assert.equal(addMonths(dateOf(from), months), iso(year, month, day));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("years turns 29 February into 28 February of a common year", () => {
    assert.equal(addYears(isoDateOf("2020-02-29"), 1), "2021-02-28");
    assert.equal(addYears(isoDateOf("2020-02-29"), -4), "2016-02-29");
    assert.equal(addYears(isoDateOf("1896-02-29"), 4), "1900-02-28");
    assert.equal(addYears(isoDateOf("0050-06-30"), 1), "0051-06-30");
  });

  it("days crosses months and years", () => {
    assert.equal(addDays(isoDateOf("2019-12-31"), 60), "2020-02-29");
    assert.equal(addDays(isoDateOf("2020-03-01"), -1), "2020-02-29");
    assert.equal(addDays(isoDateOf("1900-03-01"), -1), "1900-02-28");
  });
});

describe("months and years", () => {
  it("have their first and last days", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { year, month } = day;
        assert.equal(yearOf(dateOf(day)), year);
        assert.equal(monthOf(dateOf(day)), month);
        assert.equal(firstDayOfMonth(dateOf(day)), iso(year, month, 1));
        assert.equal(lastDayOfMonth(dateOf(day)), iso(year, month, daysIn(year, month)));
      }),
    );
  });

  it("that begin in any month contain the day, and last until the next begins", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 12 }), (day, month) => {
        const year = day.month >= month ? day.year : day.year - 1;
        const lastMonth = month === 1 ? 12 : month - 1;
        const lastYear = month === 1 ? year : year + 1;
        const outside = (wanted: number): boolean => wanted < 1 || wanted > 9999;
        if (outside(year)) assert.throws(() => firstDayOfYearFrom(month, dateOf(day)), RangeError);
        else assert.equal(firstDayOfYearFrom(month, dateOf(day)), iso(year, month, 1));
        if (outside(lastYear))
          assert.throws(() => lastDayOfYearFrom(month, dateOf(day)), RangeError);
        else {
          const last = iso(lastYear, lastMonth, daysIn(lastYear, lastMonth));
          assert.equal(lastDayOfYearFrom(month, dateOf(day)), last);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("of the sentinel 9999-12-31 end on that day", () => {
    assert.equal(lastDayOfYearFrom(1, isoDateOf("9999-12-31")), "9999-12-31");
    assert.equal(lastDayOfMonth(isoDateOf("9999-12-31")), "9999-12-31");
  });
});

describe("completed years", () => {
  const ages: readonly (readonly [birth: string, date: string, years: number])[] = [
    ["1980-05-10", "2020-05-09", 39],
    ["1980-05-10", "2020-05-10", 40],
    ["1980-05-10", "1980-05-10", 0],
    ["1980-02-29", "2021-02-27", 40],
    ["1980-02-29", "2021-02-28", 41],
    ["1980-02-29", "2020-02-28", 39],
    ["1980-02-29", "2020-02-29", 40],
    ["2020-05-10", "2020-05-09", -1],
  ];
  for (const [birth, date, years] of ages) {
    it(`from ${birth} to ${date} are ${years}`, () => {
      assert.equal(completedYears(isoDateOf(birth), isoDateOf(date)), years);
    });
  }
});

describe("showing a date", () => {
  it("cuts it to the format", () => {
    const shown = dateFormats.map((format) => formatDate(isoDateOf("2020-03-04"), format));
    assert.deepEqual(shown, ["2020", "2020-03", "2020-03-04"]);
  });

  it("takes the day of a clock in the clock's own zone", () => {
    assert.equal(calendarDayOf(new Date(2020, 1, 29, 0, 0, 1)), "2020-02-29");
    assert.equal(calendarDayOf(new Date(2020, 11, 31, 23, 59, 59)), "2020-12-31");
  });
});
