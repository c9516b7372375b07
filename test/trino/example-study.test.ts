import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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

const DATES = "2020-01-01 to 2020-04-01 by month";

/** Gives `act` folders of the study, of what git knows of it, for four months in place of twelve. */
async function inFolders(act: (one: string, other: string) => Promise<void>): Promise<void> {
  const top = mkdtempSync(join(tmpdir(), "cohortline-"));
  try {
    const known = execFileSync("git", ["ls-files", "-z"], { cwd: study, encoding: "utf8" });
    for (const folder of ["one", "other"]) {
      for (const path of known.split("\0").filter((name) => name !== "")) {
        cpSync(join(study, path), join(top, folder, path));
      }
      const project = join(top, folder, "project.yaml");
      const text = readFileSync(project, "utf8");
      writeFileSync(project, text.replace("2020-01-01 to 2020-12-01 by month", DATES));
    }
    await act(join(top, "one"), join(top, "other"));
  } finally {
    rmSync(top, { recursive: true, force: true });
  }
}

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

describe("the example study on records in a real Trino", { skip }, () => {
  it("is run by its project.yaml, and measured directly, with the measures that DuckDB gives", () =>
    inFolders((one, other) =>
      inTrinoSchema(String(origin), async ({ url, ...place }) => {
        const records = fixtures();
        await writeTables({ url, ...place }, tppTables, Object.keys(records), records);
        const dates = `--index-date-range=${DATES}`;
        await ran(other, ["generate_cohort", `--database-url=duckdb:${patients}`, dates]);
        await ran(other, ["generate_measures"]);
        const expected = measuresIn(other, "output");
        assert.equal(Object.keys(expected).length, 9 * 6 * (4 + 1));
        await ran(one, ["run", "generate_measures", "--database-url", url]);
        assert.deepEqual(measuresIn(one, "output/measures"), expected);
        const direct = ["generate_measures", `--database-url=${url}`, dates];
        await ran(one, [...direct, "--output-dir=output/direct"]);
        assert.deepEqual(measuresIn(one, "output/direct"), expected);
      }),
    ));
});
