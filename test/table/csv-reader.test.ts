import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import fc from "fast-check";

import type { CohortReading, WantedColumns } from "../../engine/table/cohort-reader.ts";
import type { ByteSource } from "../../engine/table/csv/byte-source.ts";
import { LONGEST_ROW } from "../../engine/table/csv/byte-window.ts";
import { readCsvInput } from "../../engine/table/csv/csv-reader.ts";
import { quotedField } from "../../engine/table/csv/quoted-field.ts";
import { readCohort, readCohortHeader } from "../../engine/table/read-cohort.ts";
import { problemOf, problemsOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";

const scratch = scratchFolder();
let files = 0;

function fileOf(content: string | Uint8Array, extension = "csv"): string {
  const path = join(scratch, `input_${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

type Rows = (number | string)[][];

/** Wanted numbers and then wanted texts of every row. */
async function rowsOf(reading: CohortReading): Promise<Rows> {
  const rows: Rows = [];
  for await (const { rows: count, numbers, codes } of reading.blocks) {
    for (let row = 0; row < count; row++) {
      const texts = codes.map((column, at) => reading.dictionaries[at]?.[column[row] ?? -1] ?? "?");
      rows.push([...numbers.map((column) => column[row] ?? NaN), ...texts]);
    }
  }
  return rows;
}

async function read(content: string | Uint8Array, wanted: Partial<WantedColumns>): Promise<Rows> {
  return rowsOf(await readCohort(fileOf(content), { numbers: [], texts: [], ...wanted }));
}

/** Hands out at most `step` bytes at a time. */
function sourceOf(bytes: Uint8Array, step: number): ByteSource {
  let done = 0;
  return {
    read: (into, at) => {
      const part = bytes.subarray(done, done + Math.min(step, into.length - at));
      into.set(part, at);
      done += part.length;
      return Promise.resolve(part.length);
    },
    close: () => Promise.resolve(),
  };
}

const numbers = (...names: string[]) => ({ numbers: names });
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
          const open = () => Promise.resolve(sourceOf(bytes, step));
          const input = { file: "split.csv", open, windowBytes };
          const reading = await readCsvInput(input, { numbers: [], texts: ["a", "b"] });
          assert.deepEqual(await rowsOf(reading), rows, `${windowBytes} bytes, ${step} at a time`);
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
    const table = fc.array(
      fc.tuple(cell, fc.double({ noNaN: true, noDefaultInfinity: true }), cell),
      {
        maxLength: 30,
      },
    );
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
        const open = () => Promise.resolve(sourceOf(bytes, step));
        const input = { file: "any.csv", open, windowBytes };
        const reading = await readCsvInput(input, { numbers: ["n"], texts: ["a", "b"] });
        const wanted = cells.map(([a, n, b]) => [n === 0 ? 0 : n, a, b]);
        assert.deepEqual(await rowsOf(reading), wanted);
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

describe("a cohort file that cannot be read", () => {
  const broken: [what: string, file: string, wanted: Partial<WantedColumns>, problem: RegExp][] = [
    ["an empty file", "", {}, /^empty-table: /],
    ["a file of blank lines", "\n\r\n\n", {}, /^empty-table: /],
    ["a row with a cell too few", "a,b\n1,2\n3\n", {}, /^ragged-row: Row 3 of .* 1 field.* 2\b/],
    ["a row with a cell too many", "a,b\n\n1,2,9\n", {}, /^ragged-row: Row 3 of .* 3 field/],
    ["a last row cut short", "a,b\n1,2\n3", {}, /^ragged-row: Row 3 /],
    [
      "a text where a number is wanted",
      "a,b\n1,2\nx,4\n",
      numbers("a"),
      /^not-a-number: .*"a".* row 3/,
    ],
    [
      "an empty cell where a number is wanted",
      'a\n1\n""\n',
      numbers("a"),
      /^not-a-number: .* row 3/,
    ],
    ["a quote never closed", 'a,b\n1,"2\n3,4\n', {}, /^broken-quotes: .* row 2 /],
    ["text behind a closing quote", 'a,b\n1,"2"3\n', {}, /^broken-quotes: .* row 2 /],
    ["a quoted header never closed", '"a,b\n1,2\n', {}, /^broken-quotes: .* row 1 /],
  ];
  for (const [what, file, wanted, expected] of broken) {
    it(`is a problem that names the place: ${what}`, async () => {
      assert.match(await problemOf(() => read(file, wanted)), expected);
    });
  }

  it("is a problem that never quotes a value", async () => {
    const secret = "0612345678x";
    const problem = await problemOf(() => read(`a\n${secret}\n`, numbers("a")));
    assert.equal(problem.includes(secret), false);
  });

  it("names the same row wherever the bytes are split", async () => {
    const bytes = new TextEncoder().encode("a\r\n\r\n1\r\n2\r\nx\r\n");
    for (let windowBytes = 1; windowBytes <= bytes.length; windowBytes++) {
      const open = () => Promise.resolve(sourceOf(bytes, windowBytes));
      const input = { file: "split.csv", open, windowBytes };
      const all = async () => rowsOf(await readCsvInput(input, { numbers: ["a"], texts: [] }));
      assert.match(await problemOf(all), / row 5\b/);
    }
  });

  it("names the row in a file of many blocks", async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},F`);
    rows[50_000] = "oops,F";
    const file = `id,sex\n${rows.join("\n")}\n`;
    assert.match(await problemOf(() => read(file, numbers("id"))), / row 50002\b/);
  });

  it("reports all missing and repeated columns at once, with the nearest names", async () => {
    const wanted = { numbers: ["sbp", "flag"], texts: ["sexx", "flag"] };
    const problems = await problemsOf(() => read("id,sex,flag,flag,bp\n", wanted));
    assert.deepEqual(
      problems.map(({ code, hint }) => `${code} ${hint}`),
      [
        'missing-file-column Nearest: "bp", "sex".',
        "repeated-file-column Rename or remove all but one of them.",
        'missing-file-column Nearest: "sex".',
      ],
    );
  });

  it("does not mind repeated columns that nobody wants", async () => {
    assert.deepEqual(await read("a,b,b\n1,2,3\n", numbers("a")), [[1]]);
  });

  it("reports bytes that are not UTF-8, only in the texts it was asked for", async () => {
    const bytes = Buffer.concat([Buffer.from("a,b\n1,"), Buffer.from([0xe9]), Buffer.from("\n")]);
    assert.deepEqual(await read(bytes, numbers("a")), [[1]]);
    assert.match(await problemOf(() => read(bytes, texts("b"))), /^not-utf8-text: .*"b", row 2/);
    const header = Buffer.concat([Buffer.from([0xe9]), Buffer.from(",b\n")]);
    assert.match(await problemOf(() => read(header, {})), /^not-utf8-text: .* row 1/);
  });

  it("reports a row above the limit instead of taking all memory", async () => {
    const endless = new Uint8Array(LONGEST_ROW + 3).fill(120);
    endless.set(Buffer.from("a\n"));
    const open = () => Promise.resolve(sourceOf(endless, Infinity));
    const input = { file: "long.csv", open, windowBytes: LONGEST_ROW };
    const all = async () => rowsOf(await readCsvInput(input, { numbers: [], texts: ["a"] }));
    assert.match(await problemOf(all), /^row-too-long: Row 2 .* 64 MiB/);
  });

  it("reports gzip data that are cut short, damaged, or no gzip data at all", async () => {
    const packed = gzipSync(`a\n${"1\n".repeat(10_000)}`);
    const damaged = Uint8Array.from(packed);
    damaged.fill(0xff, 20);
    const cut = packed.subarray(0, packed.length - 9);
    for (const content of [cut, damaged, Buffer.from("a\n1\n")]) {
      const path = fileOf(content, "csv.gz");
      const all = async () => rowsOf(await readCohort(path, { numbers: ["a"], texts: [] }));
      assert.match(await problemOf(all), /^broken-gzip: /);
    }
  });

  it("reports a file that is missing, a folder, or of a format not built", async () => {
    const wanted = { numbers: [], texts: [] };
    for (const extension of ["csv", "csv.gz"]) {
      const missing = join(scratch, `missing.${extension}`);
      assert.match(await problemOf(() => readCohort(missing, wanted)), /^file-not-found: /);
    }
    const feather = join(scratch, "input.feather");
    const problems = await problemsOf(() => readCohort(feather, wanted));
    assert.deepEqual(
      problems.map(({ code, hint, exitCode }) => [code, hint, exitCode]),
      [["format-not-built", 'Built so far: "csv.gz", "csv".', 1]],
    );
    const unnamed = () => readCohort(join(scratch, "input"), wanted);
    assert.match(await problemOf(unnamed), /^unknown-file-format: /);
  });
});
