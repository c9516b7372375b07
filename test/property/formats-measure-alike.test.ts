import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import fc from "fast-check";

import { cohortFormats } from "../../engine/base/file-names.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import type { CohortBatch } from "../../engine/table/cohort-schema.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { anyCohort, anySchema, LONG_NAME } from "../measures/any-cohort.ts";
import { taskFor, textsIn } from "../measures/cohort-folder.ts";
import { measureOf } from "../measures/measure-of.ts";

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
  "ill / population by patient_id",
  `ill / population by ${LONG_NAME}`,
].map((words, at) => ({ ...measureOf(words), id: `m${at}` }));

/** The measure files of a cohort in that format, or the problems told instead. */
async function measured(format: CohortFormat, batches: readonly CohortBatch[]) {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  const name = `input_2020-01-01.${format}`;
  await writeCohort({ path: join(folder, name), format, schema: anySchema, batches });
  const answer = await measureCohortFile(taskFor(folder, name, measures));
  const problems = answer.ok ? [] : answer.problems.map(({ message }) => message);
  const told = problems.map((text) =>
    text.replaceAll(`2020-01-01.${format}`, "2020-01-01.csv").replaceAll(folder, "folder"),
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

/** All formats that are not csv: if each agrees with csv, any two agree. */
const others = cohortFormats.filter((format) => format !== "csv");

describe("a cohort in any format", () => {
  it("gives the same measures byte for byte, whichever two formats are compared", async () => {
    const property = fc.asyncProperty(anyCohort, async (batches) => {
      const expected = await measured("csv", batches);
      assert.equal(Object.keys(expected.files).length, measures.length);
      for (const format of others) {
        assert.deepEqual(await measured(format, batches), expected, format);
      }
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it("has the same texts in every cell", async () => {
    const property = fc.asyncProperty(anyCohort, async (batches) => {
      const expected = await cells("csv", batches);
      for (const format of others) {
        assert.deepEqual(await cells(format, batches), expected, format);
      }
    });
    await fc.assert(property, { numRuns: 25 });
  });

  it("is reported alike where a number is wanted and something else is there", async () => {
    for (const place of ["x", ""]) {
      const expected = await measured("csv", [twoRows({ digits: place })]);
      assert.match(expected.told.join(), /other than a number in row 3/);
      for (const format of others) {
        const { told } = await measured(format, [twoRows({ digits: place })]);
        assert.deepEqual(told, expected.told, format);
      }
    }
  });

  it("is reported alike where a number is infinite, if the format can hold that", async () => {
    const expected = await measured("csv", [twoRows({ dose: Infinity })]);
    assert.match(expected.told.join(), /other than a number in row 3/);
    for (const format of ["csv.gz", "feather", "parquet"] as const) {
      const { told } = await measured(format, [twoRows({ dose: Infinity })]);
      assert.deepEqual(told, expected.told, format);
    }
  });
});

/** Two patients, the second with that dose and those digits. */
function twoRows({ dose = 1, digits = "1" }: { dose?: number; digits?: string }): CohortBatch {
  return {
    rows: 2,
    columns: [
      { type: "int", values: Float64Array.of(1, 2) },
      { type: "bool", values: Uint8Array.of(0, 1) },
      { type: "int", values: Float64Array.of(1, 2) },
      { type: "float", values: Float64Array.of(1, dose) },
      { type: "float", values: Float64Array.of(1, 2) },
      { type: "str", codes: Uint32Array.of(0, 0), values: [""] },
      { type: "str", codes: Uint32Array.of(0, 1), values: ["1", digits] },
      { type: "date", values: Int32Array.of(0, 0) },
      { type: "date", values: Int32Array.of(0, 0) },
      { type: "date", values: Int32Array.of(0, 0) },
      { type: "str", codes: Uint32Array.of(0, 0), values: [""] },
    ],
  };
}
