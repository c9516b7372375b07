/**
 * Whether pandas, pyarrow and Polars open the feather and parquet files written here, and whether their
 * files are read here: `npm run test:foreign`. Not a part of `npm test`: runs what the Python has that
 * PYTHON names, or python3, and says what it left out. Exits 1 where something differs.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { cells, cohort, schema, theirCells } from "./arrow-cohort.ts";

const python = process.env["PYTHON"] ?? "python3";
const folder = mkdtempSync(join(tmpdir(), "cohortline-foreign-"));
const formats = ["feather", "parquet"] as const;

let differences = 0;

/** By what is needed: asked once, for loading it takes Python a second. */
const there = new Map<string, boolean>();

function isThere(needs: string): boolean {
  const known = there.get(needs) ?? spawnSync(python, ["-c", `import ${needs}`]).status === 0;
  there.set(needs, known);
  return known;
}

/** Runs one check; what Python lacks is left out aloud. */
async function check(title: string, needs: string, act: () => unknown): Promise<void> {
  if (!isThere(needs)) {
    console.log(`left out  ${title}: ${python} has not all of ${needs}`);
    return;
  }
  try {
    await act();
    console.log(`same      ${title}`);
  } catch (error) {
    differences++;
    console.log(`DIFFERENT ${title}\n${error instanceof Error ? error.message : String(error)}`);
  }
}

function ask(work: string, path: string): Readonly<Record<string, unknown>> {
  const script = join(import.meta.dirname, "arrow-frames.py");
  const done = spawnSync(python, [script, work, path], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(done.stderr || String(done.error));
  const answer = JSON.parse(done.stdout) as Readonly<Record<string, unknown>> | null;
  return answer ?? {};
}

async function cellsHere(path: string): Promise<(readonly string[])[]> {
  const rows: (readonly string[])[] = [];
  for await (const row of readTable(path)) rows.push(row.cells);
  return rows;
}

try {
  for (const format of formats) {
    const path = join(folder, `ours.${format}`);
    await writeCohort({ path, format, schema, batches: [cohort] });
    await check(`pandas reads our ${format}`, "pandas, pyarrow", () => {
      const { types, cells: theirs } = ask("read_pandas", path);
      assert.deepEqual(theirs, cells);
      // Texts of parquet are strings, which pandas 2 calls objects.
      const text = format === "feather" ? /^category$/ : /^(str|string|object)$/;
      const [id, ill, bmi, sex, seen] = types as string[];
      assert.deepEqual([id, ill, bmi, seen], ["int64", "bool", "float64", "datetime64[ms]"]);
      assert.match(sex ?? "", text);
    });
    await check(`Polars reads our ${format}`, "polars", () => {
      const { types, rows } = ask("read_polars", path);
      assert.equal(rows, 4);
      const [id, ill, bmi, sex, seen] = types as string[];
      assert.deepEqual([id, ill, bmi], ["Int64", "Boolean", "Float64"]);
      assert.match(sex ?? "", format === "feather" ? /^Categorical/ : /^String$/);
      assert.match(seen ?? "", /^Datetime\(time_unit='ms'/);
    });
  }
  const theirs = [
    ...["lz4", "zstd", "uncompressed"].map((way) => `${way}.feather`),
    ...["snappy", "zstd", "gzip", "uncompressed", "newer_pages"].map((way) => `${way}.parquet`),
  ];
  for (const name of theirs) {
    await check(`pandas' ${name} is read here`, "pandas, pyarrow", async () => {
      const path = join(folder, `pandas.${name}`);
      ask("write_pandas", path);
      assert.deepEqual(await cellsHere(path), theirCells);
    });
  }
  for (const format of formats) {
    await check(`Polars' ${format} is read here`, "pandas, pyarrow, polars", async () => {
      const path = join(folder, `polars.${format}`);
      ask("write_polars", path);
      assert.deepEqual(await cellsHere(path), theirCells);
    });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = differences > 0 ? 1 : 0;
