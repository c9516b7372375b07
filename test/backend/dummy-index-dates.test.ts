import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { completedYears, isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { dummyBackend } from "../../engine/backend/dummy/dummy-backend.ts";
import { cellsIn, datesIn, dummyRows, dummyRowsAt, numbersIn, TODAY } from "./dummy-rows.ts";
import { column, events, studyOf } from "./study-of.ts";

const universal = { rate: "universal" };
const half = { incidence: 0.5 };
const defaults = { date: { earliest: "2000-01-01", latest: "2020-01-01" } };
const sexes = { ...universal, category: { ratios: { F: 0.5, M: 0.5 } } };
const ages = { ...universal, int: { distribution: "population_ages" } };

describe("over index dates", () => {
  const study = studyOf({
    indexDate: "2020-01-01",
    defaults,
    columns: {
      sex: column("sex", { return_expectations: sexes }),
      before: events({ on_or_before: "2019-01-01", return_expectations: half }),
      lately: events({ on_or_after: "index_date - 1 month", return_expectations: half }),
      born: column("date_of_birth", {
        date_format: "YYYY-MM",
        return_expectations: {
          ...universal,
          date: { earliest: "1920-01-01", latest: "index_date" },
        },
      }),
      first: events({
        returning: "date",
        date_format: "YYYY-MM-DD",
        return_expectations: {
          ...half,
          date: { earliest: "index_date", latest: "index_date + 9 days" },
        },
      }),
      latest: column("maximum_of", { column_names: ["first", "2020-02-03"] }),
      flagged: column("satisfying", { expression: "lately", return_expectations: half }),
    },
  });
  const months = ["2020-03-01", "2020-02-01", "2020-01-01"];

  it("a patient keeps her id and all that does not depend on the index date", async () => {
    const [march, february] = await dummyRows(study, {}, months);
    assert.ok(march !== undefined && february !== undefined);
    for (const name of ["patient_id", "sex", "before", "born"]) {
      assert.deepEqual(cellsIn(march, name), cellsIn(february, name), name);
    }
    for (const name of ["lately", "first", "latest", "flagged"]) {
      assert.notDeepEqual(cellsIn(march, name), cellsIn(february, name), name);
    }
  });

  it("expectations and periods are computed anew", async () => {
    for (const [place, rows] of (await dummyRows(study, {}, months)).entries()) {
      const month = months[place]?.slice(0, 7);
      assert.ok(
        datesIn(rows, "first").every(
          (date) => date.startsWith(`${month}-0`) || date === `${month}-10`,
        ),
      );
    }
  });

  it("the rows of a date are the same whichever other dates are asked for, in whichever order", async () => {
    const all = await dummyRows(study, {}, months);
    const reversed = await dummyRows(study, {}, [...months].reverse());
    assert.deepEqual(reversed.reverse(), all);
    assert.deepEqual(await dummyRowsAt(study, {}, "2020-02-01"), all[1]);
  });

  it("no range means the study's own index date", async () => {
    assert.deepEqual(
      await dummyRowsAt(study, {}, null),
      await dummyRowsAt(study, {}, "2020-01-01"),
    );
  });

  it("cohorts say which date they are of, and their columns and formats", async () => {
    const backend = dummyBackend({ patients: 3, seed: 1, today: TODAY });
    const seen = [];
    for await (const { indexDate, schema } of backend.cohorts(study, [
      isoDateOf("2020-02-01"),
      null,
    ])) {
      seen.push(indexDate);
      assert.deepEqual(schema.slice(0, 5), [
        { name: "patient_id", type: "int" },
        { name: "sex", type: "str" },
        { name: "before", type: "bool" },
        { name: "lately", type: "bool" },
        { name: "born", type: "date", dateFormat: "YYYY-MM" },
      ]);
    }
    assert.deepEqual(seen, ["2020-02-01", null]);
  });

  it("an expectation on the index date of a study without one is a problem", async () => {
    const own = { ...half, date: { earliest: "index_date - 1 year", latest: "today" } };
    const columns = { x: events({ returning: "date", return_expectations: own }) };
    await assert.rejects(dummyRowsAt(studyOf({ columns })), ProblemError);
  });
});

describe("ages", () => {
  const aged = (reference: string, indexDate: string | undefined) =>
    studyOf({
      ...(indexDate === undefined ? {} : { indexDate }),
      columns: {
        age: column("age_as_of", { reference_date: reference, return_expectations: ages }),
      },
    });
  const agesAt = async (study: ReturnType<typeof aged>, date: string | null) =>
    numbersIn(await dummyRowsAt(study, { patients: 5000 }, date), "age");

  it("grow by one within each year, on birthdays spread over it", async () => {
    const study = aged("index_date", "2020-01-01");
    const first = await agesAt(study, "2020-01-01");
    const grown = async (date: string) =>
      (await agesAt(study, date)).filter((age, row) => age !== first[row]).length / first.length;
    for (const [date, share] of [
      ["2020-01-01", 0],
      ["2020-04-01", 0.25],
      ["2020-07-01", 0.5],
      ["2020-12-31", 1],
    ] as const) {
      const seen = await grown(date);
      assert.ok(Math.abs(seen - share) < 0.03, `${date}: ${seen}`);
    }
    const later = await agesAt(study, "2031-01-01");
    assert.deepEqual(
      later,
      first.map((age) => age + 11),
    );
  });

  it("are never those of two birthdays that contradict each other", async () => {
    const study = aged("index_date", "2020-01-01");
    const first = await agesAt(study, "2020-01-01");
    const june = await agesAt(study, "2020-06-01");
    const nextJune = await agesAt(study, "2021-06-01");
    assert.deepEqual(
      nextJune,
      june.map((age) => age + 1),
    );
    assert.ok(
      june.every(
        (age, row) =>
          age - (first[row] ?? 0) <=
          completedYears(isoDateOf("2019-01-02"), isoDateOf("2020-06-01")),
      ),
    );
  });

  it("before the study's own date go back, and stop at 0", async () => {
    const study = aged("index_date", "2020-01-01");
    const first = await agesAt(study, null);
    const before = await agesAt(study, "2010-01-01");
    assert.deepEqual(
      before,
      first.map((age) => Math.max(0, age - 10)),
    );
  });

  it("at a fixed date stay; an offset from the index date moves with it", async () => {
    const fixed = aged("2019-04-01", "2020-01-01");
    assert.deepEqual(await agesAt(fixed, "2030-01-01"), await agesAt(fixed, null));
    const offset = aged("index_date + 1 year", "2020-01-01");
    const first = await agesAt(offset, null);
    assert.deepEqual(
      await agesAt(offset, "2022-01-01"),
      first.map((age) => age + 2),
    );
  });

  it("do not depend on the range when the study has no index date", async () => {
    const study = aged("index_date", undefined);
    const [later] = await dummyRows(study, {}, ["2021-06-01", "2021-05-01"]);
    assert.deepEqual(later, await dummyRowsAt(study, {}, "2021-06-01"));
  });

  it("that are unknown stay 0", async () => {
    const own = { incidence: 0.5, int: { distribution: "normal", mean: 50, stddev: 1 } };
    const columns = {
      age: column("age_as_of", { reference_date: "index_date", return_expectations: own }),
    };
    const study = studyOf({ columns, indexDate: "2020-01-01" });
    const at = async (date: string) => numbersIn(await dummyRowsAt(study, {}, date), "age");
    const [first, later] = [await at("2020-01-01"), await at("2040-01-01")];
    assert.equal(first.filter((age) => age === 0).length, 500);
    assert.deepEqual(
      later,
      first.map((age) => (age === 0 ? 0 : age + 20)),
    );
  });
});

describe("the data version", () => {
  const version = (seed: number, patients: number) =>
    dummyBackend({ patients, seed, today: TODAY }).dataVersion;

  it("changes with all that the rows depend on", () => {
    assert.equal(version(1, 10), version(1, 10));
    const others = [version(2, 10), version(1, 11)];
    assert.equal(new Set([version(1, 10), ...others]).size, 3);
  });
});
