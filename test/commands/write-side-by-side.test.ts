import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { cohortFormats } from "../../engine/base/file-names.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import {
  firstBatches,
  openWritingThreads,
} from "../../engine/commands/cohorts/write-side-by-side.ts";
import type { Writing } from "../../engine/commands/cohorts/write-side-by-side.ts";
import { fail } from "../../engine/commands/problems.ts";
import { NO_DATE } from "../../engine/table/cohort-schema.ts";
import type { CohortBatch, CohortSchema } from "../../engine/table/cohort-schema.ts";
import { writeCohort } from "../../engine/table/write-table.ts";

/** Threads load no sources. */
const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/write-cohort-file.js"));

const schema: CohortSchema = [
  { name: "patient_id", type: "int" },
  { name: "ill", type: "bool" },
  { name: "dose", type: "float" },
  { name: "place", type: "str" },
  { name: "note", type: "str" },
  { name: "seen", type: "date", dateFormat: "YYYY-MM-DD" },
];

/** Batches of different sizes: one column keeps its list of words, which grows, the other has a new one each time. */
function* batchesOf(
  month: number,
  sizes: readonly number[] = [3, 1, 5],
): Generator<CohortBatch, void> {
  const places: string[] = [];
  let first = month;
  for (const rows of sizes) {
    places.push(`place ${first}`, "");
    const room = rows + 2;
    const ids = Float64Array.from({ length: room }, (_, at) => first + at);
    const note = {
      type: "str",
      codes: Uint32Array.from(ids, (id) => id % 2),
      values: ["é", `b${first}`],
    } as const;
    yield {
      rows,
      columns: [
        { type: "int", values: ids },
        { type: "bool", values: Uint8Array.from(ids, (id) => id % 2) },
        { type: "float", values: ids.map((id) => id / 4) },
        { type: "str", codes: Uint32Array.from(ids, (id) => id % places.length), values: places },
        note,
        { type: "date", values: Int32Array.from(ids, (id) => (id % 3 === 0 ? NO_DATE : id)) },
      ],
    };
    first += rows;
  }
}

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-write-"));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

const months = [1, 2, 3];
const nameOf = (month: number, format: CohortFormat): string => `input_2020-0${month}-01.${format}`;

function opened(folder: string, given: Partial<Writing> = {}) {
  const usual = { format: "csv", jobs: 2, onRows: () => undefined, workerFile: BUILT } as const;
  return openWritingThreads({ folder, ...usual, ...given });
}

function bytesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name !== "worker.mjs");
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, name)).toString("base64")]),
  );
}

async function codesOf(work: Promise<unknown>): Promise<readonly string[]> {
  try {
    await work;
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.map(({ code }) => code);
  }
}

describe("cohorts of a database written side by side", () => {
  it("have the same bytes in every format as those of one thread, with 1, 2 and 8 threads", async (context) => {
    for (const format of cohortFormats) {
      const here = folderFor(context);
      for (const month of months) {
        const path = join(here, nameOf(month, format));
        await writeCohort({ path, format, schema, batches: batchesOf(month) });
      }
      for (const jobs of format === "csv" ? [1, 2, 8] : [2]) {
        const there = folderFor(context);
        let told = 0;
        const threads = opened(there, { format, jobs, onRows: (rows) => (told += rows) });
        const taken = [];
        for (const month of months) {
          const batches = batchesOf(month);
          taken.push(await threads.take({ name: nameOf(month, format), schema, batches }));
        }
        const rows = await Promise.all(taken.map(async ({ written }) => (await written)?.rows));
        await threads.finish();
        await threads.close();
        assert.deepEqual([rows, told], [[9, 9, 9], 27]);
        assert.deepEqual(bytesIn(there), bytesIn(here), `${format} with ${jobs} threads`);
      }
    }
  });

  it("keep the files that are whole where reading the next one fails, and leave nothing of that", async (context) => {
    const folder = folderFor(context);
    const threads = opened(folder);
    const first = await threads.take({ name: "one.csv", schema, batches: batchesOf(1) });
    function* failing() {
      yield* batchesOf(2);
      fail("interrupted", { finished: 1 });
    }
    const second = threads.take({ name: "two.csv", schema, batches: failing() });
    assert.deepEqual(await codesOf(second), ["interrupted"]);
    assert.equal((await first.written)?.rows, 9);
    await threads.close();
    assert.deepEqual(readdirSync(folder), ["one.csv"]);
  });

  it("stop at the first file that cannot be written, or whose thread dies, and say which", async (context) => {
    for (const [body, code] of [
      [`return { ok: false, problems: [{ code: "disk-full" }] };`, "disk-full"],
      [`process.exit(7);`, "cohort-worker-died"],
    ] as const) {
      const folder = folderFor(context);
      const path = join(folder, "worker.mjs");
      writeFileSync(path, `export async function writeCohortFile(task) { ${body} }`);
      const threads = opened(folder, { workerFile: pathToFileURL(path) });
      const { written } = await threads.take({ name: "one.csv", schema, batches: batchesOf(1) });
      assert.equal(await written, null);
      const next = threads.take({ name: "two.csv", schema, batches: batchesOf(2) });
      assert.deepEqual(await codesOf(next), [code]);
      assert.deepEqual(await codesOf(threads.finish()), [code]);
      await threads.close();
      assert.deepEqual(bytesIn(folder), {});
    }
  });

  it("are left to one thread where all files together have few rows, whose batches all come again", async () => {
    async function* slowly(sizes: readonly number[]) {
      for (const batch of batchesOf(1, sizes)) yield await Promise.resolve(batch);
    }
    for (const [sizes, areAll] of [
      [[10, 20], true],
      [[], true],
      [[40_000, 30_000, 5], false],
    ] as const) {
      const first = await firstBatches(slowly(sizes), 10);
      const seen: number[] = [];
      for await (const { rows } of first.batches) seen.push(rows);
      assert.deepEqual([first.areAll, seen], [areAll, sizes]);
    }
  });
});
