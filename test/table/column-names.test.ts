import assert from "node:assert/strict";
import { describe, it } from "node:test";

import { cohortFormats } from "../../engine/base/file-names.ts";
import { readCohort, readCohortHeader, readTable } from "../../engine/table/read-table.ts";
import { isStataNameOf, stataNames } from "../../engine/table/dta/stata-names.ts";
import { rowsOf } from "./cohort-rows.ts";
import { ints, write } from "./written-cohort.ts";

const long = "first_date_of_a_very_long_disease_";

/** Names that a program which folds or cuts names would take for one another. */
const names = [
  ...["bmi", "BMI", "Bmi", "BMI_1", "Patient_ID", "PATIENT_ID", "c0", "c1", "C1"],
  ...["é", "É", "e\u0301", "ß", "SS", "ss", "İ", "i", "I", "ı", "ſ", "K", "\u212a", "k"],
  ...[
    'a"b',
    "a'b",
    " a",
    "a ",
    "a",
    "A",
    "a b",
    "a,b",
    "a;b",
    "1a",
    "",
    "__proto__",
    "constructor",
  ],
  ...[`${long}1`, `${long}2`, `${long.slice(0, 30)}_2`, long, `${long}Ä`, "select", "if", "_if"],
  ...["x".repeat(127), "x".repeat(128), "x".repeat(300), "日本", "\u{1f600}"],
];

describe("the names of columns", () => {
  for (const format of cohortFormats) {
    it(`are the same behind and before a ${format} file, however alike they are`, async () => {
      const columns = names.map((name) => ({ name, type: "int" }) as const);
      const values = names.map((_, at) => ints(at, -at));
      const path = await write({ columns, batches: [[ints(1, 2), ...values]], format });
      const header = ["patient_id", ...names];
      assert.deepEqual(await readCohortHeader(path), header);
      for await (const { row, cells } of readTable(path)) {
        assert.deepEqual(cells, row === 1 ? header : rowOf(row));
      }
      const wanted = { numbers: names, texts: [] };
      const [first] = await rowsOf(await readCohort(path, wanted));
      assert.deepEqual(first, [...names.keys()]);
    });
  }

  it("are dates of their own format in parquet, however alike they are", async () => {
    const columns = [
      { name: "seen", type: "date", dateFormat: "YYYY-MM" },
      { name: "SEEN", type: "date", dateFormat: "YYYY" },
    ] as const;
    const day = { type: "date", values: Int32Array.of(18_300) } as const;
    const path = await write({ columns, batches: [[ints(1), day, day]], format: "parquet" });
    const rows: (readonly string[])[] = [];
    for await (const { cells } of readTable(path)) rows.push(cells);
    assert.deepEqual(rows[1], ["1", "2020-02", "2020"]);
  });
});

function rowOf(row: number): readonly string[] {
  const sign = row === 2 ? 1 : -1;
  return [String(row - 1), ...names.map((_, at) => String(at === 0 ? 0 : sign * at))];
}

describe("names for Stata", () => {
  it("differ, the first keeping what fits, a name that Stata can have staying as it is", () => {
    const cut = long.slice(0, 32);
    assert.deepEqual(
      stataNames([`${long}b`, `${long}a`, cut.slice(0, 30) + "_2", "a-b", "a.b", "a_b"]),
      [cut, `${cut.slice(0, 30)}_3`, `${cut.slice(0, 30)}_2`, "a_b_2", "a_b_3", "a_b"],
    );
  });

  it("are valid, at most 32 characters, different, and lead back to the study's", () => {
    const stata = stataNames(names);
    assert.equal(new Set(stata).size, names.length);
    stata.forEach((name, at) => {
      assert.match(name, /^[A-Za-z_]\w{0,31}$/);
      assert.ok(isStataNameOf(name, names[at] ?? ""), name);
    });
  });

  it("are no names of another column", () => {
    assert.equal(isStataNameOf("age_2", "bmi"), false);
    assert.equal(isStataNameOf("age_1", "age"), false);
    assert.equal(isStataNameOf("ages", "age"), false);
  });
});
