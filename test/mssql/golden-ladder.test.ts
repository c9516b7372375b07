import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { trustedSql } from "../../engine/text/sql.ts";
import { goldens, sqlText } from "../golden/golden-plans.ts";
import { answering } from "./translated-records.ts";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

describe("the script of a study for SQL Server", { skip }, () => {
  let tools: TsqlTools;
  before(() => {
    tools = tsqlTools(toolsPython ?? "");
  });
  after(() => {
    tools.stop();
  });

  for (const golden of goldens) {
    it(`is taken by the grammar and the lint, and runs translated: ${golden.name}`, async () => {
      await tools.reset();
      const ask = answering(tools, {});
      const statements = statementsOf(await sqlText(golden, "mssql"));
      for (const statement of statements) await ask(trustedSql(statement));
      // What an earlier script has said as well is not said again.
      assert.ok((await tools.grammar()) > 3);
    });
  }

  it("would be refused with any slip, whatever statement it is in", async () => {
    const [, , golden] = goldens;
    assert.ok(golden);
    await tools.reset();
    const ask = answering(tools, {});
    const statements = statementsOf(await sqlText(golden, "mssql"));
    for (const statement of statements) await ask(trustedSql(statement));
    const aside = (statement: string): string =>
      statement.replace(/(INTO|TABLE) #\w+/, "$1 #aside");
    for (const [what, [pattern, instead]] of Object.entries(slips)) {
      const right = statements.find((statement) => pattern.test(statement));
      assert.ok(right, what);
      const forget = () => tools.run("DROP TABLE IF EXISTS #aside");
      await forget();
      assert.deepEqual(await tools.faults(aside(right), {}), [], what);
      await forget();
      const wrong = aside(right.replace(pattern, instead));
      assert.notDeepEqual(await tools.faults(wrong, {}), [], what);
    }
  });
});

/** The slip in the first statement that it can be made in. */
const slips: Readonly<Record<string, readonly [RegExp, string]>> = {
  "the standard's literal of a day": [/CAST\(('\d{4}-\d\d-\d\d') AS date\)/, "DATE $1"],
  "an order of missing values": [/ ASC\)/, " ASC NULLS LAST)"],
  "CREATE TABLE AS": [
    /SELECT answer\.\* INTO (#\w+) FROM/,
    "CREATE TABLE $1 AS SELECT answer.* FROM",
  ],
  "a test as a value": [/max\(1\) AS s1/, "(1 = 1) AS s1"],
  "a derived table without a name": [/\) g\)\nSELECT/, "))\nSELECT"],
  "a hint of other databases": [/answer AS \(/, "answer AS NOT MATERIALIZED ("],
  "WITH inside parentheses": [/answer AS \(SELECT/, "answer AS (WITH w AS (SELECT 1 AS x) SELECT"],
  "STRING_AGG, of 2017": [/MIN\(l\.category\)/, "STRING_AGG(l.category, ',')"],
  "a function of another database": [/DATEDIFF\(day,/, "date_diff('day',"],
  "a column that is not there": [/SELECT r\.patient_id, r\.k/, "SELECT r.person, r.k"],
  "a column that is not grouped": [/ GROUP BY r\.patient_id, r\.k\)/, " GROUP BY r.patient_id)"],
  "a window without an order": [/ ORDER BY r\.\[recorded_at\] ASC\)/, ")"],
  "two columns of one name": [/SELECT answer\.\*/, "SELECT answer.patient_id, answer.patient_id"],
  FILTER: [/count\(\*\)/, "count(*) FILTER (WHERE 1 = 1)"],
  LIMIT: [/AS once\(n\)/, "AS once(n) LIMIT 5"],
  "a text column of ours without a collation": [/(varchar\(9\)) COLLATE Latin1_General_BIN/, "$1"],
  "IGNORE NULLS, of 2022": [/first_value\(b\.s6__code\)/, "last_value(b.s6__code) IGNORE NULLS"],
  "a subquery inside an aggregate": [/max\(1\)/, "max(CASE WHEN 1 IN (SELECT 1 AS x) THEN 1 END)"],
  "an order inside a derived table": [/\) g\)\nSELECT/, ") g ORDER BY g.patient_id)\nSELECT"],
};

/** Each ends a line with a semicolon; comments are lines of their own. */
function statementsOf(script: string): readonly string[] {
  const lines = script.split("\n").filter((line) => !line.startsWith("--"));
  return lines
    .join("\n")
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
