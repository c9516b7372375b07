import { after, before, describe } from "node:test";
import { mssql } from "../../engine/sql/dialects/mssql.ts";
import { holdDialect } from "../sql/hold-dialect.ts";
import type { Ask } from "../sql/hold-dialect.ts";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

describe("the dialect of SQL Server, translated", { skip }, () => {
  let tools: TsqlTools;
  before(() => {
    tools = tsqlTools(toolsPython ?? "");
  });
  after(async () => {
    await tools.grammar().finally(tools.stop);
  });
  const ask: Ask = async (query) => {
    const {
      rows: [row = []],
    } = await tools.run(String(query));
    return row as readonly (string | number | null)[];
  };
  const run = async (statement: Parameters<Ask>[0]): Promise<void> => {
    await tools.run(String(statement));
  };
  holdDialect(() => ({ dialect: mssql, ask, run, shown: (of) => of }));
});
