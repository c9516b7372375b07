import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";

import fc from "fast-check";

import { ProblemError } from "../../engine/base/problems.ts";
import type { WantedColumns } from "../../engine/table/cohort-reader.ts";
import { readCohort, readTable } from "../../engine/table/read-table.ts";
import { rowsOf } from "./cohort-rows.ts";
import type { Rows } from "./cohort-rows.ts";
import { problemOf, problemsOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";
import { double, labelTable, longText, padded, stataFile, whole } from "./stata-file.ts";
import type { StataParts } from "./stata-file.ts";

const scratch = scratchFolder();
const [BYTE, INT, LONG, DOUBLE, STRL] = [65_530, 65_529, 65_528, 65_526, 32_768];

function readBytes(
  bytes: Uint8Array,
  wanted: Partial<WantedColumns> = {},
  extension = "dta",
): Promise<Rows> {
  const path = join(scratch, `input.${extension}`);
  writeFileSync(path, bytes);
  return readCohort(path, { numbers: [], texts: [], ...wanted }).then(rowsOf);
}

const read = (parts: StataParts, wanted: Partial<WantedColumns>): Promise<Rows> =>
  readBytes(stataFile(parts), wanted);

/** Something of everything that a file can have. */
const full = stataFile({
  variables: [
    { name: "n", type: LONG },
    { name: "s", type: 3 },
    { name: "l", type: STRL },
    { name: "v", type: BYTE, valueLabels: "yes" },
  ],
  rows: [
    [whole(1, 4), padded("ab", 3), Buffer.concat([whole(3, 2), whole(1, 6)]), whole(1, 1)],
    [whole(2, 4), padded("", 3), Buffer.alloc(8), whole(0, 1)],
  ],
  label: "a label",
  timestamp: "24 Nov 2026 18:40",
  characteristics: [["n", "study_name", "n"]],
  longTexts: [longText(3, 1, 130, "long")],
  valueLabels: [labelTable("yes", [[1, "yes"]])],
});
const everything = { numbers: ["n"], texts: ["s", "l", "v"] };
const fullRows = [
  [1, "ab", "long", "yes"],
  [2, "", "", "0"],
];

describe("a Stata file that cannot be read", () => {
  it("is a problem wherever it was cut, and never a short read", async () => {
    assert.deepEqual(await readBytes(full, everything), fullRows);
    for (let length = 0; length < full.length; length++) {
      const cut = full.subarray(0, length);
      assert.match(
        await problemOf(() => readBytes(cut, everything)),
        /^broken-stata-file: .*\.dta/,
      );
      if (length % 17 > 0) continue;
      // Whoever wants nothing that is behind the cut must hear of it as well.
      assert.match(await problemOf(() => readBytes(cut, {})), /^broken-stata-file: /);
      const packed = gzipSync(cut);
      const all = () => readBytes(packed, everything, "dta.gz");
      assert.match(await problemOf(all), /^broken-stata-file: /);
    }
  });

  it("is a problem when its gzip data are cut or are none", async () => {
    const packed = gzipSync(full);
    for (const bytes of [packed.subarray(0, -9), full]) {
      assert.match(
        await problemOf(() => readBytes(bytes, everything, "dta.gz")),
        /^broken-gzip: .*input\.dta\.gz/,
      );
    }
  });

  it("is a problem when something follows its end", async () => {
    const more = Buffer.concat([full, Buffer.of(0)]);
    assert.match(await problemOf(() => readBytes(more, everything)), /^broken-stata-file: /);
  });

  it("is a problem or harmless, never a crash, when bytes are damaged", async () => {
    const damage = fc.array(
      fc.record({ at: fc.nat(full.length - 1), byte: fc.integer({ min: 0, max: 255 }) }),
      { minLength: 1, maxLength: 4 },
    );
    const property = fc.asyncProperty(damage, async (changes) => {
      const bytes = Buffer.from(full);
      for (const { at, byte } of changes) bytes[at] = byte;
      try {
        assert.equal((await readBytes(bytes, everything)).length, 2);
      } catch (error) {
        assert.ok(error instanceof ProblemError, String(error));
      }
    });
    await fc.assert(property, { numRuns: 500 });
  });

  it("is a problem when an entry of its map is wrong", async () => {
    const map = full.indexOf("<map>") + "<map>".length;
    for (let entry = 0; entry < 14; entry++) {
      for (const change of [1, -1]) {
        const bytes = Buffer.from(full);
        const at = map + 8 * entry;
        bytes.writeBigUInt64LE(BigInt.asUintN(64, bytes.readBigUInt64LE(at) + BigInt(change)), at);
        assert.match(await problemOf(() => readBytes(bytes, everything)), /^broken-stata-file: /);
      }
    }
  });

  it("is a problem when it is no Stata file, or of a format that is not read", async () => {
    const of = async (bytes: Uint8Array) => {
      const [problem] = await problemsOf(() => readBytes(bytes));
      assert.equal(problem?.code, "not-a-stata-file");
      return problem.message.replace(scratch, "");
    };
    assert.equal(await of(Buffer.from("a,b\n1,2\n")), 'The file "/input.dta" is not a Stata file.');
    const old = 'The file "/input.dta" has Stata\'s format 115, which is not read.';
    assert.equal(await of(Buffer.of(115, 2, 1, 0)), old);
    const later = Buffer.from(full.toString("latin1").replace("118", "120"), "latin1");
    assert.match(await of(later), /format 120, which is not read/);
  });

  it("reports missing columns at once, with the nearest names", async () => {
    const wanted = { numbers: ["nn"], texts: ["sex"] };
    const problems = await problemsOf(() => readBytes(full, wanted));
    assert.deepEqual(
      problems.map(({ code, hint }) => `${code} ${hint}`),
      ['missing-file-column Nearest: "n".', 'missing-file-column Nearest: "s".'],
    );
  });

  const cells: [what: string, type: number, format: string, cell: Uint8Array][] = [
    ["a missing value", LONG, "%8.0g", whole(2_147_483_621, 4)],
    ["a text that is no number", 3, "%9s", padded("F12", 3)],
    ["a number in quotes", 3, "%9s", padded('"1"', 3)],
    ["an empty text", 3, "%9s", padded("", 3)],
    ["a day", LONG, "%td", whole(12, 4)],
    ["minus infinity", DOUBLE, "%8.0g", double(-Infinity)],
  ];
  for (const [what, type, format, cell] of cells) {
    it(`names file, column and row where a number is wanted and there is ${what}`, async () => {
      const variables = [
        { name: "id", type: LONG },
        { name: "x", type, format },
      ];
      const rows = [[whole(1, 4), cell]];
      const problem = await problemOf(() => read({ variables, rows }, { numbers: ["x"] }));
      assert.match(problem, /^not-a-number: Column "x" of .*input\.dta.* row 2/);
      assert.doesNotMatch(problem, /\bF12\b/);
    });
  }

  it("names the row in a file of many blocks", async () => {
    const variables = [{ name: "x", type: INT }];
    const rows = Array.from({ length: 40_000 }, (_, i) => [whole(i === 30_000 ? 32_741 : 7, 2)]);
    const problem = await problemOf(() => read({ variables, rows }, { numbers: ["x"] }));
    assert.match(problem, /row 30002\b/);
  });

  it("names file, column and row of a date that is none", async () => {
    const notDates: [number, string, Uint8Array][] = [
      [LONG, "%td", whole(2_936_550, 4)],
      [LONG, "%td", whole(-715_511, 4)],
      [DOUBLE, "%td", double(1.5)],
      [DOUBLE, "%tc", double(1000)],
      [LONG, "%tm", whole(100_000, 4)],
      [INT, "%ty", whole(0, 2)],
    ];
    for (const [type, format, cell] of notDates) {
      const parts = { variables: [{ name: "x", type, format }], rows: [[cell]] };
      const problem = await problemOf(() => read(parts, { texts: ["x"] }));
      assert.match(problem, /^stata-not-a-date: Column "x" of .*input\.dta.* row 2/);
    }
  });

  it("is a problem where a wanted column has weeks, quarters or the like", async () => {
    for (const format of ["%tw", "%tq", "%th", "%tb_cal", "%tC"]) {
      const parts = { variables: [{ name: "x", type: LONG, format }], rows: [[whole(1, 4)]] };
      for (const wanted of [{ texts: ["x"] }, { numbers: ["x"] }]) {
        const problem = await problemOf(() => read(parts, wanted));
        assert.match(problem, /^stata-column: Column "x" of .*input\.dta.* %t/);
      }
      assert.deepEqual(await read(parts, {}), [[]]);
    }
  });

  it("reports texts that are not UTF-8, only where it was asked for them", async () => {
    const variables = [
      { name: "n", type: BYTE },
      { name: "s", type: 3 },
      { name: "l", type: STRL },
    ];
    const bad = Buffer.of(0x61, 0xe9, 0);
    const rows = [[whole(1, 1), bad, Buffer.concat([whole(3, 2), whole(1, 6)])]];
    const longBad = longText(3, 1, 130, "ab");
    longBad[20] = 0xff;
    const parts = { variables, rows, longTexts: [longBad] };
    assert.deepEqual(await read(parts, { numbers: ["n"] }), [[1]]);
    for (const name of ["s", "l"]) {
      const problem = await problemOf(() => read(parts, { texts: [name] }));
      assert.match(problem, new RegExp(`^not-utf8-text: .*"${name}", row 2`));
    }
  });

  it("is a problem where a cell refers to a long text that is not there", async () => {
    const variables = [{ name: "l", type: STRL }];
    const rows = [[Buffer.concat([whole(1, 2), whole(7, 6)])]];
    const problem = await problemOf(() => read({ variables, rows }, { texts: ["l"] }));
    assert.match(problem, /^broken-stata-file: .*"l", row 2/);
  });

  it("does not take all memory where it claims to have very many rows or columns", async () => {
    const K = full.indexOf("<K>") + 3;
    const N = full.indexOf("<N>") + 3;
    for (const [at, bytes] of [
      [K, 2],
      [N, 8],
      [N, 5],
    ] as const) {
      const claims = Buffer.from(full).fill(0xff, at, at + bytes);
      assert.match(await problemOf(() => readBytes(claims, everything)), /^broken-stata-file: /);
    }
  });

  it("is told while a table is read row by row too", async () => {
    const path = join(scratch, "rows.dta");
    writeFileSync(path, full.subarray(0, full.length - 5));
    const rows: unknown[] = [];
    const problem = await problemOf(async () => {
      for await (const { row } of readTable(path)) rows.push(row);
    });
    assert.match(problem, /^broken-stata-file: /);
  });
});
