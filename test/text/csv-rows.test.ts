import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import fc from "fast-check";

import { ProblemError } from "../../engine/base/problems.ts";
import { readTextRows } from "../../engine/table/csv/text-rows.ts";
import { openByteSource } from "../../engine/table/csv/byte-source.ts";
import { csvSize } from "../../engine/table/csv/csv-size.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { CsvRows, csvRows } from "../../engine/text/csv-rows.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

type Cells = readonly (readonly string[])[];

const cellsOf = (text: string, separator?: string): Cells =>
  csvRows(text, separator).map(({ cells }) => cells());

describe("csv text", () => {
  const texts: readonly (readonly [what: string, text: string, cells: Cells])[] = [
    ["without rows", "", []],
    ["of a byte order mark alone", "\ufeff", []],
    ["with each kind of line end", "a\nb\r\nc\rd", [["a"], ["b"], ["c"], ["d"]]],
    ["with blank lines, which are no rows", "\n\r\na\n\r\n \n", [["a"], [" "]]],
    [
      "with empty cells",
      ",a,\n,\n",
      [
        ["", "a", ""],
        ["", ""],
      ],
    ],
    ["with quotes", '"a,""b""\r\nc",d\n""\n', [['a,"b"\r\nc', "d"], [""]]],
    ["with blanks behind quotes", '"a" ,b\n"c"\t\n', [["a", "b"], ["c"]]],
    ["with quotes inside a cell", '5" pipe,a"b"\n "c"\n', [['5" pipe', 'a"b"'], [' "c"']]],
  ];
  for (const [what, text, cells] of texts) {
    it(what, () => {
      assert.deepEqual(cellsOf(text), cells);
    });
  }

  it("is parted by another separator where one is named", () => {
    assert.deepEqual(cellsOf('a;"b;c";d,e\n', ";"), [["a", "b;c", "d,e"]]);
  });

  const broken: readonly (readonly [what: string, text: string, line: number, cells: Cells])[] = [
    [
      "never closes",
      'a,b\n1,"x\n2,y\n',
      2,
      [
        ["a", "b"],
        ["1", '"x'],
        ["2", "y"],
      ],
    ],
    ["is followed by a letter", 'a\n"x"y\n"z"\n', 2, [["a"], ['"x"y'], ["z"]]],
    ["swallows lines before a letter", '"a\nb,"c\nd', 1, [['"a'], ["b", '"c'], ["d"]]],
    ["comes behind one over two lines", '"a\nb","c\n1', 2, [['"a'], ['b"', '"c'], ["1"]]],
  ];
  for (const [what, text, line, cells] of broken) {
    it(`hides no line where a quote ${what}, and tells which line it is`, () => {
      const reading = new CsvRows();
      const rows = [...reading.take(text), ...reading.end()];
      assert.deepEqual(
        rows.map((row) => row.cells()),
        cells,
      );
      assert.equal(reading.brokenLine, line);
    });
  }

  it("gives back any values that were quoted by the book, with their lines, cut anywhere", () => {
    const value = fc.string({ unit: fc.constantFrom("a", "b", '"', ",", "\n", " ") });
    const table = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }));
    const ends = fc.constantFrom("\n", "\r\n", "\r");
    fc.assert(
      fc.property(table, ends, fc.array(fc.nat(60), { maxLength: 5 }), (rows, lineEnd, cuts) => {
        const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
        const plain = (text: string): string => (/[",\n]/.test(text) ? quoted(text) : text);
        const texts = rows.map((values) => values.map(plain).join(","));
        let line = 1;
        const expected = rows.flatMap((values, index) => {
          const at = line;
          line += (texts[index] ?? "").split("\n").length;
          const cells = values.map((each) => each.replaceAll("\n", lineEnd));
          return texts[index] === "" ? [] : [{ line: at, cells }];
        });
        const text = texts.map((each) => each.replaceAll("\n", lineEnd) + lineEnd).join("");
        const reading = new CsvRows();
        const read = [...piecesOf(text, cuts).flatMap((piece) => reading.take(piece))];
        assert.deepEqual(
          [...read, ...reading.end()].map((row) => ({ line: row.line, cells: row.cells() })),
          expected,
        );
        assert.equal(reading.brokenLine, null);
      }),
      { numRuns: 500 },
    );
  });

  it("has the same rows wherever it is cut, whatever is in it", () => {
    const any = fc.string({
      unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", "\t"),
      maxLength: 30,
    });
    fc.assert(
      fc.property(any, fc.array(fc.nat(30), { maxLength: 4 }), (text, cuts) => {
        const reading = new CsvRows();
        const read = [...piecesOf(text, cuts).flatMap((piece) => reading.take(piece))];
        const shown = (rows: ReturnType<typeof csvRows>) =>
          rows.map((row) => [row.line, row.text, ...row.cells()]);
        assert.deepEqual(shown([...read, ...reading.end()]), shown(csvRows(text)));
      }),
      { numRuns: 1000 },
    );
  });
});

function piecesOf(text: string, cuts: readonly number[]): readonly string[] {
  const ends = [0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length];
  const sorted = ends.sort((a, b) => a - b);
  return sorted.slice(1).map((end, at) => text.slice(sorted[at], end));
}

describe("the readers of csv", () => {
  const path = join(scratchFolder(), "any.csv");

  it("see the same rows in any text, and refuse the same quotes", async () => {
    const any = fc.string({
      unit: fc.constantFrom("a", "b", ",", ",", '"', "\n", "\r", " ", "\ufeff"),
      maxLength: 24,
    });
    const property = fc.asyncProperty(any, async (text) => {
      writeFileSync(path, text);
      const reading = new CsvRows();
      const seen = [...reading.take(text), ...reading.end()].map(({ cells }) => cells());
      const byBytes = await answer(bytesRows);
      if (Array.isArray(byBytes)) assert.deepEqual(byBytes, seen);
      const byLibrary = await answer(libraryRows);
      // It alone also refuses a quote inside a cell.
      if (Array.isArray(byLibrary)) assert.deepEqual(byLibrary, seen);
      const size = await answer(async () => [await csvSize({ file: path, gzip: false })]);
      if (Array.isArray(size)) assert.equal(size[0]?.rows, seen.length - 1);
      // Blanks behind quotes are what a person writes in a codelist; the readers of tables refuse them.
      const isBroken = reading.brokenLine !== null || /" /.test(text);
      for (const each of [byBytes, size]) if (each === "broken-quotes") assert.ok(isBroken, text);
      if (reading.brokenLine !== null) assert.ok(!Array.isArray(byBytes), text);
    });
    await fc.assert(property, { numRuns: 600 });
  });

  async function bytesRows(): Promise<Cells> {
    const { header, rows } = await readTextRows(
      path,
      await openByteSource({ file: path, gzip: false }),
    );
    const all: (readonly string[])[] = [header];
    for await (const { cells } of rows) all.push(cells);
    return all;
  }

  async function libraryRows(): Promise<Cells> {
    const all: (readonly string[])[] = [];
    for await (const { cells } of readTable(path)) all.push(cells);
    return all;
  }
});

/** The code of the problem that is told instead. */
async function answer<T>(read: () => Promise<T>): Promise<T | string> {
  return read().catch((error: unknown) => {
    if (error instanceof ProblemError) return error.problems[0]?.code ?? "";
    throw error;
  });
}
