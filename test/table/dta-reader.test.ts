import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import type { WantedColumns } from "../../engine/table/cohort-reader.ts";
import { readCohort, readCohortHeader, readTable } from "../../engine/table/read-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import type { Rows } from "./cohort-rows.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { double, float, labelTable, longText, padded, stataFile, whole } from "./stata-file.ts";
import type { StataParts } from "./stata-file.ts";

const scratch = scratchFolder();
let files = 0;

function fileOf(parts: StataParts): string {
  const path = join(scratch, `input_${files++}.dta`);
  writeFileSync(path, stataFile(parts));
  return path;
}

async function read(parts: StataParts, wanted: Partial<WantedColumns>): Promise<Rows> {
  return rowsOf(await readCohort(fileOf(parts), { numbers: [], texts: [], ...wanted }));
}

/** Texts of the only column. */
async function textsOf(
  type: number,
  format: string,
  cells: readonly Uint8Array[],
  others: Partial<StataParts> = {},
): Promise<readonly string[]> {
  const variables = [{ name: "x", type, format }];
  const rows = cells.map((cell) => [cell]);
  const read_ = await read({ variables, rows, ...others }, { texts: ["x"] });
  return read_.flat().map(String);
}

const [BYTE, INT, LONG, FLOAT, DOUBLE, STRL] = [65_530, 65_529, 65_528, 65_527, 65_526, 32_768];

describe("reading a Stata file", () => {
  it("gives the wanted columns in the order wanted, as csv would have their cells", async () => {
    const variables = [
      { name: "patient_id", type: LONG },
      { name: "sex", type: 3 },
      { name: "bmi", type: DOUBLE },
      { name: "flag", type: BYTE },
      { name: "day", type: LONG, format: "%td" },
    ];
    const rows = [
      [whole(1, 4), padded("F", 3), double(23.5), whole(1, 1), whole(0, 4)],
      [whole(2, 4), padded("", 3), double(0), whole(0, 1), whole(21_974, 4)],
      [whole(-3, 4), padded("abc", 3), double(7), whole(100, 1), whole(-1, 4)],
    ];
    const wanted = { numbers: ["flag", "patient_id"], texts: ["day", "bmi", "sex", "patient_id"] };
    assert.deepEqual(await read({ variables, rows }, wanted), [
      [1, 1, "1960-01-01", "23.5", "F", "1.0"],
      [0, 2, "2020-02-29", "0.0", "", "2.0"],
      [100, -3, "1959-12-31", "7.0", "abc", "-3.0"],
    ]);
  });

  it("lists the distinct texts of a column in the order in which they appear", async () => {
    const rows = ["b", "a", "", "b", "c"].map((text) => [padded(text, 2)]);
    const path = fileOf({ variables: [{ name: "g", type: 2 }], rows });
    const reading = await readCohort(path, { numbers: [], texts: ["g"] });
    for (const round of [1, 2]) {
      assert.equal((await rowsOf(reading)).length, 5, `round ${round}`);
      assert.deepEqual(reading.dictionaries, [["b", "a", "", "c"]]);
    }
  });

  it("reads every numeric type over its whole range, and 27.9 of four bytes as 27.9", async () => {
    const ints = [-127, 100].map((n) => whole(n, 1));
    assert.deepEqual(await textsOf(BYTE, "%8.0g", ints), ["-127", "100"]);
    const shorts = [-32_767, 32_740].map((n) => whole(n, 2));
    assert.deepEqual(await textsOf(INT, "%8.0g", shorts), ["-32767", "32740"]);
    const longs = [-2_147_483_647, 2_147_483_620].map((n) => whole(n, 4));
    assert.deepEqual(await textsOf(LONG, "%12.0g", longs), ["-2147483647", "2147483620"]);
    const floats = [27.9, -0.1, 3, 1e-40, 1.701e38].map((n) => float(n));
    const shown = ["27.9", "-0.1", "3.0", "1e-40", "1.701e+38"];
    assert.deepEqual(await textsOf(FLOAT, "%9.0g", floats), shown);
    const doubles = [27.9, 2 ** 1022, -Number.MAX_VALUE, 3, -0].map((n) => double(n));
    const all = ["27.9", "4.49423283715579e+307", "-1.7976931348623157e+308", "3.0", "-0.0"];
    assert.deepEqual(await textsOf(DOUBLE, "%10.0g", doubles), all);
    const wholes = [2 ** 53 - 1, -5, 0.5].map((n) => double(n));
    assert.deepEqual(await textsOf(DOUBLE, "%20.0f", wholes), ["9007199254740991", "-5", "0.5"]);
  });

  it("takes all of Stata's missing values, from . to .z, for an empty cell", async () => {
    const empty = Array.from({ length: 27 }, () => "");
    const from = (code: number, bytes: number, step = 1) =>
      empty.map((_, i) => whole(code + i * step, bytes));
    assert.deepEqual(await textsOf(BYTE, "%8.0g", from(101, 1)), empty);
    assert.deepEqual(await textsOf(INT, "%8.0g", from(32_741, 2)), empty);
    assert.deepEqual(await textsOf(LONG, "%8.0g", from(2_147_483_621, 4)), empty);
    assert.deepEqual(await textsOf(FLOAT, "%8.0g", from(0x7f000000, 4, 0x800)), empty);
    const doubles = from(0, 2).map((low) => Buffer.concat([Buffer.alloc(5), low, whole(0, 1)]));
    doubles.forEach((bytes, i) => {
      bytes.set([i, 0xe0, 0x7f], 5);
    });
    assert.deepEqual(await textsOf(DOUBLE, "%8.0g", doubles), empty);
    assert.deepEqual(await textsOf(LONG, "%td", from(2_147_483_621, 4)), empty);
  });

  it("reads days, moments at midnight, months and years as dates", async () => {
    const days = [0, -1, 2_936_549].map((n) => whole(n, 4));
    const dates = ["1960-01-01", "1959-12-31", "9999-12-31"];
    for (const format of ["%td", "%d", "%-tdD_m_Y", "%tdCCYY-NN-DD"]) {
      assert.deepEqual(await textsOf(LONG, format, days), dates, format);
    }
    const moments = [0, -86_400_000].map((n) => double(n));
    assert.deepEqual(await textsOf(DOUBLE, "%tc", moments), ["1960-01-01", "1959-12-31"]);
    const months = [0, -1, 721].map((n) => whole(n, 2));
    assert.deepEqual(await textsOf(INT, "%tm", months), ["1960-01", "1959-12", "2020-02"]);
    assert.deepEqual(await textsOf(INT, "%ty", [whole(2020, 2)]), ["2020"]);
    const inDoubles = [double(0.5 * 2), double(21_974)];
    assert.deepEqual(await textsOf(DOUBLE, "%td", inDoubles), ["1960-01-02", "2020-02-29"]);
  });

  it("shows of a date as much as the file says the study shows", async () => {
    const shown = async (format: string, display = "%td", value = 21_974) =>
      textsOf(LONG, display, [whole(value, 4)], {
        characteristics: [
          ["x", "note1", "seen by nobody"],
          ["x", "date_format", format],
          ["y", "date_format", "YYYY"],
        ],
      });
    assert.deepEqual(await shown("YYYY-MM"), ["2020-02"]);
    assert.deepEqual(await shown("YYYY"), ["2020"]);
    assert.deepEqual(await shown("anything"), ["2020-02-29"]);
    // Months and years that were made in Stata, of a column that the study kept as either.
    assert.deepEqual(await shown("YYYY", "%tm", 721), ["2020"]);
    assert.deepEqual(await shown("YYYY-MM", "%tm", 721), ["2020-02"]);
    assert.deepEqual(await shown("anything", "%tm", 721), ["2020-02"]);
    assert.deepEqual(await shown("YYYY-MM", "%ty", 2020), ["2020"]);
  });

  it("finds a column by what the study calls it, unless Stata has renamed it since", async () => {
    const variables = ["_if", "renamed", "plain"].map((name) => ({ name, type: BYTE }));
    const characteristics = [
      ["_if", "study_name", "if"],
      ["renamed", "study_name", "has, had"],
    ] as const;
    const path = fileOf({ variables, characteristics });
    assert.deepEqual(await readCohortHeader(path), ["if", "renamed", "plain"]);
  });

  it("finds a shortened column by its label, where only that is left", async () => {
    const long = "a_name_of_more_than_thirty_two_characters";
    const names = [long.slice(0, 32), "sex", "bmi_kg"];
    const variables = names.map((name) => ({ name, type: BYTE }));
    const labelled = { variables, variableLabels: [long, "Sex of the patient", "bmi kg"] };
    assert.deepEqual(await readCohortHeader(fileOf(labelled)), [long, "sex", "bmi_kg"]);
  });

  it("reads long texts, whichever cell of the file they belong to", async () => {
    const variables = ["a", "b"].map((name) => ({ name, type: STRL }));
    const to = (v: number, o: number) => Buffer.concat([whole(v, 2), whole(o, 6)]);
    const rows = [
      [to(1, 1), to(2, 1)],
      [to(0, 0), to(1, 1)],
      [to(2, 3), to(2, 1)],
    ];
    const huge = "ü".repeat(20_000);
    const longTexts = [
      longText(1, 1, 130, "one"),
      longText(2, 1, 130, huge),
      longText(2, 3, 129, "a\0b"),
    ];
    assert.deepEqual(await read({ variables, rows, longTexts }, { texts: ["b", "a"] }), [
      [huge, "one"],
      ["one", ""],
      [huge, "a\0b"],
    ]);
  });

  it("gives the words of value labels as texts, and the numbers as numbers", async () => {
    const variables = [{ name: "sex", type: BYTE, valueLabels: "sexes" }];
    const rows = [1, 2, 3, 101].map((n) => [whole(n, 1)]);
    const labels: [number, string][] = [
      [2, "Männer"],
      [1, "Frauen"],
    ];
    const valueLabels = [labelTable("others", [[1, "no"]]), labelTable("sexes", labels)];
    const file = { variables, rows, valueLabels };
    const texts = [["Frauen"], ["Männer"], ["3"], [""]];
    assert.deepEqual(await read(file, { texts: ["sex"] }), texts);
    const three = { ...file, rows: rows.slice(0, 3) };
    assert.deepEqual(await read(three, { numbers: ["sex"] }), [[1], [2], [3]]);
  });

  it("counts a text that is a number as one, as csv does", async () => {
    const variables = [{ name: "x", type: 4 }];
    const rows = ["1", "2.5", "-1e3"].map((text) => [padded(text, 4)]);
    assert.deepEqual(await read({ variables, rows }, { numbers: ["x"] }), [[1], [2.5], [-1000]]);
    const year = { variables: [{ name: "x", type: INT, format: "%ty" }], rows: [[whole(2020, 2)]] };
    assert.deepEqual(await read(year, { numbers: ["x"] }), [[2020]]);
  });

  it("understands the other byte order and the formats 117 and 119", async () => {
    for (const release of ["117", "118", "119"] as const) {
      for (const order of ["LSF", "MSF"] as const) {
        const variables = [
          { name: "i", type: INT },
          { name: "l", type: LONG },
          { name: "f", type: FLOAT },
          { name: "d", type: DOUBLE, format: "%td" },
          { name: "s", type: 3 },
        ];
        const text = padded("ü", 3, release === "117" ? "latin1" : "utf8");
        const numbers = [whole(-300, 2, order), whole(70_000, 4, order), float(0.1, order)];
        const rows = [[...numbers, double(21_974, order), text]];
        const parts = {
          release,
          order,
          variables,
          rows,
          label: "Ä",
          timestamp: "01 Jan 2020 00:00",
        };
        const ascii = release === "117" ? { ...parts, label: "A" } : parts;
        assert.deepEqual(
          await read(ascii, { texts: ["i", "l", "f", "d", "s"] }),
          [["-300", "70000", "0.1", "2020-02-29", "ü"]],
          `${release} ${order}`,
        );
      }
    }
  });

  it("reads the same of a gzipped file, and of one with many blocks", async () => {
    const variables = [
      { name: "n", type: LONG },
      { name: "s", type: 5 },
    ];
    const rows = Array.from({ length: 50_000 }, (_, i) => [whole(i, 4), padded(String(i % 9), 5)]);
    const bytes = stataFile({ variables, rows });
    const expected = rows.map((_, i) => [i, String(i % 9)]);
    for (const [extension, content] of [
      ["dta", bytes],
      ["dta.gz", gzipSync(bytes)],
    ] as const) {
      const path = join(scratch, `many.${extension}`);
      writeFileSync(path, content);
      const reading = await readCohort(path, { numbers: ["n"], texts: ["s"] });
      assert.deepEqual(await rowsOf(reading), expected);
    }
  });

  it("gives every cell as text, row by row, the names being row 1", async () => {
    const variables = [
      { name: "n", type: BYTE },
      { name: "s", type: 2 },
    ];
    const rows = [
      [whole(1, 1), padded("a", 2)],
      [whole(101, 1), padded("", 2)],
    ];
    const found: unknown[] = [];
    for await (const { row, cells } of readTable(fileOf({ variables, rows }))) {
      found.push([row, ...cells]);
    }
    assert.deepEqual(found, [
      [1, "n", "s"],
      [2, "1", "a"],
      [3, "", ""],
    ]);
  });
});
