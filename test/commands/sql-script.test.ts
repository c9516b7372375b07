import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { parse } from "csv-parse/sync";
import { requestFor } from "../../engine/options/command-table.ts";
import { datedStudies, planAlone } from "../../engine/commands/studies/dated-studies.ts";
import { tpp } from "../../engine/schema/tpp/tpp-provider.ts";
import type { Dialect } from "../../engine/sql/dialects/dialect.ts";
import { duckdb } from "../../engine/sql/dialects/duckdb.ts";
import { cohortScript } from "../../engine/sql/script.ts";
import { quietContext } from "../conformance/quiet-context.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import type { DuckDb } from "../../engine/duckdb/duckdb.ts";
import { smallRecords } from "../database/small-records.ts";
import { databasePath, inRecordedWorkspace } from "./recorded-workspace.ts";
import { cohortline } from "./workspace.ts";
import { sql, trustedSql } from "../../engine/text/sql.ts";
import type { Sql } from "../../engine/text/sql.ts";

/** Columns whose windows differ: `count` parts, more than are joined at once. */
const wideStudy = (
  count: number,
): string => `import { codelist, patients, study } from "cohortline";

const codes = codelist([["X1...", "one's; kind"], ["X2...", "'); --"]], "ctv3");
const flags = Object.fromEntries(
  Array.from({ length: ${count} }, (_, i) => [
    \`seen_\${i}\`,
    patients.withTheseClinicalEvents(codes, {
      onOrBefore: \`index_date - \${i * 5} days\`,
      returnExpectations: { incidence: 0.5 },
    }),
  ]),
);
const dates = { date: { earliest: "2019-01-01", latest: "today" }, incidence: 0.5 } as const;
export default study({
  indexDate: "2020-04-01",
  population: patients.satisfying("NOT gone", {
    extraColumns: { gone: patients.diedFromAnyCause({ onOrBefore: "index_date" }) },
  }),
  columns: {
    ...flags,
    kind: patients.withTheseClinicalEvents(codes, {
      onOrBefore: "index_date",
      returning: "category",
      findLastMatchInPeriod: true,
      returnExpectations: { category: { ratios: { "one's; kind": 1 } }, incidence: 0.5 },
    }),
    first: patients.withTheseClinicalEvents(codes, {
      returning: "date",
      dateFormat: "YYYY-MM-DD",
      findFirstMatchInPeriod: true,
      returnExpectations: dates,
    }),
    after: patients.withTheseClinicalEvents(codes, {
      between: ["first + 1 day", "index_date"],
      returning: "number_of_matches_in_period",
      returnExpectations: { int: { distribution: "normal", mean: 3, stddev: 1 }, incidence: 0.5 },
    }),
    often: patients.satisfying("after > 1 OR seen_1", { returnExpectations: { incidence: 0.5 } }),
    told: patients.withValueFromFile("analysis/told.csv", "day", "date", {
      dateFormat: "YYYY-MM-DD",
    }),
  },
});
`;

const files = (count: number) => ({
  "analysis/study_definition.ts": wideStudy(count),
  "analysis/told.csv": "patient_id,day\n13,2020-01-05\n16,\n22,2020-02\n",
});

const outputPolicy = () => ({ decide: () => "ignore" as const, declared: [], made: [] });

/** The rows of each SELECT of a script, run as a whole in the records' database. */
async function rowsOfScript(folder: string, script: string) {
  const db = await openDuckDb({ path: join(folder, databasePath), readOnly: true });
  try {
    const found: unknown[][] = [];
    // The script names files as the study does, from its folder.
    const here = script.replaceAll("'analysis/", `'${folder}/analysis/`);
    for (const statement of here.replace(/^--.*$/gm, "").split(/;\n/)) {
      const text = statement.trim();
      if (/^(SELECT|WITH)\b/.test(text)) found.push(await texts(db, trustedSql(text)));
      else if (text !== "") await db.run(trustedSql(text));
    }
    return found;
  } finally {
    db.close();
  }
}

async function texts(db: DuckDb, query: Sql): Promise<unknown[]> {
  const rows = await db.rows(
    sql`SELECT coalesce(CAST(COLUMNS(*) AS VARCHAR), '') FROM (${query}) s`,
  );
  return rows.map((row) => ({ ...row }));
}

describe("the script of dump_cohort_sql", () => {
  for (const [what, count, range, dates] of [
    ["at one index date", 3, "2020-05-01", ["2020-05-01"]],
    [
      "at several",
      3,
      "2020-04-01 to 2020-06-01 by month",
      ["2020-04-01", "2020-05-01", "2020-06-01"],
    ],
    ["of a wide study at one", 40, "2020-05-01", ["2020-05-01"]],
    [
      "of a wide study at several",
      40,
      "2020-04-01 to 2020-05-01 by month",
      ["2020-04-01", "2020-05-01"],
    ],
  ] as const) {
    it(`gives in the database what generate_cohort writes, ${what}`, () =>
      inRecordedWorkspace(
        async (folder) => {
          const asked = [`--index-date-range=${range}`];
          const made = await cohortline(folder, [
            "generate_cohort",
            ...asked,
            `--database-url=duckdb:${databasePath}`,
          ]);
          assert.equal(made.code, 0, made.err);
          const { code, out, err } = await cohortline(folder, ["dump_cohort_sql", ...asked]);
          assert.deepEqual({ code, err }, { code: 0, err: "" });
          const cohorts = dates.map((date) =>
            parse(readFileSync(join(folder, `output/input_${date}.csv`)), { columns: true }),
          );
          assert.ok(cohorts.every((rows) => rows.length > 1));
          assert.deepEqual(await rowsOfScript(folder, out), cohorts);
        },
        { files: files(count), records: smallRecords() },
      ));
  }

  it("gives all index dates by one query where queries have no names", () =>
    inRecordedWorkspace(
      async (folder) => {
        const indexDateRange = "2020-04-01 to 2020-06-01 by month";
        const context = { ...quietContext(folder), outputPolicy };
        const [study] = await datedStudies(requestFor("explain", { indexDateRange }), context);
        assert.ok(study);
        const scriptIn = (dialect: Dialect) => {
          const speaking = { dialect, provider: tpp, includeOptedOut: false };
          return cohortScript(planAlone(study), speaking, { withCodes: true }).join("\n");
        };
        const each = await rowsOfScript(folder, scriptIn(duckdb));
        const [all = [], ...more] = await rowsOfScript(
          folder,
          scriptIn({ ...duckdb, namedQueries: null }),
        );
        assert.deepEqual(more, []);
        const dated = [...study.indexDates]
          .sort()
          .flatMap((index_date, i) =>
            (each[i] ?? []).map((row) => ({ index_date, ...(row as object) })),
          );
        assert.ok(dated.length > 20);
        assert.deepEqual(all, dated);
      },
      { files: files(3), records: smallRecords() },
    ));

  for (const dialect of ["mssql", "trino"]) {
    it(`grows with the index dates by less than a tenth of a query, for ${dialect}`, () =>
      inRecordedWorkspace(
        async (folder) => {
          const of = async (range: string): Promise<number> => {
            const words = ["dump_cohort_sql", `--index-date-range=${range}`];
            return (await cohortline(folder, [...words, `--dialect=${dialect}`])).out.length;
          };
          const two = await of("2020-01-01 to 2020-02-01 by month");
          const twelve = await of("2020-01-01 to 2020-12-01 by month");
          assert.ok((twelve - two) / 10 < two / 10, `${two}, ${twelve}`);
        },
        { files: files(3) },
      ));
  }

  it("says once what is the same for every index date", () =>
    inRecordedWorkspace(
      async (folder) => {
        const of = async (range: string): Promise<string> => {
          const words = ["dump_cohort_sql", `--index-date-range=${range}`];
          return (await cohortline(folder, words)).out;
        };
        const two = await of("2020-01-01 to 2020-02-01 by month");
        const twelve = await of("2020-01-01 to 2020-12-01 by month");
        const long = (script: string): number =>
          script.split("\n").filter((line) => line.length > 60).length;
        assert.equal(long(twelve), long(two));
        assert.equal(twelve.match(/^SELECT \* FROM cohort_at\(\d+\);$/gm)?.length, 12);
      },
      { files: files(3) },
    ));

  it("leaves out the codes where that is asked", () =>
    inRecordedWorkspace(
      async (folder) => {
        const { out } = await cohortline(folder, ["dump_cohort_sql", "--no-codes"]);
        assert.match(out, /^-- 2 codes, left out$/m);
        assert.ok(!out.includes("X1..."));
        const said = await cohortline(folder, ["dump_cohort_sql", "--with-codes"]);
        assert.equal(said.out, (await cohortline(folder, ["dump_cohort_sql"])).out);
        const both = await cohortline(folder, ["dump_cohort_sql", "--with-codes", "--no-codes"]);
        assert.equal(both.code, 2, both.err);
      },
      { files: files(3) },
    ));
});

describe("a wide study", () => {
  /** Of the statement that has most, and of all together. */
  const joins = (script: string) => {
    const counts = script.split(/;\n/).map((each) => each.match(/\bJOIN\b/g)?.length ?? 0);
    return { most: Math.max(...counts), all: counts.reduce((sum, each) => sum + each, 0) };
  };

  it("is answered by statements whose joins have a bound, and grow in all as its columns do", () =>
    inRecordedWorkspace(async (folder) => {
      const of = async (count: number) => {
        const path = "analysis/study_definition.ts";
        writeFileSync(join(folder, path), wideStudy(count));
        return joins((await cohortline(folder, ["dump_cohort_sql"])).out);
      };
      const [some, many] = [await of(150), await of(600)];
      assert.ok(some.most <= 20 && many.most <= 20, JSON.stringify([some, many]));
      assert.ok(many.all < 5 * some.all, JSON.stringify([some, many]));
    }));
});
