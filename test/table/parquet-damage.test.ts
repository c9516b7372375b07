import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import { ProblemError } from "../../engine/base/problems.ts";
import { zstdReady } from "../../engine/table/compression/zstd.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { parquetOf } from "./made-parquet.ts";
import type { Cell, Codec, MadeColumn, MadePage } from "./made-parquet.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";

const scratch = scratchFolder();
const path = join(scratch, "input.parquet");

before(zstdReady);

/** Both kinds of pages, with and without dictionary, levels and packing, in two row groups. */
function everything(codec: Codec): Buffer {
  const texts = ["M", null, "F", "F", "M", "F", "F", "F", "F", "F", "F", "F", "F", null];
  const numbers = [3n, 5n, 3n, 4n, 9n, 3n, 3n, 5n, 5n, 3n, 3n, 3n, 4n, 5n];
  const flags = texts.map((_, row) => row % 5 === 0);
  const halves = texts.map((_, row) => (row % 4 === 1 ? null : row / 2));
  const pages = (cells: readonly Cell[], coded: "codes" | "runs"): (readonly MadePage[])[] => [
    [
      { cells: cells.slice(0, 6), newer: false, coding: coded },
      { cells: cells.slice(6), newer: true, coding: "plain" },
    ],
    [{ cells, newer: true, coding: coded }],
  ];
  const columns: readonly Omit<MadeColumn, "codec">[] = [
    { name: "n", physical: "int64", optional: false, groups: pages(numbers, "codes") },
    { name: "t", physical: "text", converted: 0, optional: true, groups: pages(texts, "codes") },
    { name: "b", physical: "boolean", optional: false, groups: pages(flags, "runs") },
    { name: "h", physical: "double", optional: true, groups: pages(halves, "codes") },
  ];
  return parquetOf(columns.map((column) => ({ ...column, codec })));
}

async function readAll(bytes: Uint8Array): Promise<number> {
  writeFileSync(path, bytes);
  let rows = 0;
  for await (const { cells } of readTable(path)) rows += cells.length > 0 ? 1 : 0;
  return rows;
}

describe("a damaged parquet file", () => {
  it("is a problem wherever it was cut short", async () => {
    const bytes = everything("snappy");
    assert.equal(await readAll(bytes), 29);
    for (let length = 0; length < bytes.length; length += 3) {
      const problem = await problemOf(() => readAll(bytes.subarray(0, length)));
      assert.match(problem, /^(wrong-magic|broken-table): /);
    }
  });

  for (const [turn, codec] of (["none", "snappy", "gzip", "zstd", "lz4"] as const).entries()) {
    it(`is a problem or has as many rows, whichever byte is damaged, compressed by ${codec}`, async () => {
      const bytes = everything(codec);
      // Every seventeenth, each time others: all of them take minutes.
      for (let at = turn; at < bytes.length; at += 17) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ (at % 2 === 0 ? 0xff : 1);
        const rows = await readAll(damaged).catch((error: unknown) => {
          assert.ok(error instanceof ProblemError, `byte ${at}: ${String(error)}`);
          return null;
        });
        if (rows !== null) assert.equal(rows, 29, `byte ${at}`);
      }
    });
  }
});
