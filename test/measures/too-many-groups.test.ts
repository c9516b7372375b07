import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { taskFor, textsIn } from "./cohort-folder.ts";
import { measureOf } from "./measure-of.ts";

const scratch = scratchFolder();
const BATCH = 50_000;
const PEOPLE = 1_050_000;

const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill", type: "bool" },
  { name: "place", type: "str" },
];

/** Everybody lives somewhere else. */
function* everywhere(): Generator<CohortBatch> {
  for (let first = 0; first < PEOPLE; first += BATCH) {
    const ids = Array.from({ length: BATCH }, (_, i) => first + i);
    yield {
      rows: BATCH,
      columns: [
        { type: "int", values: Float64Array.from(ids) },
        { type: "bool", values: Uint8Array.from(ids, (id) => id % 2) },
        {
          type: "str",
          values: ids.map((id) => `p${id}`),
          codes: Uint32Array.from(ids, (id) => id - first),
        },
      ],
    };
  }
}

describe("a cohort with more than a million groups", () => {
  for (const format of ["csv", "feather"] as const) {
    it(`is a problem that names measure, file and column: ${format}`, async () => {
      const folder = join(scratch, format);
      mkdirSync(folder);
      const name = `input_2020-01-01.${format}`;
      await writeCohort({ path: join(folder, name), format, schema, batches: everywhere() });
      const measures = ["ill / population by place", "ill / population by patient_id"].map(
        (words, at) => ({ ...measureOf(words), id: `m${at}` }),
      );
      const answer = await measureCohortFile(taskFor(folder, name, measures));
      assert.ok(!answer.ok);
      assert.deepEqual(
        answer.problems.map(({ code, message }) => [code, message]),
        ["place", "patient_id"].map((column, at) => [
          "measure-too-many-groups",
          `Measure "m${at}" would have more than 1000000 rows, from "${name}": "${column}" alone has more values.`,
        ]),
      );
      assert.deepEqual(textsIn(folder, "measure"), {});
    });
  }
});
