/**
 * Stata files written here, opened by pandas, and the other way round: `node --import tsx
 * test/foreign/stata-pandas.ts`. Takes the Python that PYTHON names, or python3, if it has pandas (and
 * pyreadstat, for a second opinion); says what it skipped. Not part of `npm test`, which needs only Node.
 */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { readTable } from "../../engine/table/read-table.ts";
import { writeCohort } from "../../engine/table/write-table.ts";
import { batch, expected, FULL_NAME, schema, SHORTENED } from "./stata-cohort.ts";

const PYTHON = process.env["PYTHON"] ?? "python3";

function python(script: string, ...words: readonly string[]): string {
  return execFileSync(PYTHON, ["-W", "ignore", "-c", script, ...words], { encoding: "utf8" });
}

function has(module: string): boolean {
  try {
    execFileSync(PYTHON, ["-c", `import ${module}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

const SHOW = `
import datetime, json, sys
def show(x):
    if x is None or x != x: return ""
    if hasattr(x, "isoformat"): return x.isoformat()[:10]
    if isinstance(x, float) and x.is_integer() and abs(x) < 2**53: return str(int(x))
    return str(x)
def tell(d): print(json.dumps({c: [show(x) for x in d[c].tolist()] for c in d}))
`;

async function openedByPandas(folder: string): Promise<void> {
  for (const format of ["dta", "dta.gz"] as const) {
    const path = join(folder, `input.${format}`);
    await writeCohort({ path, format, schema, batches: [batch] });
    const pandas = python(`${SHOW}import pandas\ntell(pandas.read_stata(sys.argv[1]))`, path);
    assert.deepEqual(JSON.parse(pandas), expected);
    console.log(`pandas reads our ${format}`);
  }
  const labels = python(
    `import pandas, sys\nprint(pandas.io.stata.StataReader(sys.argv[1]).variable_labels()["${SHORTENED}"])`,
    join(folder, "input.dta"),
  );
  assert.equal(labels.trim(), FULL_NAME);
}

function openedByReadStat(folder: string): void {
  if (!has("pyreadstat")) {
    console.log("skipped: pyreadstat is not installed");
    return;
  }
  const script = `${SHOW}import pyreadstat\ntell(pyreadstat.read_dta(sys.argv[1])[0])`;
  assert.deepEqual(JSON.parse(python(script, join(folder, "input.dta"))), expected);
  console.log("ReadStat, on which R's haven stands, reads our dta");
}

const MAKE = `
import sys, numpy, pandas
folder, version, order = sys.argv[1:]
frame = pandas.DataFrame({
    "patient_id": numpy.array([1, 2, 3], dtype="int64"),
    "flag": numpy.array([True, False, True]),
    "small": numpy.array([1, -2, 100], dtype="int8"),
    "single": numpy.array([27.9, numpy.nan, 1], dtype="float32"),
    "size": [0.1, numpy.nan, 1e300],
    "sex": ["F", "", "M"],
    "group": pandas.Categorical(["x", None, "y"]),
    "day": pandas.to_datetime(["2020-02-29", None, "1950-01-01"]),
    "moment": pandas.to_datetime(["2020-02-29", None, "1950-01-01"]),
    "month": pandas.to_datetime(["2020-02-01", None, "1950-01-01"]),
    "year": pandas.to_datetime(["2020-01-01", None, "1950-01-01"]),
    "note": ["q" * 3000, "", "q" * 3000],
})
frame.to_stata(folder + "/theirs.dta", write_index=False, version=int(version), byteorder=order,
    convert_dates={"day": "td", "month": "tm", "year": "ty"}, convert_strl=["note"])
try:
    pandas.read_stata(folder + "/theirs.dta")
except KeyError:
    print("broken")
`;

const LONG = "q".repeat(3000);
const theirs = [
  "patient_id flag small single size sex group day moment month year note".split(" "),
  "1,1,1,27.9,0.1,F,x,2020-02-29,2020-02-29,2020-02,2020".split(",").concat(LONG),
  "2,0,-2,,,,,,,,,".split(","),
  "3,1,100,1.0,1e+300,M,y,1950-01-01,1950-01-01,1950-01,1950".split(",").concat(LONG),
];

async function readFromPandas(folder: string): Promise<void> {
  for (const version of ["117", "118", "119"]) {
    for (const order of ["little", "big"]) {
      // Before version 3 it had the long texts' bytes in the wrong order.
      if (python(MAKE, folder, version, order).trim() === "broken") {
        console.log(`skipped: this pandas cannot read its own format ${version}, ${order}-endian`);
        continue;
      }
      const rows: (readonly string[])[] = [];
      for await (const { cells } of readTable(join(folder, "theirs.dta"))) rows.push(cells);
      assert.deepEqual(rows, theirs);
      console.log(`pandas' format ${version}, ${order}-endian, is read here`);
    }
  }
}

if (has("pandas")) {
  const folder = mkdtempSync(join(tmpdir(), "cohortline-foreign-"));
  try {
    await openedByPandas(folder);
    openedByReadStat(folder);
    await readFromPandas(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
} else {
  console.log(`skipped: ${PYTHON} has no pandas`);
}
