import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { cellsIn, countOf, dummyRows, dummyRowsAt, numbersIn } from "./dummy-rows.ts";
import type { Rows } from "./dummy-rows.ts";
import { column, events, studyOf } from "./study-of.ts";

const ANCHOR = "2020-01-01";
/** Before, at and after the study's own index date, out of order. */
const months = ["2020-06-01", "2018-03-01", ANCHOR, "2035-01-01", "2020-01-08", "2019-12-01"];
const inOrder = [...months].sort();

const first = { returning: "date", date_format: "YYYY-MM-DD", find_first_match_in_period: true };
const last = { returning: "date", date_format: "YYYY-MM-DD" };
const times = { returning: "number_of_matches_in_period" };
const dated = { include_date_of_match: true, date_format: "YYYY-MM-DD" };
const until = { on_or_before: "index_date" };
const since = { between: ["2018-01-01", "index_date - 1 day"] };

/** Windows that begin nowhere, on a day, or on a first date. */
const columns: Readonly<Record<string, ColumnDefinition>> = {
  ever: events(until),
  ever_dated: events({ ...until, ...dated, find_first_match_in_period: true }),
  lately_dated: events({ ...until, ...dated }),
  since: events(since),
  times: events({ ...times, ...until }),
  times_since: events({ ...times, ...since }),
  times_dated: events({ ...times, ...until, ...dated }),
  first: events({ ...first, ...until }),
  latest: events({ ...last, ...until }),
  latest_since: events({ ...last, ...since }),
  after_first: events({ between: ["first", "index_date"] }),
  died: column("died_from_any_cause", until),
  died_on: column("died_from_any_cause", {
    ...until,
    returning: "date_of_death",
    date_format: "YYYY-MM-DD",
  }),
  level: events({ ...until, returning: "numeric_value" }),
  kind: events({ ...until, returning: "code" }),
  at_all: events({}),
  day_at_all: events(last),
  not_yet: events({ between: ["2020-03-01", "index_date"] }),
  this_month: events({
    ...dated,
    between: ["index_date", "last_day_of_month(index_date)"],
  }),
};

const defaults = {
  date: { earliest: "2010-01-01", latest: "today" },
  incidence: 0.3,
  int: { distribution: "poisson", mean: 2 },
  float: { distribution: "normal", mean: 50, stddev: 5 },
  category: { ratios: { a: 0.5, b: 0.5 } },
};

const study = studyOf({ columns, defaults, indexDate: ANCHOR, dummyData: "derived" });

describe("derived dummy data over index dates", () => {
  const at = new Map<string, Rows>();
  /** The values of the column at all index dates, in order, patient by patient. */
  const courses = (name: string) => {
    const cells = inOrder.map((date) => cellsIn(at.get(date) ?? {}, name));
    return (cells[0] ?? []).map((_, row) => cells.map((each) => each[row] ?? null));
  };
  const rise = (name: string): void => {
    let risen = 0;
    for (const course of courses(name)) {
      const known = course.map((cell) => (cell === null ? "" : cell));
      assert.deepEqual(
        known,
        [...known].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)),
        name,
      );
      if (known[0] !== known.at(-1)) risen++;
    }
    assert.ok(risen > 100, `${name} rose for ${risen} patients`);
  };

  before(async () => {
    const rows = await dummyRows(study, { patients: 1000 }, months);
    for (const [place, date] of months.entries()) at.set(date, rows[place] ?? {});
  });

  for (const name of [
    "ever",
    "ever_dated",
    "lately_dated",
    "since",
    "after_first",
    "not_yet",
    "died",
  ]) {
    it(`a flag of a window that only grows is never taken back: ${name}`, () => {
      rise(name);
    });
  }

  for (const name of ["times", "times_since", "times_dated"]) {
    it(`a count never falls: ${name}`, () => {
      rise(name);
    });
  }

  for (const name of ["latest", "latest_since", "lately_dated_date", "times_dated_date"]) {
    it(`a latest date only moves on: ${name}`, () => {
      rise(name);
      assert.ok(courses(name).some((course) => new Set(course).size > 2));
    });
  }

  for (const name of ["first", "ever_dated_date", "died_on", "level", "kind"]) {
    it(`what was recorded first stays: ${name}`, () => {
      rise(name);
      const empty: readonly unknown[] = [null, 0, ""];
      for (const course of courses(name)) {
        assert.ok(new Set(course.filter((cell) => !empty.includes(cell))).size <= 1, name);
      }
    });
  }

  for (const name of ["at_all", "day_at_all"]) {
    it(`what no period bounds is the same at every index date: ${name}`, () => {
      assert.ok(courses(name).every((course) => new Set(course).size === 1));
    });
  }

  it("a window that is not open yet finds nothing", () => {
    for (const date of ["2018-03-01", "2019-12-01", ANCHOR, "2020-01-08"]) {
      assert.equal(countOf(cellsIn(at.get(date) ?? {}, "not_yet"), 1), 0);
    }
  });

  it("dates lie in their windows, and there is one exactly where there is a value", () => {
    for (const [date, rows] of at) {
      const within = (name: string, from: string, to: string): void => {
        const days = cellsIn(rows, name).filter((cell) => cell !== null);
        assert.ok(
          days.every((day) => day >= from && day <= to),
          `${name} at ${date}`,
        );
      };
      for (const name of ["first", "latest", "ever_dated_date", "times_dated_date", "died_on"]) {
        within(name, "2010-01-01", date);
      }
      within("latest_since", "2018-01-01", date);
      within("this_month_date", date, `${date.slice(0, 8)}31`);
      for (const name of ["ever_dated", "lately_dated", "times_dated", "this_month"]) {
        const days = cellsIn(rows, `${name}_date`);
        assert.deepEqual(
          cellsIn(rows, name).map((cell) => cell !== 0),
          days.map((day) => day !== null),
          name,
        );
      }
    }
  });

  it("the study's own index date has what the expectations say", () => {
    const rows = at.get(ANCHOR) ?? {};
    for (const name of ["ever", "ever_dated", "since", "died", "at_all", "this_month"]) {
      assert.equal(countOf(cellsIn(rows, name), 1), 300, name);
    }
    assert.equal(countOf(cellsIn(rows, "first"), null), 700);
    const all = numbersIn(rows, "times");
    const mean = all.reduce((sum, count) => sum + count, 0) / 300;
    assert.ok(Math.abs(mean - 2) < 0.3, String(mean));
  });

  it("the rows of a date are the same whichever other dates are asked for", async () => {
    for (const date of ["2018-03-01", "2035-01-01"]) {
      assert.deepEqual(await dummyRowsAt(study, { patients: 1000 }, date), at.get(date));
    }
  });

  it("nothing of it is in studies that do not ask for it", async () => {
    const plain = studyOf({ columns: { ever: events(until) }, defaults, indexDate: ANCHOR });
    const [now, later] = await dummyRows(plain, {}, [ANCHOR, "2020-02-01"]);
    const [before, after] = [now, later].map((rows) => cellsIn(rows ?? {}, "ever"));
    assert.ok(before?.some((cell, row) => cell === 1 && after?.[row] === 0));
  });
});
