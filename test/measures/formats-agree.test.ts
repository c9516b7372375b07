import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import fc from "fast-check";

import type { CohortFormat } from "../../engine/base/file-names.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import type { CohortBatch } from "../../engine/table/cohort-schema.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-cohort.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { anyCohort, anySchema } from "./any-cohort.ts";
import { taskFor, textsIn } from "./cohort-folder.ts";
import { measureOf } from "./measure-of.ts";

const scratch = scratchFolder();
let folders = 0;

const measures = [
  "ill / population by place",
  "ill / visits by visits",
  "dose / population by score",
  "dose / ill by day",
  "digits / population by month, place",
  "born / population by born",
  "dose / population by digits",
  "visits / population by ill, month, digits",
  "born / dose",
  "ill / population by population",
].map((words, at) => ({ ...measureOf(words), id: `m${at}` }));

/** The measure files of a cohort in that format, or the problems told instead. */
async function measured(format: CohortFormat, batches: readonly CohortBatch[]) {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  const name = `input_2020-01-01.${format}`;
  await writeCohort({ path: join(folder, name), format, schema: anySchema, batches });
  const answer = await measureCohortFile(taskFor(folder, name, measures));
  const told = (answer.ok ? answer.warnings : answer.problems.map(({ message }) => message)).map(
    (text) => text.replaceAll(`.${format}`, ".csv").replaceAll(folder, "folder"),
  );
  return { told, files: textsIn(folder, "measure") };
}

async function cells(format: CohortFormat, batches: readonly CohortBatch[]) {
  const path = join(scratch, `rows_${folders++}.${format}`);
  await writeCohort({ path, format, schema: anySchema, batches });
  const rows: (readonly string[])[] = [];
  for await (const row of readTable(path)) rows.push([String(row.row), ...row.cells]);
  return rows;
}

for (const format of ["feather", "parquet"] as const) {
  describe(`a cohort as ${format}`, () => {
    it("gives measures byte for byte as its csv does", async () => {
      const property = fc.asyncProperty(anyCohort, async (batches) => {
        const { told, files } = await measured(format, batches);
        assert.deepEqual({ told, files }, await measured("csv", batches));
        assert.equal(Object.keys(files).length, measures.length);
      });
      await fc.assert(property, { numRuns: 25 });
    });

    it("has the same texts in every cell as its csv", async () => {
      const property = fc.asyncProperty(anyCohort, async (batches) => {
        assert.deepEqual(await cells(format, batches), await cells("csv", batches));
      });
      await fc.assert(property, { numRuns: 25 });
    });

    it("reports as csv does where a number is wanted and something else is there", async () => {
      const batch = (place: string): CohortBatch => ({
        rows: 2,
        columns: [
          { type: "int", values: Float64Array.of(1, 2) },
          { type: "bool", values: Uint8Array.of(0, 1) },
          { type: "int", values: Float64Array.of(1, 2) },
          { type: "float", values: Float64Array.of(1, place === "inf" ? Infinity : 1) },
          { type: "float", values: Float64Array.of(1, 2) },
          { type: "str", codes: Uint32Array.of(0, 0), words: [""] },
          { type: "str", codes: Uint32Array.of(0, 1), words: ["1", place] },
          { type: "date", values: Int32Array.of(0, 0) },
          { type: "date", values: Int32Array.of(0, 0) },
          { type: "date", values: Int32Array.of(0, 0) },
        ],
      });
      for (const place of ["x", "", "inf"]) {
        const { told } = await measured(format, [batch(place)]);
        assert.deepEqual(told, (await measured("csv", [batch(place)])).told);
        assert.match(told.join(), /other than a number in row 3/);
      }
    });
  });
}
