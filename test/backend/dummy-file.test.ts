import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import { asTyped } from "../../engine/base/problems.ts";
import { validateDummyFile } from "../../engine/backend/supplied-file/validate-dummy-file.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { isoDateOf, toDayNumber } from "../../engine/base/dates.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { double, padded, stataFile, whole } from "../table/stata-file.ts";
import { column, events, studyOf } from "./study-of.ts";

const dated = (date_format: string) => events({ returning: "date", date_format });
const study = studyOf({
  columns: {
    sex: column("sex"),
    age: column("age_as_of", { reference_date: "2020-01-01" }),
    flag: events({}),
    bmi: column("most_recent_bmi"),
    day: dated("YYYY-MM-DD"),
    month: dated("YYYY-MM"),
    year: dated("YYYY"),
  },
});
const HEADER = "patient_id,sex,age,flag,bmi,day,month,year";
const GOOD = "11,F,40,1,23.5,2021-01-01,2021-01,2021";

describe("a supplied dummy data file", () => {
  const folder = scratchFolder();

  async function check(
    text: string | Buffer,
    name = "dummy.csv",
    format: CohortFormat | null = null,
  ) {
    const path = join(folder, name);
    await writeFile(path, text);
    const { rows, problems: found } = await validateDummyFile(study, path, format);
    const problems = found.map(asTyped);
    return {
      rows,
      told: problems.map(({ message }) => message.replaceAll(`${folder}/`, "")),
      problems,
    };
  }

  /** A row in which one cell is another. */
  function rowWith(name: string, text: string): string {
    const place = HEADER.split(",").indexOf(name);
    const cells = GOOD.split(",").map((cell, at) => (at === place ? text : cell));
    return `${HEADER}\n${cells.join(",")}\n`;
  }

  it("that fits has no problems and its rows counted, columns in any order", async () => {
    const empty = "22,,,,,,,";
    assert.deepEqual((await check(`${HEADER}\n${GOOD}\n${empty}\n`)).rows, 2);
    const turned = (line: string) => line.split(",").reverse().join(",");
    const { rows, told } = await check([HEADER, GOOD, empty].map(turned).join("\r\n"));
    assert.deepEqual([rows, told], [2, []]);
    const packed = gzipSync(`${HEADER}\n${GOOD}\n`);
    assert.deepEqual((await check(packed, "dummy.csv.gz", "csv.gz")).told, []);
  });

  it("may have no rows at all", async () => {
    const { rows, told } = await check(`${HEADER}\n`);
    assert.deepEqual([rows, told], [0, []]);
  });

  const accepted: Readonly<Record<string, readonly string[]>> = {
    patient_id: ["0", "12", "-3", "1.0", "007", "9007199254740991", "-9007199254740991"],
    sex: ["", "007", "anything", "NA"],
    age: ["", "0", "40", "40.0", "-1", "4e1", "0.0", "NA", "NaN", "NULL"],
    flag: ["", "0", "1", "0.0", "1.0", "True", "False", "true", "FALSE", "T", "F", "NA", "None"],
    bmi: ["", "0", "23", "23.5", "-1.5e-3", ".5", "NA", "nan"],
    day: ["", "2021-01-01", "2021-1-5", "2020-02-29", "NA", "NaT", "2021-01-01T00:00:00Z"],
    month: ["", "2021-01", "2021-1", "2021-12", "NA"],
    year: ["", "2021", "2021.0", "0", "1900", "NA"],
  };
  for (const [name, texts] of Object.entries(accepted)) {
    it(`accepts in ${name}: ${texts.map((text) => text || "nothing").join(", ")}`, async () => {
      for (const text of texts) assert.deepEqual((await check(rowWith(name, text))).told, [], text);
    });
  }

  const refused: Readonly<Record<string, readonly string[]>> = {
    patient_id: ["", "NA", "1.5", "1e+05", "1.23457E+11", "+1", "x", " 1"],
    age: ["XX", "2.7", "0x10", "1 000", "na", "inf", "1e300", " "],
    flag: ["X", "2", "yes", "0.5", "-1", "t"],
    bmi: ["X", "1,5", "1.2.3", "nan kg", "inf", "-inf", "1e999"],
    day: ["2021-01-010", "2021-02-29", "2021-01", "2021", "01/02/2021", "0", "2021-13-01"],
    "day, of a time": ["2021-01-01T00:00:01Z", "2021-01-01T00:00:00+01:00", "2021-01-01 12:00"],
    month: ["2021-010", "2021-00", "2021-13", "2021-01-01", "2021", "0"],
  };
  for (const [name, texts] of Object.entries(refused)) {
    it(`refuses in ${name}: ${texts.map((text) => text || "nothing").join(", ")}`, async () => {
      for (const text of texts) {
        const quoted = text.includes(",") ? `"${text}"` : text;
        const [column = ""] = name.split(",");
        const { told } = await check(rowWith(column, quoted));
        assert.deepEqual(told, [`Invalid value \`'${text}'\` for ${column} in row 2 of dummy.csv`]);
      }
    });
  }

  it("is told where a whole number has too many digits to be kept exactly", async () => {
    for (const name of ["patient_id", "age"]) {
      for (const text of ["9007199254740992", "-9007199254740993", "123456789012345678901.0"]) {
        const { told } = await check(rowWith(name, text));
        assert.deepEqual(told, [
          `Column "${name}" of "dummy.csv" holds a whole number beyond 2^53 in row 2.`,
        ]);
      }
    }
  });

  it("has its years read as numbers, and shown as such", async () => {
    for (const [text, shown] of [
      ["20210", "20210.0"],
      ["2020.5", "2020.5"],
      ["99", "99.0"],
      ["MMXX", "'MMXX'"],
    ] as const) {
      const { told } = await check(rowWith("year", text));
      assert.deepEqual(told, [`Invalid value \`${shown}\` for year in row 2 of dummy.csv`]);
    }
  });

  it("is told about columns too many first, then about those missing and those twice", async () => {
    const { told, problems } = await check("patient_id,sex,sexe,age,flag,bmi,day,month,sex\n");
    assert.deepEqual(told, [
      "Repeated column in dummy data: sex (dummy.csv)",
      "Unexpected column in dummy data: sexe (dummy.csv)",
      "Missing column in dummy data: year (dummy.csv)",
    ]);
    assert.match(problems[1]?.hint ?? "", /"sex"/);
    assert.deepEqual(
      (await check("sex\nF\n")).told[0],
      "Missing column in dummy data: patient_id (dummy.csv)",
    );
  });

  it("is told about each patient who occurs again", async () => {
    const again = (id: number) => GOOD.replace("11", String(id));
    const { told } = await check(
      [HEADER, again(5), again(6), "", again(5), again(6), again(5)].join("\n"),
    );
    assert.deepEqual(told, [
      "Invalid value `5` for patient_id in row 5 of dummy.csv: row 2 has the same",
      "Invalid value `6` for patient_id in row 6 of dummy.csv: row 3 has the same",
      "Invalid value `5` for patient_id in row 7 of dummy.csv: row 2 has the same",
    ]);
  });

  it("finds patients who occur again in a long file", async () => {
    const lines = Array.from({ length: 3000 }, (_, row) =>
      GOOD.replace("11", String((row * 7) % 2999)),
    );
    const { told, rows } = await check([HEADER, ...lines].join("\n"));
    assert.equal(rows, 3000);
    assert.deepEqual(told, [
      "Invalid value `0` for patient_id in row 3001 of dummy.csv: row 2 has the same",
    ]);
  });

  it("has twenty problems shown and the others counted", async () => {
    const lines = Array.from({ length: 27 }, (_, row) => `${row},F,?,1,1,,,`);
    const { told } = await check([HEADER, ...lines].join("\n"));
    assert.equal(told.length, 21);
    assert.match(told[19] ?? "", /row 21 of/);
    assert.equal(told[20], "… and 7 more in dummy.csv");
  });

  it("shows long and many-line values on one line, cut short", async () => {
    const { told } = await check(rowWith("age", `"a\n'b'""${"x".repeat(200)}"`));
    assert.equal(
      told[0],
      `Invalid value \`'a\\n'b'"${"x".repeat(74)}…'\` for age in row 2 of dummy.csv`,
    );
  });

  it("that is torn reports what it held so far", async () => {
    const { told } = await check(`${HEADER}\n${GOOD.replace("40", "old")}\n12,F\n`);
    assert.equal(told.length, 2);
    assert.match(told[0] ?? "", /Invalid value `'old'` for age/);
    assert.match(told[1] ?? "", /Row 3 of ".*dummy.csv" has 2 field/);
    assert.match((await check("")).told[0] ?? "", /no header row/);
    assert.match((await check("x", "dummy.csv.gz")).told[0] ?? "", /not complete gzip/);
  });

  it("must have the output's format", async () => {
    const { problems } = await validateDummyFile(study, "dummy-data-csv", "csv.gz");
    const wanted = "Expected dummy data file with extension .csv.gz; got dummy-data-csv";
    assert.deepEqual(
      problems.map(asTyped).map(({ message }) => message),
      [wanted],
    );
    assert.match((await check(GOOD, "dummy.csv", "csv.gz")).told[0] ?? "", /extension .csv.gz/);
    assert.match((await check(GOOD, "dummy.csv.gz", "csv")).told[0] ?? "", /extension .csv; got/);
  });

  it("may be a Stata file, in which months and years are their first days", async () => {
    const day = (iso: string): Buffer => whole(toDayNumber(isoDateOf(iso)) + 3653, 4);
    const cells: Readonly<Record<string, readonly [type: number, cell: Buffer]>> = {
      patient_id: [65_526, double(11)],
      sex: [1, padded("F", 1)],
      age: [65_530, whole(40, 1)],
      flag: [65_530, whole(1, 1)],
      bmi: [65_526, double(23.5)],
      day: [65_528, day("2021-02-03")],
      month: [65_528, day("2021-02-01")],
      year: [65_528, day("2021-01-01")],
    };
    const file = (changed: typeof cells): Buffer => {
      const all = Object.entries({ ...cells, ...changed });
      const variables = all.map(([name, [type]]) => {
        const format = /day|month|year/.test(name) ? "%td" : "%9.0g";
        return { name, type, format };
      });
      return stataFile({ variables, rows: [all.map(([, [, cell]]) => cell)] });
    };
    const { rows, told } = await check(file({}), "dummy.dta", "dta");
    assert.deepEqual([rows, told], [1, []]);
    assert.deepEqual((await check(gzipSync(file({})), "dummy.dta.gz", "dta.gz")).told, []);
    const wrong: typeof cells = {
      patient_id: [65_526, double(1.5)],
      age: [1, padded("F", 1)],
      flag: [65_530, whole(40, 1)],
      month: [65_528, day("2021-02-03")],
      year: [65_528, day("2021-02-01")],
    };
    for (const [name, cell] of Object.entries(wrong)) {
      const { told: said } = await check(file({ [name]: cell }), "dummy.dta");
      assert.match(said[0] ?? "", new RegExp(`for ${name} in row 2 of dummy\\.dta`));
    }
    assert.match((await check(file({}).subarray(0, -1), "dummy.dta")).told[0] ?? "", /cut short/);
  });

  it("must be there, in a format that is known", async () => {
    const codes = async (name: string, format: CohortFormat | null) =>
      (await validateDummyFile(study, join(folder, name), format)).problems.map(({ code }) => code);
    assert.deepEqual(await codes("missing.csv", "csv"), ["dummy-file-not-found"]);
    assert.deepEqual(await codes("missing.feather", null), ["dummy-file-not-found"]);
    assert.deepEqual(await codes("data.txt", null), ["dummy-file-format"]);
  });
});
