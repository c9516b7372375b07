import assert from "node:assert/strict";
import { renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { cohortFormats } from "../../engine/base/file-names.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import { measureTask } from "../../engine/measures/measure-task.ts";
import { ints, words, write } from "../table/written-cohort.ts";
import { measureOf } from "./measure-of.ts";

const date = isoDateOf("2020-01-01");

async function problemsOf(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const task = { file: path, date, folder, measures: [measureOf("n / population by population")] };
  const answer = await measureCohortFile(measureTask(task));
  return answer.ok ? [] : answer.problems.map(({ code, message }) => `${code}: ${message}`);
}

/** Digits alone stand in csv as a number does; in other formats they are a text that is one. */
const cohortOf = (format: (typeof cohortFormats)[number], ...texts: string[]): Promise<string> =>
  write({
    columns: [{ name: "n", type: "str" }],
    batches: [[ints(...texts.keys()), words(...texts)]],
    format,
  });

describe("a whole number beyond 2^53 that is measured", () => {
  for (const format of cohortFormats) {
    it(`is the same problem in ${format}, without its value, and was rounded in none`, async () => {
      for (const text of ["9007199254740992", "-9007199254740993", "+123456789012345678901"]) {
        const told = await problemsOf(await cohortOf(format, "1", text, "2"));
        assert.equal(told.length, 1);
        assert.match(told[0] ?? "", /^number-too-large: Column "n" of .* beyond 2\^53 in row 3\./);
        assert.ok(!told[0]?.includes(text.slice(1)));
      }
      const exact = ["9007199254740991", "-9007199254740991", "1e20", "9007199254740993.0", "-0"];
      assert.deepEqual(await problemsOf(await cohortOf(format, ...exact)), []);
      const [none] = await problemsOf(await cohortOf(format, "1", "12345678901234567x"));
      assert.match(none ?? "", /^not-a-number: .* in row 3\./);
    });
  }

  it("is so in csv with quotes around it too", async () => {
    const path = await cohortOf("csv", "1");
    const quoted = join(dirname(path), "input_2020-01-01.csv");
    renameSync(path, quoted);
    writeFileSync(quoted, 'patient_id,n\n1,"3"\n2,"9007199254740993"\n');
    assert.match((await problemsOf(quoted))[0] ?? "", /^number-too-large: .* in row 3\./);
  });
});
