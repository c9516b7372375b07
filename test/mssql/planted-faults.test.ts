import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

const schema = {
  visit: {
    visit_id: "bigint",
    patient: "bigint",
    ward: "varchar(20)",
    began: "date",
    score: "float",
    urgent: "bit",
  },
};

const rightStatements = [
  "SELECT v.patient FROM visit v WHERE v.urgent = 1",
  "WITH w AS (SELECT v.patient FROM visit v) SELECT w.patient INTO #w FROM w",
  "SELECT CASE WHEN v.ward IN (SELECT l.code FROM #codes l) THEN 1 ELSE 0 END AS m FROM visit v",
  "SELECT MAX(CAST(v.urgent AS tinyint)) AS x, SUM(CASE WHEN v.score > 1 THEN 1 END) AS n FROM visit v",
];

/** Slips of whoever knows another database, or a newer SQL Server. */
const faults: Readonly<Record<string, string>> = {
  "a test as a value": "SELECT (v.score = 1) AS x FROM visit v",
  "a word for true": "SELECT TRUE AS x FROM visit v",
  "a truth value as a test": "SELECT v.patient FROM visit v WHERE v.urgent",
  "texts joined by bars": "SELECT v.ward || '!' AS x FROM visit v",
  LIMIT: "SELECT v.patient FROM visit v LIMIT 3",
  "an order of missing values": "SELECT v.patient FROM visit v ORDER BY v.began NULLS LAST",
  FILTER: "SELECT count(*) FILTER (WHERE v.score > 1) AS n FROM visit v",
  "the standard's literal of a day":
    "SELECT v.patient FROM visit v WHERE v.began > DATE '2020-03-01'",
  "the standard's literal alone in a list": "SELECT DATE '2020-03-01' FROM visit v",
  "an interval": "SELECT v.began + INTERVAL '2' DAY AS x FROM visit v",
  "WITH inside parentheses":
    "SELECT q.patient FROM (WITH w AS (SELECT v.patient FROM visit v) SELECT w.patient FROM w) q",
  "a derived table without a name": "SELECT patient FROM (SELECT v.patient FROM visit v)",
  "CREATE TABLE AS": "CREATE TABLE #q AS SELECT v.patient FROM visit v",
  "a hint of other databases":
    "WITH w AS NOT MATERIALIZED (SELECT v.patient FROM visit v) SELECT w.patient FROM w",
  "an array": "SELECT ARRAY[1, 2] AS x",
  "a struct": "SELECT {'a': 1} AS x",
  "IGNORE NULLS, of 2022":
    "SELECT LAST_VALUE(v.score) IGNORE NULLS OVER (ORDER BY v.began) AS x FROM visit v",
  "GREATEST, of 2022": "SELECT GREATEST(v.score, 2) AS x FROM visit v",
  "GENERATE_SERIES, of 2022": "SELECT s.value FROM GENERATE_SERIES(1, 5) s",
  "STRING_AGG, of 2017": "SELECT STRING_AGG(v.ward, ',') AS x FROM visit v",
  "CONCAT_WS, of 2017": "SELECT CONCAT_WS(',', v.ward, 'a') AS x FROM visit v",
  "a function of another database": "SELECT date_trunc('year', v.began) AS x FROM visit v",
  "a column without a name": "WITH w AS (SELECT v.score * 2 FROM visit v) SELECT * FROM w",
  "two columns of one name": "SELECT v.patient, v.visit_id AS patient INTO #q FROM visit v",
  "an order inside a derived table":
    "SELECT q.patient FROM (SELECT v.patient FROM visit v ORDER BY v.began) q",
  "a subquery inside an aggregate":
    "SELECT SUM(CASE WHEN v.ward IN (SELECT l.code FROM #codes l) THEN 1 END) AS n FROM visit v",
  "the greatest of a bit": "SELECT MAX(v.urgent) AS x FROM visit v",
  "a day and a number added": "SELECT v.began + 7 AS x FROM visit v",
  "a column that is not there": "SELECT v.wards FROM visit v",
  "a column that is not grouped":
    "SELECT v.ward, v.patient, count(*) AS n FROM visit v GROUP BY v.ward",
  "a column of two tables": "SELECT patient FROM visit v, visit w",
  "a window ordered by a constant": "SELECT ROW_NUMBER() OVER (ORDER BY 1) AS n FROM visit v",
  "a window without an order": "SELECT ROW_NUMBER() OVER (PARTITION BY v.ward) AS n FROM visit v",
  "1,001 rows in one INSERT": `INSERT INTO #codes VALUES ${Array.from({ length: 1001 }, (_, i) => `('c${i}', '')`).join(", ")}`,
  "a backslash before a quote": "SELECT 'it\\'s' AS x",
  "a backslash at the end of a line": "SELECT 'first\\\nsecond' AS x",
  "a text column of ours without a collation": "CREATE TABLE #q (code varchar(20))",
  "CASE nested too deeply": `SELECT ${"CASE WHEN v.score > 1 THEN ".repeat(11)}1${" END".repeat(11)} AS x FROM visit v`,
  "a name that is too long": `SELECT v.patient AS ${"x".repeat(129)} FROM visit v`,
};

describe("a slip in a statement for SQL Server", { skip }, () => {
  let tools: TsqlTools;
  before(async () => {
    tools = tsqlTools(toolsPython ?? "");
    const columns = Object.entries(schema.visit).map(
      ([name, type]) => [name, kinds[type] ?? type] as const,
    );
    await tools.table("visit", columns, []);
    await tools.table(
      "codes",
      [
        ["code", "VARCHAR"],
        ["category", "VARCHAR"],
      ],
      [],
    );
  });
  after(() => {
    tools.stop();
  });

  for (const [what, statement] of Object.entries(faults)) {
    it(`is caught: ${what}`, async () => {
      assert.notDeepEqual(await tools.faults(statement, schema), []);
    });
  }

  it("is not seen where there is none", async () => {
    for (const statement of rightStatements) {
      assert.deepEqual(await tools.faults(statement, schema), [], statement);
    }
  });
});

const kinds: Readonly<Record<string, string>> = {
  "varchar(20)": "VARCHAR",
  float: "DOUBLE",
  bit: "UTINYINT",
};
