import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { fromDayNumber, isoDateOf } from "../../engine/base/dates.ts";
import {
  cohortFileName,
  cohortFormats,
  formatOf,
  measureFileName,
  parseCohortFileName,
  studySuffix,
} from "../../engine/base/file-names.ts";

const day = isoDateOf("2020-03-01");

describe("the suffix of a study", () => {
  it("is what follows study_definition", () => {
    assert.equal(studySuffix("study_definition"), "");
    assert.equal(studySuffix("study_definition_copd"), "_copd");
    assert.equal(studySuffix("study_definition_copd_2"), "_copd_2");
  });

  it("is missing from any other name", () => {
    for (const name of [
      "",
      "study",
      "my_study_definition",
      "study_definition_",
      "study_definition2",
      "study_definition_a-b",
      "study_definition_a\n",
      "study_definition.ts",
    ]) {
      assert.equal(studySuffix(name), null, JSON.stringify(name));
    }
  });
});

describe("the name of a cohort file", () => {
  it("has the suffix and, if there is one, the index date", () => {
    assert.equal(cohortFileName("input", "_copd", day, "csv"), "input_copd_2020-03-01.csv");
    assert.equal(cohortFileName("input", "", day, "csv.gz"), "input_2020-03-01.csv.gz");
    assert.equal(cohortFileName("input", "", null, "feather"), "input.feather");
  });

  it("gives back its parts, whatever study, day and format made it", () => {
    const word = fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/);
    const suffix = fc.oneof(
      fc.constant(""),
      word.map((each) => `_${each}`),
    );
    const date = fc.integer({ min: -719_162, max: 2_932_896 }).map(fromDayNumber);
    fc.assert(
      fc.property(word, suffix, date, fc.constantFrom(...cohortFormats), (...parts) => {
        const [name, after, on, format] = parts;
        assert.deepEqual(parseCohortFileName(cohortFileName(name, after, on, format)), {
          stem: name + after,
          date: on,
          format,
        });
      }),
    );
  });

  it("is none when the date, the stem or the format is missing or wrong", () => {
    for (const name of [
      "input.csv",
      "input_2020-02-30.csv",
      "input_2020-03-01",
      "input_2020-03-01.txt",
      "input_2020-03-01.CSV",
      "input_2020-03-01.csv.bak",
      "input-2020-03-01.csv",
      "input2020-03-01.csv",
      "_2020-03-01.csv",
      "2020-03-01.csv",
      "input_2020-03.csv",
      ".input_2020-03-01.csv.tmp",
      "",
    ]) {
      assert.equal(parseCohortFileName(name), null, name);
    }
  });

  it("keeps a date that belongs to the stem apart from its own", () => {
    const parsed = parseCohortFileName("input_2019-01-01_2020-03-01.dta.gz");
    assert.deepEqual(parsed, { stem: "input_2019-01-01", date: "2020-03-01", format: "dta.gz" });
  });
});

describe("the format of a file", () => {
  it("is the longest extension that its name ends with", () => {
    for (const format of cohortFormats) assert.equal(formatOf(`a.b.${format}`), format);
    assert.equal(formatOf("a.csv.gz"), "csv.gz");
  });

  it("is none for other names, and for a name that is only an extension", () => {
    for (const name of ["", "csv", ".csv", ".csv.gz", "a.gz", "a.csv.zip", "acsv"]) {
      assert.equal(formatOf(name), null, name);
    }
  });
});

describe("the name of a measure file", () => {
  it("has the measure's id and, for one index date, that date", () => {
    assert.equal(measureFileName("sbp_by_region", null), "measure_sbp_by_region.csv");
    assert.equal(measureFileName("sbp_by_region", day), "measure_sbp_by_region_2020-03-01.csv");
  });
});
