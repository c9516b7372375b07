import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import type { TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { gunzipSync } from "node:zlib";
import { dummyBackend } from "../../engine/backend/dummy/dummy-backend.ts";
import { isoDateOf } from "../../engine/base/dates.ts";
import { cohortFormats } from "../../engine/base/file-names.ts";
import type { CohortFormat } from "../../engine/base/file-names.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { drawSideBySide } from "../../engine/commands/cohorts/draw-side-by-side.ts";
import type { Drawing, FileToDraw } from "../../engine/commands/cohorts/draw-side-by-side.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { column, events, studyOf } from "../backend/study-of.ts";

/** Threads load no sources. */
const BUILT = pathToFileURL(join(import.meta.dirname, "../../dist/draw-cohort-file.js"));

const today = isoDateOf("2024-05-01");
const dates = ["2020-01-01", "2020-02-01", "2020-03-01"].map(isoDateOf);

const study = studyOf({
  columns: {
    age: column("age_as_of", {
      reference_date: "index_date",
      return_expectations: { rate: "universal", int: { distribution: "population_ages" } },
    }),
    sex: column("sex", {
      return_expectations: { rate: "universal", category: { ratios: { "a, b": 0.4, c: 0.6 } } },
    }),
    seen: events({
      between: ["index_date", "last_day_of_month(index_date)"],
      returning: "date",
      date_format: "YYYY-MM",
      return_expectations: {
        incidence: 0.2,
        date: { earliest: "2019-01-01", latest: "index_date" },
      },
    }),
  },
  indexDate: "2020-01-01",
});

function folderFor(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-draw-"));
  context.after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function filesOf(format: CohortFormat, people: number): readonly FileToDraw[] {
  const drawn = { options: { patients: people, seed: "s", today }, study };
  return dates.map((indexDate) => ({ name: `input_${indexDate}.${format}`, indexDate, drawn }));
}

async function draw(
  folder: string,
  given: Partial<Drawing> & { readonly format: CohortFormat },
  people = 200,
): Promise<readonly number[]> {
  const told: number[] = [];
  await drawSideBySide(filesOf(given.format, people), {
    ...{ folder, jobs: 2, signal: new AbortController().signal, workerFile: BUILT },
    onRows: () => undefined,
    onWritten: (place) => {
      told.push(place);
      return Promise.resolve();
    },
    ...given,
  });
  return told;
}

async function drawHere(folder: string, format: CohortFormat, people: number): Promise<void> {
  const backend = dummyBackend({ patients: people, seed: "s", today });
  for await (const { indexDate, schema, batches } of backend.cohorts(study, dates)) {
    const path = join(folder, `input_${indexDate}.${format}`);
    await writeCohort({ path, format, schema, batches });
  }
}

function bytesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).filter((name) => name !== "worker.mjs");
  return Object.fromEntries(
    names.sort().map((name) => [name, readFileSync(join(folder, name)).toString("base64")]),
  );
}

/** What a thread runs instead of drawing. */
function workerFile(folder: string, body: string): URL {
  const path = join(folder, "worker.mjs");
  writeFileSync(
    path,
    `import { writeFileSync } from "node:fs";
const written = { rows: 1, bytes: 1, sha256: "x" };
export async function drawCohortFile(task) { ${body} }`,
  );
  return pathToFileURL(path);
}

describe("dummy cohorts drawn side by side", () => {
  it("have the same bytes in every format as those of one thread, with 1, 2 and 8 threads", async (context) => {
    for (const format of cohortFormats) {
      const here = folderFor(context);
      await drawHere(here, format, 200);
      const expected = bytesIn(here);
      assert.equal(Object.keys(expected).length, dates.length);
      for (const jobs of [1, 2, 8]) {
        const there = folderFor(context);
        assert.deepEqual(await draw(there, { format, jobs }), [0, 1, 2]);
        assert.deepEqual(bytesIn(there), expected, `${format} with ${jobs} threads`);
      }
    }
  });

  it("have the same bytes where patients fill several blocks, each patient once", async (context) => {
    const people = 2 * 65_536 + 3;
    const [here, there] = [folderFor(context), folderFor(context)];
    // Packed in many parts, here by Node's own threads, there by the thread that draws.
    await drawHere(here, "csv.gz", people);
    await draw(there, { format: "csv.gz" }, people);
    assert.deepEqual(bytesIn(there), bytesIn(here));
    const [first = ""] = readdirSync(here);
    const text = gunzipSync(readFileSync(join(here, first))).toString();
    const rows = text.trimEnd().split("\n").slice(1);
    const ids = rows.map((row) => Number(row.split(",")[0]));
    assert.equal(new Set(ids).size, people);
    assert.ok(Math.max(...ids.slice(-3)) < 10 * people);
    // Ages of another block are not those of the first once more.
    const ages = rows.map((row) => row.split(",")[1]);
    assert.notDeepEqual(ages.slice(65_536, 65_636), ages.slice(0, 100));
  });

  it("end with one problem where a thread dies, and keep only files that are complete", async (context) => {
    const folder = folderFor(context);
    const body = `
      if (task.path.includes("-02-")) process.exit(3);
      writeFileSync(task.path, "whole"); task.port.close(); return { ok: true, written };`;
    const failed = draw(folder, { format: "csv", workerFile: workerFile(folder, body) });
    await assert.rejects(failed, (error) => {
      assert.ok(error instanceof ProblemError);
      assert.deepEqual(
        error.problems.map(({ code }) => code),
        ["cohort-worker-died"],
      );
      assert.match(error.problems[0]?.message ?? "", /input_2020-02-01\.csv/);
      return true;
    });
    assert.ok(readdirSync(folder).every((name) => !name.startsWith(".cohortline-")));
  });

  it("tell the first problem, stop the others, and leave nothing unfinished", async (context) => {
    const folder = folderFor(context);
    const full = `{ code: "disk-full", message: "full", hint: "", facts: {} }`;
    const body = `
      if (task.path.includes("-01-01")) { task.port.close(); return { ok: false, problems: [${full}] }; }
      await new Promise((resolve) => task.port.once("message", resolve));
      task.port.close();
      return { ok: false, problems: [{ code: "interrupted", message: "", hint: "", facts: {} }] };`;
    const failed = draw(folder, { format: "csv", workerFile: workerFile(folder, body) });
    await assert.rejects(failed, (error) => {
      assert.ok(error instanceof ProblemError);
      assert.deepEqual(
        error.problems.map(({ code }) => code),
        ["disk-full"],
      );
      return true;
    });
    assert.deepEqual(readdirSync(folder), ["worker.mjs"]);
  });

  it("stop at a signal and leave nothing unfinished", async (context) => {
    const folder = folderFor(context);
    const failed = draw(folder, { format: "csv", signal: AbortSignal.abort() }, 100_000);
    await assert.rejects(failed, ProblemError);
    assert.deepEqual(readdirSync(folder), []);
  });
});
