import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";

import fc from "fast-check";

import type { CohortFormat } from "../../engine/base/file-names.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import { measureTask } from "../../engine/measures/message.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-cohort.ts";
import { measureOf } from "../measures/measure-of.ts";

const LONG_NAME = "a column whose name is longer than thirty-two characters";

const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "flag", type: "bool" },
  { name: "count", type: "int" },
  { name: "size", type: "float" },
  { name: "word", type: "str" },
  { name: "day", type: "date", dateFormat: "YYYY-MM-DD" },
  { name: "month", type: "date", dateFormat: "YYYY-MM" },
  { name: "year", type: "date", dateFormat: "YYYY" },
  { name: LONG_NAME, type: "str" },
];

const measures = [
  "flag / population by word",
  "count / flag by flag",
  "size / population by month, year",
  "size / count by day, word",
  `flag / population by ${LONG_NAME}`,
  "count / population by count",
  "flag / population by size",
  "flag / population by patient_id",
  "size / population",
].map((words, at) => ({ ...measureOf(words), id: `m${at}` }));

const word = fc.oneof(
  fc.constantFrom("", "F", "M", "NA", " lead", "trail ", "1", "1.0", '"q"', "a,b", "é", "a\0b"),
  fc.string({ unit: "grapheme", maxLength: 5 }),
  fc.constant("x".repeat(2046)),
);
const dayNumber = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 17_000, max: 17_003 }),
  fc.integer({ min: -719_162, max: 2_932_896 }),
);
const row = fc.record({
  flag: fc.boolean(),
  count: fc.oneof(fc.integer({ min: -3, max: 3 }), fc.maxSafeInteger()),
  size: fc.oneof(
    fc.constantFrom(0, -0, 0.1, 2, 2.5),
    fc.double({ noDefaultInfinity: true, noNaN: true, min: -1e300, max: 8e307 }),
  ),
  word,
  note: word,
  day: dayNumber,
});
type Row = typeof row extends fc.Arbitrary<infer R> ? R : never;

/** Rows in batches of a few, ids ascending from `first`, with a gap after each. */
function batchOf(rows: readonly Row[], first: number): CohortBatch {
  const days = Int32Array.from(rows, ({ day }) => day ?? NO_DATE);
  const words = (texts: readonly string[]) =>
    ({ type: "str", words: texts, codes: Uint32Array.from(texts.keys()) }) as const;
  return {
    rows: rows.length,
    columns: [
      { type: "int", values: Float64Array.from(rows, (_, i) => 3 * (first + i)) },
      { type: "bool", values: Uint8Array.from(rows, ({ flag }) => Number(flag)) },
      { type: "int", values: Float64Array.from(rows, ({ count }) => count) },
      { type: "float", values: Float64Array.from(rows, ({ size }) => size) },
      words(rows.map((each) => each.word)),
      { type: "date", values: days },
      { type: "date", values: days },
      { type: "date", values: days },
      words(rows.map(({ note }) => note)),
    ],
  };
}

async function written(
  folder: string,
  format: CohortFormat,
  parts: readonly (readonly Row[])[],
): Promise<string> {
  let first = 0;
  const batches = parts.map((rows) => {
    const batch = batchOf(rows, first);
    first += rows.length;
    return batch;
  });
  const path = join(folder, `input_2020-01-01.${format}`);
  await writeCohort({ path, format, schema, batches });
  return path;
}

/** Texts of all measure files. */
async function measured(folder: string, file: string): Promise<readonly string[]> {
  const task = measureTask({ file, date: isoDateOf("2020-01-01"), folder, measures });
  const answer = await measureCohortFile(task);
  assert.ok(answer.ok);
  return answer.made.map(({ fileName }) => readFileSync(join(folder, fileName), "utf8"));
}

async function cellsOf(path: string): Promise<readonly (readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const { cells } of readTable(path)) rows.push(cells);
  return rows;
}

describe("a cohort in any format", () => {
  for (const format of ["dta", "dta.gz"] as const) {
    it(`has the cells and the measures, byte for byte, that it has in csv: ${format}`, async () => {
      const parts = fc.array(fc.array(row, { maxLength: 6 }), { maxLength: 4 });
      const property = fc.asyncProperty(parts, async (rows) => {
        const folder = mkdtempSync(join(tmpdir(), "cohortline-"));
        try {
          const csv = await written(folder, "csv", rows);
          const other = await written(folder, format, rows);
          assert.deepEqual(await cellsOf(other), await cellsOf(csv));
          assert.deepEqual(await measured(folder, other), await measured(folder, csv));
        } finally {
          rmSync(folder, { recursive: true });
        }
      });
      await fc.assert(property, { numRuns: 40 });
    });
  }
});
