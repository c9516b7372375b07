/**
 * Whether R's haven opens the Stata files written here and arrow the feather and parquet files, and
 * whether their files are read here: `node --import tsx test/foreign/r.ts`, a part of `npm run
 * test:foreign`. What this R lacks is left out aloud. Exits 1 where something differs.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import * as ofArrow from "./arrow-cohort.ts";
import * as ofStata from "./stata-cohort.ts";

const folder = mkdtempSync(join(tmpdir(), "cohortline-foreign-"));

function rscript(...words: readonly string[]) {
  const env = { ...process.env, TZ: "UTC" };
  return spawnSync("Rscript", ["--vanilla", ...words], { encoding: "utf8", env });
}

/** What r-frames.R prints, without tabs. */
function ask(work: string, path: string): readonly (readonly string[])[] {
  const done = rscript(join(import.meta.dirname, "r-frames.R"), work, path);
  if (done.status !== 0) throw new Error(done.stderr || String(done.error));
  return done.stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split("\t"));
}

async function cellsHere(path: string): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const row of readTable(path)) rows.push(row.cells);
  return rows;
}

let differences = 0;

/** Runs the checks that need a package of R, each by its title. */
async function check(
  needs: string,
  checks: Readonly<Record<string, () => unknown>>,
): Promise<void> {
  const there = rscript("-e", `library(${needs})`).status === 0;
  for (const [title, act] of Object.entries(checks)) {
    if (!there) {
      console.log(`left out  ${title}: no R with the package ${needs} here`);
      continue;
    }
    try {
      await act();
      console.log(`same      ${title}`);
    } catch (error) {
      differences++;
      console.log(`DIFFERENT ${title}\n${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

async function openedByHaven(format: "dta" | "dta.gz"): Promise<void> {
  const path = join(folder, `ours.${format}`);
  const { schema, batch, expected, SHORTENED, FULL_NAME } = ofStata;
  await writeCohort({ path, format, schema, batches: [batch] });
  const [names = [], classes, labels, formats, ...rows] = ask("read_stata", path);
  const columns = names.map((name, at) => [name, rows.map((row) => row[at])]);
  // haven drops spaces at the end of a text.
  const trimmed = expected.sex.map((text) => text.trimEnd());
  assert.deepEqual(Object.fromEntries(columns), { ...expected, sex: trimmed });
  const [numbers, texts, days] = ["numeric", "character", "Date"];
  const types = [numbers, numbers, numbers, numbers, texts, texts, texts, days, days, days];
  assert.deepEqual(classes, types);
  assert.deepEqual(
    labels,
    names.map((name) => (name === SHORTENED ? FULL_NAME : "")),
  );
  assert.deepEqual(formats?.slice(-3), ["%td", "%td", "%td"]);
}

async function readFromHaven(version: 13 | 14 | 15): Promise<void> {
  const path = join(folder, `theirs.${version}.dta`);
  ask("write_stata", path);
  const note = "x".repeat(version === 14 ? 3000 : 300);
  const rows = [
    "patient_id,flag,size,tagged,sex,day,moment,month,year,group,note,place".split(","),
    "1,1,0.1,1.0,F,2020-02-29,2020-02-29,2020-02,2020,North,short,Zürich \u{1f600}".split(","),
    "2,0,,,,,,,,South,,".split(","),
    ["3,1,1e+300,3.0,M,1950-01-01,1950-01-01,1950-01,1950,South".split(","), note, " M "].flat(),
  ];
  const columns = version === 13 ? -1 : undefined;
  assert.deepEqual(
    await cellsHere(path),
    rows.map((row) => row.slice(0, columns)),
  );
}

/** By the table of types in arrow's documentation: a dictionary is a factor there, text a character. */
async function openedByArrow(format: "feather" | "parquet"): Promise<void> {
  const path = join(folder, `ours.${format}`);
  const { schema, cohort, cells } = ofArrow;
  await writeCohort({ path, format, schema, batches: [cohort] });
  const [names, classes, , , ...rows] = ask("read_arrow", path);
  const text = format === "feather" ? "factor" : "character";
  assert.deepEqual(classes, ["integer64", "logical", "numeric", text, "POSIXct"]);
  // R has one kind of number: 0.0 is 0 there.
  const expected = cells.map((row) => row.map((cell) => (cell === "0.0" ? "0" : cell)));
  assert.deepEqual([names, ...rows], expected);
}

async function readFromArrow(format: "feather" | "parquet"): Promise<void> {
  const path = join(folder, `theirs.${format}`);
  ask("write_arrow", path);
  assert.deepEqual(await cellsHere(path), ofArrow.theirCells);
}

try {
  await check("haven", {
    "haven reads our dta": () => openedByHaven("dta"),
    "haven reads our dta.gz": () => openedByHaven("dta.gz"),
    "haven's file for Stata 13 is read here": () => readFromHaven(13),
    "haven's file for Stata 14 is read here": () => readFromHaven(14),
    "haven's file for Stata 15 is read here": () => readFromHaven(15),
  });
  await check("arrow", {
    "R's arrow reads our feather": () => openedByArrow("feather"),
    "R's arrow reads our parquet": () => openedByArrow("parquet"),
    "R's arrow's feather is read here": () => readFromArrow("feather"),
    "R's arrow's parquet is read here": () => readFromArrow("parquet"),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = differences > 0 ? 1 : 0;
