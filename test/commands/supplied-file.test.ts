/** Dummy data that another program wrote: taken, written as a cohort made here, and measured. */
import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import * as arrow from "apache-arrow";

import { cohortFormats } from "../../engine/base/file-names.ts";
import { openDuckDb } from "../../engine/duckdb/duckdb.ts";
import { double, stataFile } from "../table/stata-file.ts";
import { cohortline, contentsOf, inWorkspace } from "./workspace.ts";
import { sql } from "../../engine/text/sql.ts";

const study = `import { codelist, measure, patients, study } from "cohortline";

const codes = codelist(["195967001"], "snomed");
const events = { onOrBefore: "index_date" } as const;
const cohort = study({
  indexDate: "2020-01-01",
  defaultExpectations: {
    date: { earliest: "2000-01-01", latest: "index_date" },
    incidence: 0.5,
    rate: "uniform",
    int: { distribution: "poisson", mean: 2 },
    float: { distribution: "normal", mean: 48, stddev: 9 },
  },
  population: patients.all(),
  columns: {
    ill: patients.withTheseClinicalEvents(codes, events),
    times: patients.withTheseClinicalEvents(codes, { ...events, returning: "number_of_matches_in_period" }),
    level: patients.withTheseClinicalEvents(codes, { ...events, returning: "numeric_value" }),
    day: patients.withTheseClinicalEvents(codes, { ...events, returning: "date", dateFormat: "YYYY-MM-DD" }),
    month: patients.withTheseClinicalEvents(codes, { ...events, returning: "date", dateFormat: "YYYY-MM" }),
    imd: patients.addressAsOf("index_date", "index_of_multiple_deprivation", {
      roundToNearest: 100,
      returnExpectations: { rate: "universal", category: { ratios: { "100": 0.5, "200": 0.5 } } },
    }),
    code: patients.withTheseClinicalEvents(codes, {
      ...events,
      returning: "code",
      returnExpectations: { rate: "universal", category: { ratios: { a: 0.5, NA: 0.5 } } },
    }),
  },
});
export default cohort;
export const measures = [
  measure(cohort, { id: "ill", numerator: "ill", denominator: "population", groupBy: "code" }),
  measure(cohort, { id: "level", numerator: "level", denominator: "times", groupBy: "month" }),
];
`;
const files = { "analysis/study_definition.ts": study };

/** As R's write.csv has it: words for flags and for nothing, texts in quotes, columns and rows as they came. */
const fromR = `"code","patient_id","ill","times","level","day","month","imd"\r
"a, b",30,TRUE,2,1.50,2019-01-01,"2019-01",100\r
NA,4,NA,NA,NA,NA,NA,NA\r
"",007,F,1e+05,1e-3,2019-7-1 00:00:00,2019-12,\r
NA,1.0,FALSE,,,,,200.0\r
`;

const asWritten = `patient_id,ill,times,level,day,month,imd,code
1,0,0,0.0,,,200,NA
4,0,0,0.0,,,-1,NA
7,0,100000,0.001,2019-07-01,2019-12,-1,
30,1,2,1.5,2019-01-01,2019-01,100,"a, b"
`;

const months = "--index-date-range=2020-01-01 to 2020-03-01 by month";

describe("dummy data of another program", () => {
  it("in csv are written as a cohort made here is, at every index date, and can be measured", async () => {
    await inWorkspace({ ...files, "theirs.csv": fromR }, async (folder) => {
      const from = ["--dummy-data-file=theirs.csv", months];
      const made = await cohortline(folder, ["generate_cohort", ...from]);
      assert.deepEqual([made.code, made.err], [0, ""]);
      for (const month of ["01", "02", "03"]) {
        const cohort = readFileSync(join(folder, `output/input_2020-${month}-01.csv`), "utf8");
        assert.equal(cohort, asWritten);
      }
      assert.equal((await cohortline(folder, ["generate_measures"])).code, 0);
      const { "output/measure_ill_2020-02-01.csv": ill } = contentsOf(folder);
      assert.equal(ill, 'code,ill,population,value\n,0.0,1,0.0\nNA,0.0,2,0.0\n"a, b",1.0,1,1.0\n');
    });
  });

  it("are the same bytes again where they were made here, in every format, whatever the number of jobs", async () => {
    await inWorkspace(files, async (folder) => {
      for (const format of cohortFormats) {
        const made = [`--expectations-population=100`, `--output-file=output/made.${format}`];
        assert.equal((await cohortline(folder, ["generate_cohort", ...made])).code, 0);
        const { [`output/made.${format}`]: original } = contentsOf(folder);
        assert.ok(original);
        for (const jobs of [1, 2, 8]) {
          const from = [
            ...[`--dummy-data-file=output/made.${format}`, `--jobs=${jobs}`],
            ...[`--output-file=copies/copy.${format}`, months],
          ];
          const copied = await cohortline(folder, ["generate_cohort", ...from]);
          assert.deepEqual([copied.code, copied.err], [0, ""]);
          const copies = Object.entries(contentsOf(folder)).filter(
            ([name]) => name.startsWith("copies/") && name.endsWith(`-01.${format}`),
          );
          assert.equal(copies.length, 3);
          for (const [name, copy] of copies) assert.equal(copy === original, true, name);
          rmSync(join(folder, "copies"), { recursive: true });
        }
      }
    });
  });
});

const idsOnly = `import { patients, study } from "cohortline";
export default study({ indexDate: "2020-01-01", population: patients.all(), columns: {} });
`;

const TOO_LARGE = 2n ** 53n;

/** A file of one column, an id that cannot be kept exactly behind one that can. */
async function writeIds(folder: string, format: string): Promise<void> {
  const path = join(folder, `ids.${format}`);
  switch (format) {
    case "csv":
      writeFileSync(path, `patient_id\n1\n${TOO_LARGE}\n`);
      return;
    case "feather": {
      const ids = arrow.vectorFromArray([1n, TOO_LARGE], new arrow.Int64());
      writeFileSync(path, arrow.tableToIPC(new arrow.Table({ patient_id: ids }), "file"));
      return;
    }
    case "parquet": {
      const db = await openDuckDb();
      await db.run(
        sql`COPY (SELECT unnest([1, ${TOO_LARGE}]) AS patient_id) TO ${path} (FORMAT parquet)`,
      );
      db.close();
      return;
    }
    case "dta": {
      const variables = [{ name: "patient_id", type: 65_526, format: "%20.0f" }];
      const rows = [[double(1)], [double(Number(TOO_LARGE))]];
      writeFileSync(path, stataFile({ variables, rows }));
    }
  }
}

describe("a patient's id beyond 2^53 in dummy data", () => {
  it("is one and the same problem in every format, and nothing is written", async () => {
    await inWorkspace({ "analysis/study_definition.ts": idsOnly }, async (folder) => {
      for (const format of ["csv", "feather", "parquet", "dta"]) {
        await writeIds(folder, format);
        const from = [`--dummy-data-file=ids.${format}`, `--output-format=${format}`];
        const { code, err } = await cohortline(folder, ["generate_cohort", ...from]);
        assert.equal(code, 1);
        const told = `Column "patient_id" of "ids.${format}" holds a whole number beyond 2^53 in row 3.`;
        assert.ok(err.startsWith(told), err);
        assert.deepEqual(
          Object.keys(contentsOf(folder)).filter((name) => name.startsWith("output")),
          [],
        );
      }
    });
  });
});

const flagOnly = `import { codelist, patients, study } from "cohortline";
export default study({
  indexDate: "2020-01-01",
  population: patients.all(),
  columns: {
    ill: patients.withTheseClinicalEvents(codelist(["195967001"], "snomed"), {
      onOrBefore: "index_date",
      returnExpectations: { incidence: 0.5, date: { earliest: "2000-01-01", latest: "index_date" } },
    }),
  },
});
`;

/** More than are held at a time: the file to write has some when those at the end are read. */
const LONG = 8200;

describe("a long file with dummy data", () => {
  const rows = Array.from({ length: LONG }, (_, at) => `${at + 1},${at % 2}`);

  async function generated(
    lines: readonly string[],
  ): Promise<{ readonly err: string; readonly written: string | undefined }> {
    return inWorkspace({ "analysis/study_definition.ts": flagOnly }, async (folder) => {
      writeFileSync(join(folder, "theirs.csv"), `${lines.join("\n")}\n`);
      const { err } = await cohortline(folder, ["generate_cohort", "--dummy-data-file=theirs.csv"]);
      const found = contentsOf(folder);
      const names = Object.keys(found).filter((name) => name.startsWith("output/"));
      const isWritten = names.includes("output/input.csv");
      assert.equal(names.length, isWritten ? 2 : 0, names.join(", "));
      return { err, written: found["output/input.csv"] };
    });
  }

  it("whose last patient belongs before the others is written in the order of patients", async () => {
    const { err, written } = await generated(["patient_id,ill", ...rows, "0,1"]);
    assert.equal(err, "");
    assert.equal(written, ["patient_id,ill", "0,1", ...rows, ""].join("\n"));
  });

  const wrong: Readonly<Record<string, readonly [lines: readonly string[], told: RegExp[]]>> = {
    "the last patient is there twice": [
      ["patient_id,ill", ...rows, `${LONG},1`],
      [/in row 8202 of .*theirs.csv: row 8201 has the same/],
    ],
    "cells at both ends are wrong": [
      ["patient_id,ill", "0,maybe", ...rows.slice(1), "9000,perhaps"],
      [/for ill in row 2 of .*theirs/, /for ill in row 8202 of .*theirs/],
    ],
    "the last row has a cell too many, and the one before a wrong flag": [
      ["patient_id,ill", ...rows.slice(1), "8300,no flag", "8301,1,1"],
      [/for ill in row 8201 of .*theirs/, /\[ragged-row\]/],
    ],
    "a quote stands within the last cell": [
      ["patient_id,ill", ...rows, '9000,1"1"'],
      [/\[broken-quotes\]/],
    ],
    "a column is too many and another missing": [
      ["patient_id,sick", ...rows],
      [/Unexpected column in dummy data: sick/, /Missing column in dummy data: ill/],
    ],
    "a column is twice there": [
      ["patient_id,ill,ill", ...rows.map((row) => `${row},1`)],
      [/Repeated column in dummy data: ill/],
    ],
  };
  for (const [what, [lines, told]] of Object.entries(wrong)) {
    it(`is refused with every problem, and nothing is written, where ${what}`, async () => {
      const { err, written } = await generated(lines);
      assert.equal(written, undefined);
      for (const each of told) assert.match(err, each);
    });
  }
});
