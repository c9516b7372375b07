import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gunzipSync } from "node:zlib";

import type { CohortColumn, ColumnValues } from "../../engine/table/cohort-schema.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { double, longText, padded, stataFile, whole } from "./stata-file.ts";
import { cellsOf, days, floats, ints, words, write } from "./written-cohort.ts";

async function bytesOf(
  columns: readonly CohortColumn[],
  ...batches: (readonly ColumnValues[])[]
): Promise<Buffer> {
  return readFileSync(await write({ columns, batches }));
}

const ID = { name: "patient_id", type: 65_528, format: "%12.0g" };
const DOT = whole(2_147_483_621, 4);

describe("a cohort written as a Stata file", () => {
  it("has the bytes that Stata's description of format 118 asks for", async () => {
    const columns: CohortColumn[] = [
      { name: "flag", type: "bool" },
      { name: "count", type: "int" },
      { name: "bmi", type: "float" },
      { name: "sex", type: "str" },
      { name: "day", type: "date", dateFormat: "YYYY-MM-DD" },
      { name: "month", type: "date", dateFormat: "YYYY-MM" },
      { name: "year", type: "date", dateFormat: "YYYY" },
    ];
    const dates = ["2020-02-29", null, "9999-12-31"];
    const batch: readonly ColumnValues[] = [
      ints(1, 20, 2_147_483_620),
      { type: "bool", values: Uint8Array.of(1, 0, 1) },
      ints(0, -1, 2_147_483_621),
      floats(23.5, NaN, -0.1),
      words("F", "", "é\u{1f600}"),
      days(...dates),
      days(...dates),
      days(...dates),
    ];
    const expected = stataFile({
      sortedBy: [1],
      variables: [
        ID,
        { name: "flag", type: 65_530, format: "%8.0g" },
        { name: "count", type: 65_526, format: "%20.0f" },
        { name: "bmi", type: 65_526, format: "%10.0g" },
        { name: "sex", type: 6, format: "%9s" },
        { name: "day", type: 65_528, format: "%td" },
        { name: "month", type: 65_528, format: "%td" },
        { name: "year", type: 65_528, format: "%td" },
      ],
      characteristics: [
        ["month", "date_format", "YYYY-MM"],
        ["year", "date_format", "YYYY"],
      ],
      // Days since 1960-01-01: 2020-02-29 is 60 years with 15 leap days and 59 days in.
      rows: [
        [
          ...[whole(1, 4), whole(1, 1), double(0), double(23.5), padded("F", 6)],
          ...[whole(60 * 365 + 15 + 59, 4), whole(60 * 365 + 15 + 31, 4), whole(60 * 365 + 15, 4)],
        ],
        [
          ...[whole(20, 4), whole(0, 1), double(-1), whole(0x7fe0000000000000, 8), padded("", 6)],
          ...[DOT, DOT, DOT],
        ],
        [
          ...[whole(2_147_483_620, 4), whole(1, 1), double(2_147_483_621), double(-0.1)],
          ...[padded("é\u{1f600}", 6), whole(2_936_549, 4), whole(2_936_519, 4)],
          whole(2_936_185, 4),
        ],
      ],
    });
    assert.deepEqual(await bytesOf(columns, batch), expected);
  });

  it("has its long texts behind the rows, in the order of the cells that refer to them", async () => {
    const long = "x".repeat(2046);
    const columns: CohortColumn[] = [
      { name: "note", type: "str" },
      { name: "wide", type: "str" },
      { name: "raw", type: "str" },
    ];
    const wide = "y".repeat(2045);
    const batch = [ints(1, 2), words("ab", long), words(wide, ""), words("", "a\0b")];
    const reference = (v: number, o: number): Buffer => Buffer.concat([whole(v, 2), whole(o, 6)]);
    const expected = stataFile({
      sortedBy: [1],
      variables: [
        ID,
        { name: "note", type: 32_768, format: "%9s" },
        { name: "wide", type: 2045, format: "%2045s" },
        { name: "raw", type: 32_768, format: "%9s" },
      ],
      rows: [
        [whole(1, 4), reference(2, 1), padded(wide, 2045), reference(0, 0)],
        [whole(2, 4), reference(2, 2), padded("", 2045), reference(4, 2)],
      ],
      longTexts: [
        longText(2, 1, 130, "ab"),
        longText(2, 2, 130, long),
        longText(4, 2, 129, "a\0b"),
      ],
    });
    assert.deepEqual(await bytesOf(columns, batch), expected);
  });

  it("may have no rows, and texts that are all empty", async () => {
    const sex: CohortColumn = { name: "sex", type: "str" };
    const variables = [ID, { name: "sex", type: 1, format: "%9s" }];
    assert.deepEqual(await bytesOf([sex]), stataFile({ sortedBy: [1], variables }));
    assert.deepEqual(await cellsOf(sex, words("", "", "")), ["", "", ""]);
  });

  it("keeps whole numbers exactly, in four bytes as long as all fit", async () => {
    const column: CohortColumn = { name: "n", type: "int" };
    const width = async (n: number): Promise<number> =>
      (await bytesOf([column], [ints(1), ints(n)])).length;
    const four = await width(0);
    assert.deepEqual(await Promise.all([-2_147_483_647, 2_147_483_620].map(width)), [four, four]);
    // The format's name is of the same width in the header, so only the cell grows.
    const beyond = [-2_147_483_648, 2_147_483_621, Number.MAX_SAFE_INTEGER].map(width);
    assert.deepEqual(await Promise.all(beyond), [four + 4, four + 4, four + 4]);
    const far = [Number.MAX_SAFE_INTEGER, -Number.MAX_SAFE_INTEGER, 0, -1];
    assert.deepEqual(await cellsOf(column, ints(...far)), far.map(String));
  });

  it("keeps dates exactly from year 1 to 9999, none clamped", async () => {
    const dates = ["0001-01-01", "0099-12-31", "1677-09-20", "2262-04-12", "9999-12-31"];
    const column: CohortColumn = { name: "d", type: "date", dateFormat: "YYYY-MM-DD" };
    assert.deepEqual(await cellsOf(column, days(...dates, null)), [...dates, ""]);
  });

  it("shortens names and keeps what the study calls the columns", async () => {
    const name = "a_name_of_more_than_thirty_two_characters";
    const columns: CohortColumn[] = [
      { name, type: "bool" },
      { name: "has, had", type: "bool" },
      { name: "2nd", type: "bool" },
      { name: "if", type: "bool" },
    ];
    const flag: ColumnValues = { type: "bool", values: Uint8Array.of(1) };
    const path = await write({ columns, batches: [[ints(1), flag, flag, flag, flag]] });
    const short = [name.slice(0, 32), "has__had", "_2nd", "_if"];
    const expected = stataFile({
      sortedBy: [1],
      variables: [ID, ...short.map((each) => ({ name: each, type: 65_530, format: "%8.0g" }))],
      variableLabels: ["", ...columns.map((column) => column.name)],
      characteristics: columns.map((column, at) => [short[at] ?? "", "study_name", column.name]),
      rows: [[whole(1, 4), ...columns.map(() => whole(1, 1))]],
    });
    assert.deepEqual(readFileSync(path), expected);
    for await (const { cells } of readTable(path)) {
      assert.deepEqual(cells, ["patient_id", name, "has, had", "2nd", "if"]);
      break;
    }
  });

  it("has the same bytes however the rows were batched, plain or gzipped", async () => {
    const columns: CohortColumn[] = [
      { name: "n", type: "int" },
      { name: "s", type: "str" },
      { name: "l", type: "str" },
    ];
    const rows = 3000;
    const texts = Array.from({ length: rows }, (_, i) => "ab".repeat(i % 7));
    const long = texts.map((text, i) => (i % 100 === 0 ? text.padEnd(2100, "z") : text));
    const batched = (size: number): (readonly ColumnValues[])[] =>
      Array.from({ length: Math.ceil(rows / size) }, (_, b) => {
        const range = [b * size, Math.min(rows, b * size + size)] as const;
        const numbers = Array.from({ length: range[1] - range[0] }, (_, i) => range[0] + i);
        const [s, l] = [texts, long].map((all) => words(...all.slice(...range)));
        assert.ok(s !== undefined && l !== undefined);
        return [ints(...numbers), ints(...numbers.map((n) => n * 1_000_000)), s, l];
      });
    for (const format of ["dta", "dta.gz"] as const) {
      const [first, ...others] = await Promise.all(
        [rows, 7, 256, 1000].map(async (size) =>
          readFileSync(await write({ columns, batches: batched(size), format })),
        ),
      );
      assert.ok(first !== undefined && others.every((other) => other.equals(first)));
      if (format === "dta.gz") {
        assert.deepEqual([...first.subarray(0, 10)], [31, 139, 8, 0, 0, 0, 0, 0, 0, 255]);
        const plain = readFileSync(await write({ columns, batches: batched(50) }));
        assert.ok(gunzipSync(first).equals(plain));
      }
    }
  });

  it("leaves nothing beside it", async () => {
    const path = await write({ columns: [], batches: [[ints(1, 2)]] });
    assert.deepEqual(readdirSync(join(path, "..")), ["input.dta"]);
  });
});
