import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { openMssqlRecords } from "../../engine/backend/mssql/open-records.ts";
import { checkDatabase } from "../../engine/commands/check-database.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { cohortTexts, smallColumns, smallRecords } from "../database/small-records.ts";
import { inDatabase, PATH } from "../database/in-database.ts";
import { checked, events } from "../definition/study-of.ts";
import { problemsOf } from "../table/problem-of.ts";
import { servedRecords } from "./served.ts";
import { toolsPython, tsqlTools } from "./tsql-tools.ts";
import type { TsqlTools } from "./tsql-tools.ts";

const skip = toolsPython === null ? "MSSQL_PYTHON names no Python: test/mssql/tools.sh" : false;

const grouped = {
  system: "ctv3",
  codes: [
    ["X1...", "one's"],
    ["X2...", "two ß"],
  ],
};

describe("a SQL Server whose statements are translated", { skip }, () => {
  let tools: TsqlTools;
  before(() => {
    tools = tsqlTools(toolsPython ?? "");
  });
  after(() => {
    tools.stop();
  });
  const context = {
    ...quietContext("."),
    outputPolicy: () => ({ decide: () => "ignore" as const, declared: [], made: [] }),
  };

  for (const options of ["", "&patients_at_once=20"]) {
    it(`gives through the driver the cohort files that DuckDB gives: ${options}`, () =>
      inDatabase(smallRecords(57), async (workspace) => {
        const kind = events({
          codelist: grouped,
          returning: "category",
          on_or_before: "index_date",
        });
        const called = [
          "with_value_from_file",
          { f_path: "people.csv", returning: "called", returning_type: "str" },
        ] as const;
        const asking = {
          workspace,
          study: checked({ ...smallColumns, kind, called }),
          indexDates: ["2020-03-01", "2020-04-01", "2020-05-01"],
          files: { "people.csv": 'patient_id,called\n1,O\'Brien\n4,\n7,"ß,🧪"\n' },
        };
        const first = await cohortTexts(`duckdb:${PATH}`, asking);
        assert.match(first[2] ?? "", /two ß/);
        await servedRecords({ tools, records: smallRecords(57) }, async (url) => {
          assert.deepEqual(await cohortTexts(`${url}${options}`, asking), first);
        });
        assert.ok((await tools.grammar()) > 10);
      }));
  }

  it("tells that a mapping file beside the study is not read", () =>
    inDatabase(smallRecords(3), async (workspace) => {
      writeFileSync(join(workspace, "records.yaml"), "based_on: nothing\n");
      await servedRecords({ tools, records: smallRecords(3) }, async (url) => {
        const outside = { environment: {}, note: () => undefined };
        const { warnings, session } = await openMssqlRecords(url, workspace, outside);
        await session.close();
        assert.deepEqual(
          warnings.map(({ code }) => code),
          ["mapping-unread"],
        );
      });
    }));

  it("stops a study that divides by zero for some patient, and names the column", () =>
    servedRecords({ tools, records: smallRecords(3) }, async (url) => {
      const ratio = ["satisfying", { expression: "100 / (age - age) > 1" }] as const;
      const study = checked({ ...smallColumns, ratio });
      const told = await problemsOf(() => cohortTexts(url, { workspace: ".", study }));
      assert.deepEqual(
        told.map(({ code, message }) => [code, /"(.*)"/.exec(message)?.[1]]),
        [["division-by-zero", "ratio"]],
      );
    }));

  it("is found to mean what it must, operation by operation", () =>
    servedRecords({ tools, records: smallRecords(3) }, async (url) => {
      const lines = await checkDatabase(url, context);
      assert.match(lines.join("\n"), /all \d+ mean what they must\ncodelists: can be uploaded/);
    }));
});
