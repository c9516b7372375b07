import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import { tppTables } from "../../engine/schema/tpp/tpp-tables.ts";
import { alone } from "../commands/workspace.ts";
import type { Records, Row } from "../naive/row.ts";
import { trinoUrl } from "./ask-trino.ts";
import { inTrinoSchema, writeTables } from "./trino-tables.ts";

const root = join(import.meta.dirname, "../..");
const study = join(root, "study-definitions/aftershocks");
const patients = join(root, "fixtures/patients");

const origin = await trinoUrl();
const skip = origin === null ? "no Trino answers: test/trino/server.sh start" : false;

/** The synthetic patients of `fixtures/`; an empty cell is missing. */
function fixtures(): Records {
  const names = readdirSync(patients).filter((name) => name.endsWith(".csv"));
  return Object.fromEntries(
    names.map((name) => {
      const rows = parse<Record<string, string>>(readFileSync(join(patients, name)), {
        columns: true,
      });
      const missing = (row: Record<string, string>): Row =>
        Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== ""));
      return [name.slice(0, -".csv".length), rows.map(missing)];
    }),
  );
}

/** Gives `act` folders of the study, of what git knows of it. */
async function inFolders(act: (one: string, other: string) => Promise<void>): Promise<void> {
  const top = mkdtempSync(join(tmpdir(), "cohortline-"));
  try {
    const known = execFileSync("git", ["ls-files", "-z"], { cwd: study, encoding: "utf8" });
    for (const folder of ["one", "other"]) {
      for (const path of known.split("\0").filter((name) => name !== "")) {
        cpSync(join(study, path), join(top, folder, path));
      }
    }
    await act(join(top, "one"), join(top, "other"));
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

const DATES = "--index-date-range=2020-01-01 to 2020-12-01 by month";

async function ran(folder: string, words: readonly string[]): Promise<void> {
  const { code, out, err } = await alone(folder, words, { COHORTLINE_LOCAL_TOOLS: "1" });
  assert.equal(code, 0, out + err);
}

function measuresIn(folder: string, place: string): Readonly<Record<string, string>> {
  const names = readdirSync(join(folder, place)).filter((name) => name.startsWith("measure_"));
  return Object.fromEntries(
    names.map((name) => [name, readFileSync(join(folder, place, name), "utf8")]),
  );
}

/** Without Debian's jupyter-nbconvert everything but the notebook is run. */
function everyAction(): string {
  const places = (process.env["PATH"] ?? "").split(delimiter);
  return places.some((place) => existsSync(join(place, "jupyter")))
    ? "run_all"
    : "generate_measures";
}

describe("the example study on records in a real Trino", { skip }, () => {
  it("is run by run_all, and measured directly, with the measures that DuckDB gives", () =>
    inFolders((one, other) =>
      inTrinoSchema(String(origin), async ({ url, ...place }) => {
        const records = fixtures();
        await writeTables({ url, ...place }, tppTables, Object.keys(records), records);
        const duckdb = `--database-url=duckdb:${patients}`;
        await ran(other, ["generate_cohort", duckdb, DATES]);
        await ran(other, ["generate_measures"]);
        const expected = measuresIn(other, "output");
        assert.equal(Object.keys(expected).length, 9 * 6 * (12 + 1));
        await ran(one, ["run", everyAction(), "--database-url", url]);
        assert.deepEqual(measuresIn(one, "output/measures"), expected);
        const words = ["generate_measures", `--database-url=${url}`, DATES];
        await ran(one, [...words, "--output-dir=output/direct"]);
        assert.deepEqual(measuresIn(one, "output/direct"), expected);
      }),
    ));
});
