import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import fc from "fast-check";

import { csvText } from "../../engine/table/csv-text.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";

const scratch = scratchFolder();
let files = 0;

function fileOf(content: string | Uint8Array, extension = "csv"): string {
  const path = join(scratch, `table_${files++}.${extension}`);
  writeFileSync(path, content);
  return path;
}

async function rowsOf(path: string): Promise<[row: number, ...cells: string[]][]> {
  const rows: [number, ...string[]][] = [];
  for await (const { row, cells } of readTable(path)) rows.push([row, ...cells]);
  return rows;
}

describe("reading a small table", () => {
  it("gives the header and every row with its number, cells exactly as they stand", async () => {
    const file = '\ufeffid,"a,b"\r\n1, x \r\n\r\n2,"say ""é"""\r\n"",\r\n';
    const rows = [
      [1, "id", "a,b"],
      [2, "1", " x "],
      [4, "2", 'say "é"'],
      [5, "", ""],
    ];
    assert.deepEqual(await rowsOf(fileOf(file)), rows);
    assert.deepEqual(await rowsOf(fileOf(gzipSync(file), "csv.gz")), rows);
  });

  it("stops early without harm", async () => {
    for await (const { cells } of readTable(fileOf("a\n1\n2\n"))) {
      assert.deepEqual(cells, ["a"]);
      break;
    }
  });

  const broken: [what: string, content: string | Uint8Array, problem: RegExp][] = [
    ["an empty file", "", /^empty-table: /],
    ["a blank file", "\n\n", /^empty-table: /],
    ["a ragged row", "a,b\n\n1\n", /^ragged-row: Row 3 .* 1 field.* 2\b/],
    ["text behind a closing quote", 'a\n"1"2\n', /^broken-quotes: .* row 2 /],
    ["a quote never closed", 'a\n1\n"2\n', /^broken-quotes: .* row 3 /],
    ["a quote in the middle of a text", 'a\n1"2\n', /^broken-quotes: .* row 2 /],
    ["bytes that are not UTF-8", Uint8Array.of(97, 10, 0xe9, 10), /^not-utf8-text: /],
    ["a character cut in two", Uint8Array.of(97, 10, 0xc3), /^not-utf8-text: /],
  ];
  for (const [what, content, expected] of broken) {
    it(`reports ${what}`, async () => {
      assert.match(await problemOf(() => rowsOf(fileOf(content))), expected);
    });
  }

  it("reports gzip data cut short, a missing file", async () => {
    const cut = gzipSync("a\n1\n").subarray(0, 15);
    assert.match(await problemOf(() => rowsOf(fileOf(cut, "csv.gz"))), /^broken-gzip: /);
    const missing = join(scratch, "missing.csv");
    assert.match(await problemOf(() => rowsOf(missing)), /^file-not-found: /);
  });
});

describe("a small table as csv text", () => {
  it("has LF line ends and quotes only where they are needed", () => {
    const rows = [
      ["stp", "n", "value"],
      ["", "1.0", ""],
      ["a, b", 'say "x"', "cr\rlf\n"],
      [" lead", "'", "#"],
    ];
    assert.equal(csvText(rows), 'stp,n,value\n,1.0,\n"a, b","say ""x""","cr\rlf\n"\n lead,\',#\n');
  });

  it("is empty without rows, and keeps a row of one empty field", () => {
    assert.equal(csvText([]), "");
    assert.equal(csvText([["a"], [""], ["b"]]), 'a\n""\nb\n');
  });

  it("reads back as the same cells", async () => {
    const cell = fc.oneof(
      fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "a", " ", "é"), maxLength: 5 }),
      fc.string({ unit: "grapheme", maxLength: 20 }),
    );
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1 }),
      )
      // A byte order mark at the very start of a file is not part of its first cell.
      .filter((rows) => rows[0]?.[0]?.startsWith("\ufeff") === false);
    const property = fc.asyncProperty(table, async (rows) => {
      const read = await rowsOf(fileOf(csvText(rows)));
      assert.deepEqual(
        read,
        rows.map((cells, at) => [at + 1, ...cells]),
      );
    });
    await fc.assert(property, { numRuns: 100 });
  });
});
