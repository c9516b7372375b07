import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import fc from "fast-check";

import type { WantedColumns } from "../../engine/table/cohort-reader.ts";
import { quotedField } from "../../engine/table/csv/quoted-field.ts";
import { readCohort, readCohortHeader } from "../../engine/table/read-table.ts";
import { rowsOf, rowsOfSplit } from "./cohort-rows.ts";
import type { Rows } from "./cohort-rows.ts";
import { scratchFolder } from "./scratch-folder.ts";

const scratch = scratchFolder();
let files = 0;

function fileOf(content: string | Uint8Array, extension = "csv"): string {
  const path = join(scratch, `input_${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

async function read(content: string | Uint8Array, wanted: Partial<WantedColumns>): Promise<Rows> {
  return rowsOf(await readCohort(fileOf(content), { numbers: [], texts: [], ...wanted }));
}

const texts = (...names: string[]) => ({ texts: names });

describe("reading a cohort file", () => {
  it("gives the wanted columns in the order wanted, numbers as numbers, texts exactly", async () => {
    const file = "patient_id,sex,bmi,stp,flag\n1,F,23.5, S1,1\n2,M,0.0,NA,0\n3,,7,,1\n";
    assert.deepEqual(await read(file, { numbers: ["flag", "bmi"], texts: ["stp", "sex"] }), [
      [1, 23.5, " S1", "F"],
      [0, 0, "NA", "M"],
      [1, 7, "", ""],
    ]);
  });

  it("lists the distinct texts of a column in the order in which they appear", async () => {
    const reading = await readCohort(fileOf('g\nb\na\n\n""\na\nb\nc\n'), {
      numbers: [],
      texts: ["g"],
    });
    assert.equal((await rowsOf(reading)).length, 6);
    assert.deepEqual(reading.dictionaries, [["b", "a", "", "c"]]);
  });

  it("gives a column wanted as both as a number and as the text of that number", async () => {
    const file = "n\n1\n0\n1.0\n-0\n2.50\n1e16\n";
    assert.deepEqual(await read(file, { numbers: ["n"], texts: ["n"] }), [
      [1, "1.0"],
      [0, "0.0"],
      [1, "1.0"],
      [-0, "0.0"],
      [2.5, "2.5"],
      [1e16, "1e+16"],
    ]);
  });

  it("counts the rows when no column is wanted", async () => {
    assert.deepEqual(await read("a,b\n1,2\n3,4\n", {}), [[], []]);
  });

  it("has no rows where the file has only a header", async () => {
    for (const file of ["a,b\n", "a,b", "a,b\r\n\r\n"]) {
      assert.deepEqual(await read(file, { numbers: ["a"], texts: ["b"] }), []);
    }
  });

  it("can be read twice", async () => {
    const reading = await readCohort(fileOf("a\nx\ny\n"), { numbers: [], texts: ["a"] });
    assert.deepEqual(await rowsOf(reading), [["x"], ["y"]]);
    assert.deepEqual(await rowsOf(reading), [["x"], ["y"]]);
  });

  const shapes: [what: string, file: string, rows: string[][]][] = [
    [
      "LF",
      "a,b\n1,x\n2,y\n",
      [
        ["1", "x"],
        ["2", "y"],
      ],
    ],
    [
      "CR LF",
      "a,b\r\n1,x\r\n2,y\r\n",
      [
        ["1", "x"],
        ["2", "y"],
      ],
    ],
    [
      "CR",
      "a,b\r1,x\r2,y\r",
      [
        ["1", "x"],
        ["2", "y"],
      ],
    ],
    [
      "no last line end",
      "a,b\n1,x\n2,y",
      [
        ["1", "x"],
        ["2", "y"],
      ],
    ],
    [
      "no last line end, empty cell",
      "a,b\n1,x\n2,",
      [
        ["1", "x"],
        ["2", ""],
      ],
    ],
    [
      "blank lines",
      "\n\r\na,b\n\n1,x\r\n\r\n\n2,y\n\n",
      [
        ["1", "x"],
        ["2", "y"],
      ],
    ],
    ["a byte order mark", "\ufeffa,b\n1,x\n", [["1", "x"]]],
    ["a quoted byte order mark header", '\ufeff"a",b\n1,x\n', [["1", "x"]]],
    [
      "quotes",
      '"a",b\n"1,\n2","say ""x"""\n"",\n',
      [
        ["1,\n2", 'say "x"'],
        ["", ""],
      ],
    ],
    ["a quote inside", 'a,b\n5" pipe,x"y"\n', [['5" pipe', 'x"y"']]],
    ["a space before a quote", 'a,b\n "x",y\n', [[' "x"', "y"]]],
    ["only empty cells", "a,b\n,\n", [["", ""]]],
    ["NUL", "a,b\n\0,x\0\n", [["\0", "x\0"]]],
    ["a quoted end of file", 'a,b\n1,"x"', [["1", "x"]]],
  ];
  for (const [what, file, rows] of shapes) {
    it(`understands ${what}, wherever the bytes are split`, async () => {
      const bytes = new TextEncoder().encode(file);
      for (let windowBytes = 1; windowBytes <= bytes.length + 1; windowBytes++) {
        for (const step of [1, windowBytes]) {
          const read = await rowsOfSplit(bytes, { windowBytes, step }, texts("a", "b"));
          assert.deepEqual(read, rows, `${windowBytes} bytes, ${step} at a time`);
        }
      }
    });
  }

  it("reads any cells from any split and any line end, as they were written", async () => {
    const cell = fc.oneof(
      fc.string({
        unit: fc.constantFrom('"', ",", "\n", "\r", "a", " ", "é", "😀", "\0"),
        maxLength: 6,
      }),
      fc.string({ unit: "grapheme", maxLength: 20 }),
      fc.constantFrom("", "West Midlands", "x".repeat(300)),
    );
    // Bare digits beyond 2^53 are whole numbers that a double cannot hold: refused elsewhere.
    const number = fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .filter((value) => !/^-?\d+$/.test(String(value)) || Number.isSafeInteger(value));
    const table = fc.array(fc.tuple(cell, number, cell), {
      maxLength: 30,
    });
    const lineEnd = fc.constantFrom("\n", "\r\n", "\r");
    const property = fc.asyncProperty(
      table,
      lineEnd,
      fc.boolean(),
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 40 }),
      async (cells, end, endAtEnd, windowBytes, step) => {
        const rows = [["a", "n", "b"], ...cells].map((row) =>
          row.map((value) => quotedField(String(value))).join(","),
        );
        const bytes = new TextEncoder().encode(rows.join(end) + (endAtEnd ? end : ""));
        const wanted = { numbers: ["n"], texts: ["a", "b"] };
        const read = await rowsOfSplit(bytes, { windowBytes, step }, wanted);
        assert.deepEqual(
          read,
          cells.map(([a, n, b]) => [n === 0 ? 0 : n, a, b]),
        );
      },
    );
    await fc.assert(property, { numRuns: 400 });
  });

  it("tells texts apart by every byte, however many there are", async () => {
    const distinct = Array.from({ length: 5000 }, (_, i) => `${"ab".repeat(i % 9)}${i % 97}é${i}`);
    const file = `g\n${[...distinct, ...distinct].join("\n")}\n`;
    const rows = await read(file, texts("g"));
    assert.deepEqual(rows.flat(), [...distinct, ...distinct]);
    const reading = await readCohort(fileOf(file), { numbers: [], texts: ["g"] });
    await rowsOf(reading);
    assert.deepEqual(reading.dictionaries, [distinct]);
  });

  it("reads gzipped files as it reads plain ones, several members too", async () => {
    const file = `id,g\n${Array.from({ length: 70_000 }, (_, i) => `${i},t${i % 7}\n`).join("")}`;
    const wanted = { numbers: ["id"], texts: ["g"] };
    const plain = await read(file, wanted);
    assert.deepEqual(
      plain,
      Array.from({ length: 70_000 }, (_, i) => [i, `t${i % 7}`]),
    );
    const halves = [file.slice(0, 1234), file.slice(1234)].map((half) => gzipSync(half));
    for (const packed of [gzipSync(file), Buffer.concat(halves)]) {
      assert.deepEqual(await rowsOf(await readCohort(fileOf(packed, "csv.gz"), wanted)), plain);
    }
  });

  it("reads the header alone", async () => {
    const header = await readCohortHeader(fileOf('\ufeff"key,two",b,b,\nragged\n'));
    assert.deepEqual(header, ["key,two", "b", "b", ""]);
  });
});
