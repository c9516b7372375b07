import assert from "node:assert/strict";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { cohortline, contentsOf, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { smallRecords } from "../database/small-records.ts";
import { Cut } from "../database/tds-server.ts";
import { serverCatalog } from "../database/server-catalog.ts";
import { servedRecords } from "./served.ts";
import type { Serving } from "./served.ts";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

const RANGE = "--index-date-range=2020-02-01 to 2020-04-01 by month";
const PATH = "analysis/study_definition.ts";
const PARTS = /INTO #part_\d/;
const files = [4, 3, 2].map((month) => `input_2020-0${month}-01.csv`);

/** Breaks the connection among the rows of the cohort that is asked for as the `broken`-th one. */
function breaking(broken: number): NonNullable<Serving["meddle"]> {
  let asked = 0;
  return (batch, answer) => {
    const isCohort =
      /FROM (?:cohort c|\[results\]\.\.\S+ r ORDER BY)/.test(batch) && !/\bINTO\b/.test(batch);
    if (!isCohort || ++asked !== broken) return answer;
    return { ...answer, rows: some(answer.rows ?? []) };
  };
}

/** Breaks the connection when a batch comes, once, before it is done as a whole. */
function breakingAt(pattern: RegExp): NonNullable<Serving["meddle"]> {
  let isBroken = false;
  return (batch, answer) => {
    if (isBroken || !pattern.test(batch)) return answer;
    isBroken = true;
    throw new Cut();
  };
}

async function* some(rows: NonNullable<ReturnType<NonNullable<Serving["meddle"]>>["rows"]>) {
  let given = 0;
  for await (const row of rows) {
    if (++given > 3) throw new Cut();
    yield row;
  }
}

function cohortsIn(folder: string): Files {
  const all = Object.entries(contentsOf(folder));
  return Object.fromEntries(all.filter(([path]) => path.startsWith("output/input_")));
}

describe("a run whose connection to a SQL Server breaks among rows", { skip }, () => {
  let tools: TsqlTools;
  before(() => {
    tools = tsqlTools(toolsPython ?? "");
  });
  after(() => {
    tools.stop();
  });
  const records = smallRecords(23);

  it("ends with exit code 3, and goes on at the first file that is not finished", () =>
    servedRecords({ tools, records, meddle: breaking(2) }, (url) =>
      inWorkspace(recordedFiles, async (folder) => {
        const words = ["generate_cohort", RANGE, "--skip-existing"];
        const run = () => cohortline(folder, [...words, `--database-url=${url}&version=march`]);
        const broken = await run();
        assert.equal(broken.code, 3, broken.err);
        assert.match(broken.err, /connection to the SQL Server was lost/);
        const first = cohortsIn(folder);
        assert.deepEqual(Object.keys(first), [`output/${files[0]}`]);
        const again = await run();
        assert.match(again.out, /^Wrote 2 files .*kept 1/, again.err);
        const all = cohortsIn(folder);
        assert.deepEqual(Object.keys(all).sort(), files.map((file) => `output/${file}`).sort());
        assert.deepEqual({ ...all, ...first }, all);
      }),
    ));

  describe("and that keeps its results in a database of the server", () => {
    const words = ["generate_cohort", "--skip-existing", "--temp-database-name=results"];

    it("goes on with them, asks nothing twice, and leaves nothing behind", async () => {
      const catalog = serverCatalog({ records: true, results: true });
      const serving = { tools, records, catalog, meddle: breaking(2) };
      await servedRecords(serving, (url, server) =>
        inWorkspace(recordedFiles, async (folder) => {
          const run = (more: readonly string[]) =>
            cohortline(folder, [...more, RANGE, `--database-url=${url}`]);
          const broken = await run(words);
          assert.equal(broken.code, 3, broken.err);
          const first = cohortsIn(folder);
          assert.deepEqual(Object.keys(first), [`output/${files[0]}`]);
          assert.equal(catalog.tables().length, 4);
          const before = server.statements().length;
          const again = await run(words);
          assert.match(again.out, /^Wrote 2 files .*kept 1/, again.err);
          assert.match(again.err, /Results of an earlier run are used.*3 of its cohorts/);
          assert.ok(
            server
              .statements()
              .slice(0, before)
              .some((sql) => PARTS.test(sql)),
          );
          assert.ok(
            !server
              .statements()
              .slice(before)
              .some((sql) => PARTS.test(sql)),
          );
          assert.deepEqual(catalog.tables(), []);
          const all = cohortsIn(folder);
          assert.deepEqual({ ...all, ...first }, all);
          await run(["generate_cohort", "--output-dir=plain"]);
          for (const file of files)
            assert.equal(contentsOf(folder)[`plain/${file}`], all[`output/${file}`], file);
        }),
      );
      await tools.grammar();
    });

    it("keeps them while a file is not complete, and no longer", () => {
      const catalog = serverCatalog({ records: true, results: true });
      return servedRecords({ tools, records, catalog }, (url) =>
        inWorkspace(recordedFiles, async (folder) => {
          const run = () => cohortline(folder, [...words, RANGE, `--database-url=${url}`]);
          const inTheWay = join(folder, "output", files[2] ?? "", "in-the-way");
          mkdirSync(inTheWay, { recursive: true });
          assert.equal((await run()).code, 1);
          assert.equal(catalog.tables().length, 4);
          rmSync(join(inTheWay, ".."), { recursive: true });
          const again = await run();
          assert.match(again.out, /^Wrote 1 file/, again.err);
          assert.deepEqual(catalog.tables(), []);
        }),
      );
    });

    it("makes those that are not there as a whole, and uses none of another study", () => {
      const catalog = serverCatalog({ records: true, results: true });
      const meddle = breakingAt(/INTO \[results\]\S+_20200301\]/);
      return servedRecords({ tools, records, catalog, meddle }, (url, server) =>
        inWorkspace(recordedFiles, async (folder) => {
          const run = () => cohortline(folder, [...words, RANGE, `--database-url=${url}`]);
          const madeBy = async (study: string): Promise<readonly (string | undefined)[]> => {
            writeFileSync(join(folder, PATH), study);
            const from = server.statements().length;
            const { code, err } = await run();
            assert.equal(code, 0, err);
            const made = server.statements().slice(from).join("\n");
            return [...made.matchAll(/INTO \[results\]\S+_(\d+)\] FROM/g)].map(([, date]) => date);
          };
          assert.equal((await run()).code, 3);
          assert.deepEqual(cohortsIn(folder), {});
          const study = recordedFiles[PATH] ?? "";
          const other = study.replace("onOrBefore", "onOrAfter");
          assert.deepEqual(await madeBy(other), ["20200401", "20200301", "20200201"]);
          assert.deepEqual(await madeBy(study), ["20200301", "20200201"]);
        }),
      );
    });
  });
});
