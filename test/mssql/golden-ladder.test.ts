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
});

/** Each ends a line with a semicolon; comments are lines of their own. */
function statementsOf(script: string): readonly string[] {
  const lines = script.split("\n").filter((line) => !line.startsWith("--"));
  return lines
    .join("\n")
    .split(/;\n/)
    .map((statement) => statement.trim())
    .filter((statement) => statement !== "");
}
