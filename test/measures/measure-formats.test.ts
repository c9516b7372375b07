import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { gunzipSync } from "node:zlib";

import { measureFileName } from "../../engine/base/file-names.ts";
import type { MeasureFormat } from "../../engine/base/file-names.ts";
import { combineFiles } from "../../engine/measures/combine-files.ts";
import { measureCohortFile } from "../../engine/measures/measure-cohort-file.ts";
import type { MeasureSpec } from "../../engine/measures/measure-spec.ts";
import { readTable } from "../../engine/table/read-table.ts";
import { opened } from "../table/opened-feather.ts";
import { cohortFolder, taskFor } from "./cohort-folder.ts";
import { measureOf } from "./measure-of.ts";

const sexes = ["F", "M", '"other, else"', ""];
const cohort = (shift: number) =>
  ["patient_id,sex,region,ill,dose"]
    .concat(
      Array.from({ length: 60 }, (_, i) => {
        const ill = (i + shift) % 7 === 0 ? 1 : 0;
        return `${i},${sexes[(i * i) % 4] ?? ""},R${i % 3},${ill},${ill * 0.1 - (i % 2)}`;
      }),
    )
    .join("\n");

const measures: readonly MeasureSpec[] = [
  "ill / population by sex, region",
  "dose / ill by sex",
  "ill / ill by population, region",
  "dose / ill by population",
  "population / population by region",
  "ill / dose",
].map((words, at) => ({ ...measureOf(words, "hiding small numbers"), id: `m${at}` }));
const first = measures.slice(0, 1);

/** The measures of two months and both together; gives the folder. */
async function measured(
  context: TestContext,
  format: MeasureFormat,
  of: readonly MeasureSpec[] = measures,
): Promise<string> {
  const names = ["input_2020-01-01.csv", "input_2020-02-01.csv"];
  const files = names.map((name, at) => [name, `${cohort(at)}\n`] as const);
  const folder = cohortFolder(context, Object.fromEntries(files));
  const tasks = names.map((name) => ({ ...taskFor(folder, name, of), format }));
  for (const task of tasks) assert.ok((await measureCohortFile(task)).ok);
  const dates = tasks.map(({ date }) => date);
  for (const measure of of) await combineFiles({ measure, folder, dates, format });
  return folder;
}

const dates = ["2020-01-01", "2020-02-01", null] as const;

function pathsIn(folder: string, format: MeasureFormat): readonly string[] {
  return measures.flatMap(({ id }) =>
    dates.map((date) => join(folder, measureFileName(id, date as never, format))),
  );
}

/** Cells that are numbers as numbers: csv alone writes 14 for 14.0. */
async function cellsOf(path: string): Promise<unknown[][]> {
  const rows: unknown[][] = [];
  for await (const { cells } of readTable(path)) {
    rows.push(cells.map((cell) => (/^-?[\d.]+$/.test(cell) ? Number(cell) : cell)));
  }
  return rows;
}

describe("measures in other formats than csv", () => {
  it("are the same texts gzipped, the same bytes every time", async (context) => {
    const plain = pathsIn(await measured(context, "csv"), "csv");
    const packed = pathsIn(await measured(context, "csv.gz"), "csv.gz");
    const again = pathsIn(await measured(context, "csv.gz"), "csv.gz");
    packed.forEach((path, at) => {
      const bytes = readFileSync(path);
      assert.equal(gunzipSync(bytes).toString(), readFileSync(plain[at] ?? "", "utf8"), path);
      assert.deepEqual(bytes, readFileSync(again[at] ?? ""));
    });
  });

  it("have the same names, rows, blanks and numbers in feather", async (context) => {
    const plain = pathsIn(await measured(context, "csv"), "csv");
    const typed = pathsIn(await measured(context, "feather"), "feather");
    for (const [at, path] of typed.entries()) {
      assert.deepEqual(await cellsOf(path), await cellsOf(plain[at] ?? ""), path);
    }
  });

  it("have labels of text, numbers as doubles and dates as dates in feather", async (context) => {
    const folder = await measured(context, "feather", first);
    const table = await opened(readFileSync(join(folder, "measure_m0.feather")));
    assert.deepEqual(
      table.schema.fields.map(({ name, type }) => [name, String(type)]),
      [
        ["sex", "Dictionary<Int32, Utf8>"],
        ["region", "Dictionary<Int32, Utf8>"],
        ["ill", "Float64"],
        ["population", "Float64"],
        ["value", "Float64"],
        ["date", "Timestamp<MILLISECOND>"],
      ],
    );
  });

  it("are not combined where their columns differ", async (context) => {
    const folder = await measured(context, "feather", first);
    const other = { ...measureOf("dose / population by sex, region"), id: "m0" };
    const task = {
      ...taskFor(folder, "input_2020-02-01.csv", [other]),
      format: "feather",
    } as const;
    await measureCohortFile(task);
    const january = taskFor(folder, "input_2020-01-01.csv", first).date;
    await assert.rejects(
      combineFiles({ measure: other, folder, dates: [january, task.date], format: "feather" }),
      /different columns on 2020-01-01 and 2020-02-01/,
    );
  });
});
