import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { cohortline, contentsOf, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { smallRecords } from "../database/small-records.ts";
import { Cut } from "../database/tds-server.ts";
import { servedRecords } from "./served.ts";
import type { Serving } from "./served.ts";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

const RANGE = "--index-date-range=2020-02-01 to 2020-04-01 by month";
const files = [4, 3, 2].map((month) => `input_2020-0${month}-01.csv`);

/** Breaks the connection among the rows of the cohort that is asked for as the `broken`-th one. */
function breaking(broken: number): NonNullable<Serving["meddle"]> {
  let asked = 0;
  return (batch, answer) => {
    const isCohort = /FROM (?:cohort c|\[results\])/.test(batch) && !/\bINTO\b/.test(batch);
    if (!isCohort || ++asked !== broken) return answer;
    return { ...answer, rows: some(answer.rows ?? []) };
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
});
