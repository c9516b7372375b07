import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { recordedFiles } from "../commands/recorded-workspace.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Ended, Files } from "../commands/workspace.ts";
import { tablesTold } from "./mssql-tpp.ts";
import { ServerError, tdsServer } from "./tds-server.ts";
import type { BatchAnswer, TdsServer } from "./tds-server.ts";

/** A command at a server that answers all but questions for its tables as `answer` does. */
async function commanded(
  words: readonly string[],
  answer: (sql: string) => BatchAnswer,
  {
    pages = {},
    files = recordedFiles,
  }: { pages?: Readonly<Record<string, number>>; files?: Files } = {},
): Promise<Ended & Pick<TdsServer, "statements">> {
  const server = await tdsServer({ answer: (sql) => tablesTold(sql, pages) ?? answer(sql) });
  const url = `mssql://me:word@127.0.0.1:${server.port}/records?encrypt=false&attempts=1`;
  try {
    const ended = await inWorkspace(files, (folder) =>
      cohortline(folder, [...words, `--database-url=${url}`]),
    );
    return { ...ended, statements: server.statements };
  } finally {
    await server.stop();
  }
}

/** Three patients, each once. */
const three: BatchAnswer = {
  columns: ["n", "known", "different"].map((name) => ({ name, kind: "bigint" as const })),
  rows: [[3, 3, 3]],
};

describe("a cohort from a SQL Server", () => {
  for (const [what, at, number, code, message] of [
    ["whose user may not make temporary tables", /CREATE TABLE #/, 262, 1, /temporary tables/],
    ["whose user may not read a table", /INTO #part_1/, 229, 1, /not let this user read/],
    ["whose tables are being rebuilt", /INTO #part_1/, 208, 4, /perhaps being rebuilt/],
    ["whose tempdb is full", /INTO #part_1/, 1105, 5, /tempdb or its log is full/],
    ["that ends the statement for others", /INTO #part_1/, 1205, 3, /stood in the way of others/],
  ] as const) {
    it(`${what} is not made, and the exit code says what to do: ${code}`, async () => {
      const ended = await commanded(["generate_cohort"], (sql) => {
        if (at.test(sql)) throw new ServerError(number);
        return three;
      });
      assert.equal(ended.code, code, ended.err);
      assert.match(ended.err, message);
      assert.doesNotMatch(ended.err, /SECRET|word@/);
      assert.ok(ended.statements().some((sql) => at.test(sql)));
    });
  }
});

describe("a cohort that is kept at a SQL Server", () => {
  it("is made as a table, read from it, and dropped when its file is complete", async () => {
    const answer = (sql: string): BatchAnswer => {
      if (!/HAS_DBACCESS/.test(sql)) return three;
      return { columns: [{ name: "is_open", kind: "bigint" }], rows: [[1]] };
    };
    const words = ["generate_cohort", "--temp-database-name=results"];
    const { code, err, statements } = await commanded(words, answer);
    assert.equal(code, 0, err);
    const [made, read, dropped] = [
      /INTO \[results\]\.\.\[cohortline_[0-9a-f]{24}_20200401\]/,
      /FROM \[results\]\.\.\[cohortline_[0-9a-f]{24}_20200401\] r ORDER BY r\.patient_id/,
      /DROP TABLE IF EXISTS \[results\]\.\.\[cohortline_[0-9a-f]{24}\]/,
    ].map((pattern) => statements().findIndex((sql) => pattern.test(sql)));
    assert.ok(0 < Number(made) && Number(made) < Number(read) && Number(read) < Number(dropped));
  });
});

describe("the table of ids that products had before", () => {
  const medicated = {
    "analysis/study_definition.ts": `import { codelist, patients, study } from "cohortline";
export default study({
  defaultExpectations: { date: { earliest: "1900-01-01", latest: "today" }, incidence: 0.5 },
  population: patients.all(),
  columns: { given: patients.withTheseMedications(codelist(["195967001"], "snomed"), { returnExpectations: { incidence: 0.5 } }) },
});
`,
  };

  for (const [where, words, from] of [
    ["among the records", [], /FROM \[VmpMapping\]/],
    [
      "in the database beside them",
      ["--temp-database-name=o]b"],
      /FROM \[o\]\]b\]\.\.\[VmpMapping\]/,
    ],
  ] as const) {
    it(`is read where it is: ${where}`, async () => {
      const answer = (sql: string): BatchAnswer => {
        const name = /HAS_DBACCESS/.test(sql) ? "is_open" : "id";
        return { columns: [{ name, kind: "bigint" }], rows: [[1]] };
      };
      const asked = await commanded(["generate_cohort", ...words], answer, { files: medicated });
      assert.match(asked.statements().join("\n"), from, asked.err);
    });
  }
});

describe("texts in another code page than that of TPP's collation", () => {
  it("are made wide before they are compared, and other columns stay as they are", async () => {
    const none = (): BatchAnswer => three;
    const pages = { Sex: 932, CTV3Code: 1252, ConsultationDate: 932 };
    const { statements } = await commanded(["generate_cohort"], none, { pages });
    const said = statements().join("\n");
    assert.match(said, /CAST\(t\.\[Sex\] AS nvarchar\(max\)\) COLLATE Latin1_General_BIN/);
    assert.match(said, /e\.\[CTV3Code\] COLLATE Latin1_General_BIN/);
    assert.doesNotMatch(said, /CAST\(\w\.\[ConsultationDate\] AS nvarchar/);
  });
});

describe("maintenance of a SQL Server", () => {
  const columns = ["event", "s", "e"].map((name) => ({ name, kind: "nvarchar" as const }));
  for (const [told, end, rows] of [
    ["db-maintenance\n", "9999-12-31 00:00:00", [["Swap Tables", "2026-03-01 02:00:00"]]],
    ["", "2026-03-01 09:00:00", [["Swap Tables", "2026-03-01 02:00:00"]]],
    ["", "9999-12-31 00:00:00", [["Copy", "2026-03-01 02:00:00"]]],
  ] as const) {
    it(`is ${told === "" ? "not " : ""}told of a build that ends in ${end.slice(0, 4)} with ${rows[0][0]}`, async () => {
      const builds = rows.map(([event, start]) => [event, start, "2026-03-01 03:00:00"]);
      const { code, out, err } = await commanded(["maintenance"], () => ({
        columns,
        rows: [["OpenSAFELY", "2026-03-01 01:00:00", end], ...builds],
      }));
      assert.deepEqual([code, out], [0, told], err);
    });
  }
});
