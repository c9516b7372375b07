import assert from "node:assert/strict";
import { describe, it } from "node:test";

import type { ColumnDefinition } from "../../engine/definition/model.ts";
import { cellsIn, datesIn, rowsOf } from "./dummy-rows.ts";
import { column, count, day, flag } from "./study-of.ts";

describe("minimum_of and maximum_of", () => {
  const int = { distribution: "normal", mean: 25, stddev: 5 };
  const texts = {
    rate: "universal",
    category: { ratios: { é: 0.3, z: 0.3, "": 0.2, "😀": 0.1, "\uffee": 0.1 } },
  };

  /** Compares each row with what a reader would work out by hand. */
  async function assertExtremes(
    columns: Record<string, ColumnDefinition>,
    empty?: number | string | null,
  ) {
    const names = Object.keys(columns);
    const rows = await rowsOf({
      ...columns,
      least: column("minimum_of", { column_names: names }),
      most: column("maximum_of", { column_names: names }),
      nested: column("maximum_of", { column_names: [names[0], "least"] }),
    });
    const compare = (a: unknown, b: unknown) =>
      typeof a === "string"
        ? Buffer.compare(Buffer.from(a), Buffer.from(String(b)))
        : Number(a) - Number(b);
    const ofRow = (sources: readonly string[], row: number) =>
      sources
        .map((name) => cellsIn(rows, name)[row])
        .filter((cell) => cell !== empty)
        .sort(compare);
    let bothEmpty = 0;
    for (let row = 0; row < 1000; row++) {
      const sorted = ofRow(names, row);
      if (sorted.length === 0) bothEmpty++;
      assert.equal(cellsIn(rows, "least")[row], sorted[0] ?? empty);
      assert.equal(cellsIn(rows, "most")[row], sorted.at(-1) ?? empty);
      assert.equal(
        cellsIn(rows, "nested")[row],
        ofRow([names[0] ?? "", "least"], row).at(-1) ?? empty,
      );
    }
    assert.equal(bothEmpty > 0, empty !== undefined);
  }

  it("count 0 among whole numbers, as in the recorded cases", () =>
    assertExtremes({ a: count({ incidence: 0.5, int }), b: count({ incidence: 0.5, int }) }));

  it("ignore missing dates", () =>
    assertExtremes({ a: day({ incidence: 0.5 }), b: day({ incidence: 0.5 }) }, null));

  it("compare texts by code point and ignore empty ones", () =>
    assertExtremes(
      {
        a: column("sex", { return_expectations: texts }),
        b: column("sex", { return_expectations: texts }),
      },
      "",
    ));

  it("count 0 among flags", () =>
    assertExtremes({ a: flag({ incidence: 0.5 }), b: flag({ incidence: 0.5 }) }));

  it("work on hidden columns, hidden aggregates and literal days, before dates are cut", async () => {
    const hidden = { hidden: day({ rate: "universal" }, { date_format: "YYYY-MM-DD" }) };
    const rows = await rowsOf({
      day: day({ rate: "universal" }),
      least: column("minimum_of", {
        column_names: ["day", "2010-06-15"],
        extra_columns: { inner: column("maximum_of", { extra_columns: hidden }) },
      }),
    });
    const least = datesIn(rows, "least");
    assert.equal(least.length, 1000);
    assert.ok(
      least.every((each, row) => each <= "2010-06-15" && each <= (datesIn(rows, "day")[row] ?? "")),
    );
    assert.ok(new Set(least).size > 10);
    assert.deepEqual(Object.keys(rows), ["patient_id", "day", "least"]);
  });
});
