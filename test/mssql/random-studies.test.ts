import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { agrees } from "../property/agrees.ts";
import { randomCase } from "../property/random-case.ts";
import { translatedExtract } from "./translated-extract.ts";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

/** A few: each takes some seconds. */
const runs = Number(process.env["COHORTLINE_PROPERTY_RUNS"] ?? 5);
const seed = Number(process.env["COHORTLINE_PROPERTY_SEED"] ?? 20200304);

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

describe("a study in SQL Server's language, translated", { skip }, () => {
  let tools: TsqlTools;
  before(() => {
    tools = tsqlTools(toolsPython ?? "");
  });
  after(() => {
    tools.stop();
  });

  it("gives at all index dates in one pass what plain loops over the records give", async () => {
    const holds = fc.asyncProperty(randomCase(), agrees(translatedExtract(tools)));
    await fc.assert(holds, { numRuns: runs, seed });
  });
});
