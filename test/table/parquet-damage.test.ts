import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, describe, it } from "node:test";

import { ProblemError } from "../../engine/base/problems.ts";
import { zstdReady } from "../../engine/table/compression/zstd.ts";
import { readPageHeader } from "../../engine/table/parquet/page-header.ts";
import { readFooter } from "../../engine/table/parquet/parquet-footer.ts";
import { openParquetFile } from "../../engine/table/parquet/parquet-file.ts";
import { openParquet } from "../../engine/table/parquet/parquet-table.ts";
import { typedRows } from "../../engine/table/columns/typed-rows.ts";
import { parquetOf } from "./made-parquet.ts";
import type { Codec, MadeColumn } from "./made-parquet.ts";
import { problemOf } from "./problem-of.ts";
import { scratchFolder } from "./scratch-folder.ts";

const scratch = scratchFolder();
let files = 0;

function fileOf(bytes: Uint8Array): string {
  const path = join(scratch, `input_${files++}.parquet`);
  writeFileSync(path, bytes);
  return path;
}

before(zstdReady);

/** Both kinds of pages, with and without dictionary, levels and packing, in two row groups. */
function everything(codec: Codec): readonly MadeColumn[] {
  const texts = ["M", null, "F", "F", "M", "F", "F", "F", "F", "F", "F", "F", "F", null];
  const numbers = [3n, 5n, 3n, 4n, 9n, 3n, 3n, 5n, 5n, 3n, 3n, 3n, 4n, 5n];
  const flags = texts.map((_, row) => row % 5 === 0);
  const halves = texts.map((_, row) => (row % 4 === 1 ? null : row / 2));
  const pages = (cells: MadeColumn["groups"][number][number]["cells"], coded: "codes" | "runs") => [
    [
      { cells: cells.slice(0, 6), newer: false, coding: coded },
      { cells: cells.slice(6), newer: true, coding: "plain" as const },
    ],
    [{ cells, newer: true, coding: coded }],
  ];
  return [
    { name: "n", physical: "int64", optional: false, codec, groups: pages(numbers, "codes") },
    {
      name: "t",
      physical: "text",
      converted: 0,
      optional: true,
      codec,
      groups: pages(texts, "codes"),
    },
    { name: "b", physical: "boolean", optional: false, codec, groups: pages(flags, "runs") },
    { name: "h", physical: "double", optional: true, codec, groups: pages(halves, "codes") },
  ];
}

async function cellsOf(path: string): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of typedRows(openParquet, path)) rows.push(cells);
  return rows;
}

/** Null where the file is a problem. */
async function cellsOrProblem(path: string) {
  return cellsOf(path).catch((error: unknown) => {
    assert.ok(error instanceof ProblemError, String(error));
    return null;
  });
}

/** The places of all bytes of page headers. */
async function headerPlaces(path: string): Promise<readonly number[]> {
  const { handle, footer } = await openParquetFile(path);
  await handle.close();
  const bytes = readFileSync(path);
  const places: number[] = [];
  for (const chunk of footer?.groups.flatMap(({ chunks }) => chunks) ?? []) {
    if (chunk === null) continue;
    for (let at = chunk.from; at < chunk.from + chunk.bytes;) {
      const source = { bytes, at };
      const { packed } = readPageHeader(source);
      for (let place = at; place < source.at; place++) places.push(place);
      at = source.at + packed;
    }
  }
  return places;
}

describe("a damaged parquet file", () => {
  it("is a problem wherever it was cut short", async () => {
    const bytes = parquetOf(everything("snappy"));
    for (let length = 0; length < bytes.length; length++) {
      const problem = await problemOf(() => cellsOf(fileOf(bytes.subarray(0, length))));
      assert.match(problem, /^(wrong-magic|broken-table): /);
    }
  });

  it("is a problem or has the same cells, whichever bit of its page headers is turned", async () => {
    const bytes = parquetOf(everything("none"));
    const whole = fileOf(bytes);
    const expected = await cellsOf(whole);
    const places = await headerPlaces(whole);
    assert.ok(places.length > 200);
    for (const place of places) {
      for (let bit = 0; bit < 8; bit++) {
        const damaged = Uint8Array.from(bytes);
        damaged[place] = (damaged[place] ?? 0) ^ (1 << bit);
        const cells = await cellsOrProblem(fileOf(damaged));
        if (cells !== null) assert.deepEqual(cells, expected, `byte ${place}, bit ${bit}`);
      }
    }
  });

  it("is a problem or has as many rows, whichever byte is damaged", async () => {
    for (const [turn, codec] of (["none", "snappy", "gzip", "zstd", "lz4"] as const).entries()) {
      const bytes = parquetOf(everything(codec));
      // Every third, each time others: all of them take half a minute.
      for (let at = turn % 3; at < bytes.length; at += 3) {
        const damaged = Uint8Array.from(bytes);
        damaged[at] = (damaged[at] ?? 0) ^ (at % 2 === 0 ? 0xff : 1);
        const cells = await cellsOrProblem(fileOf(damaged));
        if (cells !== null) assert.equal(cells.length, 29, `byte ${at} of ${codec}`);
      }
    }
  });
});

describe("the footer of a parquet file", () => {
  it("is damaged, and told so at once, where lists, numbers or structs in it have no end", () => {
    const lists = [
      0x29,
      ...Array.from({ length: 40 }, () => [0xf9, 0x80, 0x80, 0x80, 0x0f]).flat(),
    ];
    const endless = Array.from({ length: 1_000_000 }, () => 0xff);
    const structs = Array.from({ length: 1_000_000 }, () => 0x1c);
    for (const bytes of [[], lists, [0x36, ...endless], structs, [0xc9, ...structs]]) {
      assert.throws(() => readFooter(Uint8Array.from(bytes)), RangeError);
    }
  });
});
