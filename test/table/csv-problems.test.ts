import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import type { WantedColumns } from "../../engine/table/cohort-reader.ts";
import { LONGEST_ROW } from "../../engine/table/csv/byte-window.ts";
import { readCohort } from "../../engine/table/read-table.ts";
import { rowsOf, rowsOfSplit } from "./cohort-rows.ts";
import type { Rows } from "./cohort-rows.ts";
import { problemOf, problemsOf } from "./problem-of.ts";
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

const numbers = (...names: string[]) => ({ numbers: names });
const texts = (...names: string[]) => ({ texts: names });

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
      const all = () => rowsOfSplit(bytes, { windowBytes, step: windowBytes }, numbers("a"));
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
    const split = { windowBytes: LONGEST_ROW, step: Infinity };
    const all = () => rowsOfSplit(endless, split, texts("a"));
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

  it("reports a file that is missing, and one whose name tells no format", async () => {
    const wanted = { numbers: [], texts: [] };
    for (const extension of ["csv", "csv.gz"]) {
      const missing = join(scratch, `missing.${extension}`);
      assert.match(await problemOf(() => readCohort(missing, wanted)), /^file-not-found: /);
    }
    const unnamed = () => readCohort(join(scratch, "input"), wanted);
    assert.match(await problemOf(unnamed), /^unknown-file-format: /);
  });
});
