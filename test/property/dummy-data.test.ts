import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import type { ColumnDefinition } from "../../engine/definition/model.ts";
import {
  cellsIn,
  countOf,
  datesIn,
  dummyRows,
  dummyRowsAt,
  numbersIn,
} from "../backend/dummy-rows.ts";
import { column, events, studyOf } from "../backend/study-of.ts";

const runs = { numRuns: 25 };

const incidence = fc.double({ min: 0.001, max: 1, noNaN: true });
const patients = fc.integer({ min: 1, max: 400 });
const seed = fc.integer();
/** Days of a few years, so that ranges overlap and are now and then reversed. */
const day = fc
  .record({ year: fc.integer({ min: 2018, max: 2021 }), month: fc.integer({ min: 1, max: 12 }) })
  .map(({ year, month }) => `${year}-${String(month).padStart(2, "0")}-17`);
const months = fc.uniqueArray(day, { minLength: 1, maxLength: 4 });

/** One column of each kind; half of them read the index date. */
const columnMakers: readonly ((share: number) => ColumnDefinition)[] = [
  (share) => events({ return_expectations: { incidence: share } }),
  (share) => events({ on_or_before: "index_date", return_expectations: { incidence: share } }),
  (share) =>
    events({
      returning: "number_of_matches_in_period",
      between: ["index_date", "today"],
      return_expectations: { incidence: share, int: { distribution: "poisson", mean: 50 } },
    }),
  (share) =>
    column("most_recent_bmi", {
      include_measurement_date: true,
      date_format: "YYYY-MM-DD",
      return_expectations: {
        incidence: share,
        float: { distribution: "normal", mean: 99, stddev: 1 },
      },
    }),
  (share) =>
    column("registered_practice_as_of", {
      date: "index_date",
      returning: "nuts1_region_name",
      return_expectations: { incidence: share, category: { ratios: { A: 0.5, B: 0.5 } } },
    }),
  (share) =>
    events({
      returning: "date",
      date_format: "YYYY-MM-DD",
      return_expectations: { incidence: share },
    }),
];

/** Columns named by what they are, so that leaving one out does not rename the others. */
const columns = fc
  .uniqueArray(fc.tuple(fc.nat(columnMakers.length - 1), incidence), {
    minLength: 1,
    maxLength: 5,
    selector: ([kind]) => kind,
  })
  .map((chosen) =>
    Object.fromEntries(
      chosen.flatMap(([kind, share]) => {
        const make = columnMakers[kind];
        return make === undefined ? [] : [[`c${kind}`, make(share)] as const];
      }),
    ),
  );

const date = { earliest: "2000-01-01", latest: "index_date" };
const study = (chosen: Readonly<Record<string, ColumnDefinition>>) =>
  studyOf({ columns: chosen, defaults: { date }, indexDate: "2020-01-01" });

describe("dummy data, whatever the study", () => {
  it("have distinct ascending ids and as many rows in every column as patients", async () => {
    await fc.assert(
      fc.asyncProperty(columns, patients, seed, async (chosen, count, number) => {
        const rows = await dummyRowsAt(study(chosen), { patients: count, seed: number });
        const ids = numbersIn(rows, "patient_id");
        assert.ok(ids.every((id, row) => row === 0 || id > (ids[row - 1] ?? Infinity)));
        assert.ok((ids[0] ?? -1) >= 0 && (ids.at(-1) ?? 0) < 10 * count);
        for (const cells of Object.values(rows)) assert.equal(cells.length, count);
      }),
      runs,
    );
  });

  it("are the same for the same seed and others for another", async () => {
    await fc.assert(
      fc.asyncProperty(columns, seed, months, async (chosen, number, dates) => {
        const options = { patients: 60, seed: number };
        const first = await dummyRows(study(chosen), options, dates);
        assert.deepEqual(await dummyRows(study(chosen), options, dates), first);
        const other = await dummyRows(study(chosen), { patients: 60, seed: number + 1 }, dates);
        assert.notDeepEqual(other, first);
      }),
      runs,
    );
  });

  it("do not change when a column is left out or the order is another", async () => {
    await fc.assert(
      fc.asyncProperty(columns, seed, day, async (chosen, number, month) => {
        const options = { patients: 60, seed: number };
        const all = await dummyRowsAt(study(chosen), options, month);
        const kept = Object.fromEntries(Object.entries(chosen).slice(1).reverse());
        const fewer = await dummyRowsAt(study(kept), options, month);
        for (const [name, cells] of Object.entries(fewer))
          assert.deepEqual(cells, cellsIn(all, name));
      }),
      runs,
    );
  });

  it("do not depend on the other index dates that are asked for", async () => {
    await fc.assert(
      fc.asyncProperty(columns, seed, months, async (chosen, number, dates) => {
        const options = { patients: 40, seed: number };
        const together = await dummyRows(study(chosen), options, dates);
        for (const [place, month] of dates.entries()) {
          assert.deepEqual(await dummyRowsAt(study(chosen), options, month), together[place]);
        }
      }),
      runs,
    );
  });

  it("keep what does not read the index date, draw the rest anew", async () => {
    await fc.assert(
      fc.asyncProperty(seed, day, day, async (number, one, other) => {
        fc.pre(one !== other);
        const share = 0.5;
        const chosen = Object.fromEntries(
          columnMakers.map((make, kind) => [`c${kind}`, make(share)]),
        );
        const [first, second] = await dummyRows(study(chosen), { patients: 80, seed: number }, [
          one,
          other,
        ]);
        assert.ok(first !== undefined && second !== undefined);
        for (const name of ["patient_id", "c0"]) {
          assert.deepEqual(cellsIn(first, name), cellsIn(second, name));
        }
        for (const name of ["c1", "c2", "c3", "c4", "c5"]) {
          assert.notDeepEqual(cellsIn(first, name), cellsIn(second, name));
        }
      }),
      runs,
    );
  });

  it("leave exactly int((1 - incidence) * N) patients without a value", async () => {
    await fc.assert(
      fc.asyncProperty(incidence, patients, seed, async (share, count, number) => {
        const chosen = Object.fromEntries(
          columnMakers.map((make, kind) => [`c${kind}`, make(share)]),
        );
        const rows = await dummyRowsAt(study(chosen), { patients: count, seed: number });
        const emptied = Math.trunc((1 - share) * count);
        const empty = { c0: 0, c1: 0, c2: 0, c3: 0, c4: "", c5: null, c3_date_measured: null };
        for (const [name, value] of Object.entries(empty)) {
          assert.equal(countOf(cellsIn(rows, name), value), emptied, name);
        }
      }),
      runs,
    );
  });

  it("have dates inside the range and the period only", async () => {
    const rate = fc.constantFrom("uniform", "exponential_increase", "universal");
    await fc.assert(
      fc.asyncProperty(
        rate,
        fc.tuple(day, day),
        fc.tuple(day, day),
        seed,
        async (how, range, period, number) => {
          const [earliest = "", latest = ""] = [...range].sort();
          const own = { rate: how, incidence: 0.9, date: { earliest, latest } };
          const when = events({
            returning: "date",
            date_format: "YYYY-MM-DD",
            between: period,
            return_expectations: own,
          });
          const rows = await dummyRowsAt(study({ when }), { patients: 200, seed: number });
          for (const each of datesIn(rows, "when")) {
            assert.ok(each >= earliest && each <= latest);
            assert.ok(each >= period[0] && each <= period[1]);
          }
        },
      ),
      runs,
    );
  });
});
