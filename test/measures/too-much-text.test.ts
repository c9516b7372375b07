import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { LABEL_TEXT_LIMIT, tooMuchText } from "../../engine/measures/label-text.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import { cohortFolder, taskFor } from "./cohort-folder.ts";
import { measureOf } from "./measure-of.ts";

const SIZE = 1000;
const LONG = "x".repeat(SIZE);
const FILE = "input_2020-01-01.csv";

/** So many people, each with a long text and a town of their own: as many combinations as a measure may have. */
const rows = Array.from({ length: SIZE }, (_, i) => `${i},1,${LONG}${i},t${i}`);
const cohort = ["patient_id,ill,remark,town", ...rows, ""].join("\n");
const all = { ...measureOf("ill / population by remark, town"), id: "remarks" };

describe("a measure whose labels are long texts", () => {
  it("is a problem that names it and the way out, and no file, where every combination would have them", async (context) => {
    const folder = cohortFolder(context, { [FILE]: cohort });
    const answer = await measureCohortFile(taskFor(folder, FILE, [all]));
    assert.ok(!answer.ok);
    const [found] = answer.problems;
    const characters = SIZE * (rows.length * SIZE + 2890) + SIZE * 3890;
    assert.equal(
      found?.message,
      `Measure "remarks" would hold ${characters} characters of labels, more than ${LABEL_TEXT_LIMIT}, from "${FILE}": long texts of "remark" in 1000000 rows.`,
    );
    assert.match(found.hint, /short categories in place of "remark".*groups: "observed"/);
    assert.equal(existsSync(join(folder, "measure_remarks_2020-01-01.csv")), false);
  });

  it("is made of the combinations that somebody has, unless these are too many as well", async (context) => {
    const folder = cohortFolder(context, { [FILE]: cohort });
    const measure = { ...all, groups: "observed" } as const;
    assert.ok((await measureCohortFile(taskFor(folder, FILE, [measure]))).ok);
    const values = ["short", "x".repeat(65_536)];
    const table = (places: Uint32Array) => ({
      ...{ measure, rows: places.length, columns: [] },
      labels: [{ name: "remark", values, places }],
    });
    const many = LABEL_TEXT_LIMIT / 65_536;
    assert.deepEqual(tooMuchText(table(new Uint32Array(many * 2)), FILE), []);
    assert.deepEqual(tooMuchText(table(new Uint32Array(many).fill(1)), FILE), []);
    const [found] = tooMuchText(table(new Uint32Array(many + 1).fill(1)), FILE);
    assert.equal(found?.code, "measure-too-much-text");
  });
});
