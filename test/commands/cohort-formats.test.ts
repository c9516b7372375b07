import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

import { cohortFormats } from "../../engine/base/file-names.ts";
import { databaseUrl, inRecordedWorkspace, recordedFiles } from "./recorded-workspace.ts";
import { cohortline, contentsOf, inWorkspace, smallStudy, smallWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const months = "--index-date-range=2020-01-01 to 2020-03-01 by month";
const spring = "--index-date-range=2020-04-01 to 2020-06-01 by month";

/** Cohorts of the format in a folder of its own, then measures; gives the measure files. */
async function measuresFrom(
  folder: string,
  format: string,
  asked: readonly string[],
): Promise<Files> {
  const output = `--output-dir=${format}`;
  const words = ["generate_cohort", `--output-format=${format}`, output, ...asked];
  const made = await cohortline(folder, words);
  assert.equal(made.code, 0, made.err);
  assert.match(made.err, /^(?:codelist of column .* codes occur\n)?$/);
  assert.equal((await cohortline(folder, ["generate_measures", output])).code, 0);
  const files = Object.entries(contentsOf(join(folder, format)));
  assert.ok(files.some(([name]) => name.endsWith(`-01.${format}`) && name.startsWith("input_")));
  return Object.fromEntries(files.filter(([name]) => /^measure_.*\.csv$/.test(name)));
}

const others = cohortFormats.filter((format) => format !== "csv");

/** The study of small records, with measures of it. */
const recordedStudy = Object.values(recordedFiles).join("");
const measuredStudy = `${recordedStudy
  .replace("import { codelist,", "import { codelist, measure,")
  .replace("export default study(", "const cohort = study(")}
export default cohort;
const value = { numerator: "value", denominator: "seen" } as const;
export const measures = [
  measure(cohort, { id: "seen_by_sex", numerator: "seen", denominator: "population", groupBy: "sex" }),
  measure(cohort, { id: "value_by_seen", ...value, groupBy: ["sex", "population"] }),
];
`;

describe("generate_cohort in any format", () => {
  it("leads to the same measure files as in csv", () =>
    inWorkspace(smallWorkspace, async (folder) => {
      const dummy = ["--expectations-population=500", months];
      const csv = await measuresFrom(folder, "csv", dummy);
      assert.ok(Object.keys(csv).length >= 4);
      for (const format of others) {
        assert.deepEqual(await measuresFrom(folder, format, dummy), csv, format);
      }
    }));

  it("leads to the same measure files from a database too", () =>
    inRecordedWorkspace(
      async (folder) => {
        const records = [`--database-url=${databaseUrl}`, spring];
        const csv = await measuresFrom(folder, "csv", records);
        assert.match(csv["measure_seen_by_sex.csv"] ?? "", /^F,\d\.0,6,[\d.]+,2020-04-01$/m);
        for (const format of others) {
          assert.deepEqual(await measuresFrom(folder, format, records), csv, format);
        }
      },
      { files: { "analysis/study_definition.ts": measuredStudy } },
    ));

  it("may be asked for by the name of the output, and its file taken for dummy data", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const first = ["--expectations-population=50", "--output-file=output/made.dta"];
      assert.equal((await cohortline(folder, ["generate_cohort", ...first])).code, 0);
      const again = ["--dummy-data-file=output/made.dta", "--output-file=output/copy.dta"];
      const copied = await cohortline(folder, ["generate_cohort", ...again]);
      assert.deepEqual([copied.code, copied.out.includes("Problem")], [0, false]);
      const files = contentsOf(folder);
      assert.equal(files["output/copy.dta"], files["output/made.dta"]);
    });
  });
});

const longName = "asthma_recorded_in_the_month_of_the_index_date";
const shortened = "asthma_recorded_in_the_month_of_";

/** A study with a column that Stata has to shorten. */
const longStudy = smallStudy
  .replace("asthma: patients", `${longName}: patients`)
  .replaceAll('"asthma"', `"${longName}"`);

describe("generate_cohort for Stata", () => {
  it("tells once, before it begins, which columns of all studies get other names", async () => {
    const files = { "analysis/study_definition.ts": longStudy };
    const two = { ...files, "analysis/study_definition_two.ts": longStudy };
    await inWorkspace(
      { ...two, "analysis/study_definition_three.ts": smallStudy },
      async (folder) => {
        for (const format of ["dta", "dta.gz"]) {
          const words = ["--expectations-population=20", `--output-format=${format}`, "--verbose"];
          const { code, err } = await cohortline(folder, ["generate_cohort", ...words, months]);
          assert.equal(code, 0);
          assert.equal(err.split("[stata-names]").length, 2, err);
          const [before = ""] = err.split("wrote input");
          const columns = `"study_definition", "study_definition_two": "${longName}" is "${shortened}" [`;
          assert.ok(before.includes(columns), err);
          assert.ok(before.includes("Choose such names in the study"), err);
        }
      },
    );
  });

  it("tells it with a database too", async () => {
    const study = recordedStudy.replace("seen: patients", `${longName}: patients`);
    const files = { "analysis/study_definition.ts": study };
    const words = ["generate_cohort", `--database-url=${databaseUrl}`, "--output-format=dta"];
    await inRecordedWorkspace(
      async (folder) => {
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 0);
        assert.equal(err.split(`"${longName}" is "${shortened}" [stata-names]`).length, 2, err);
      },
      { files },
    );
  });

  it("has nothing to tell of other formats and of names that Stata takes", async () => {
    const dummy = ["generate_cohort", "--expectations-population=20"];
    await inWorkspace({ "analysis/study_definition.ts": longStudy }, async (folder) => {
      const { code, err } = await cohortline(folder, [...dummy, "--output-format=feather"]);
      assert.deepEqual([code, err], [0, ""]);
    });
    await inWorkspace(smallWorkspace, async (folder) => {
      const { code, err } = await cohortline(folder, [...dummy, "--output-format=dta"]);
      assert.deepEqual([code, err], [0, ""]);
    });
  });
});

describe("generate_measures in other formats than csv", () => {
  it("writes files of the format alone, and keeps them with --skip-existing", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const dummy = ["generate_cohort", "--expectations-population=200", months];
      assert.equal((await cohortline(folder, dummy)).code, 0);
      for (const format of ["csv.gz", "feather"]) {
        const words = ["generate_measures", `--output-format=${format}`, "--skip-existing"];
        assert.match(
          (await cohortline(folder, words)).out,
          /Wrote 8 files to output from 3 cohorts/,
        );
        assert.match(
          (await cohortline(folder, words)).out,
          /Wrote 0 files to output, kept 8 files/,
        );
        assert.ok(existsSync(join(folder, `output/measure_asthma_by_age.${format}`)));
      }
      assert.equal(existsSync(join(folder, "output/measure_asthma_by_age.csv")), false);
    });
  });

  it("is told which formats there are", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const words = ["generate_measures", "--output-format=parquet"];
      const { code, err } = await cohortline(folder, words);
      assert.equal(code, 2);
      assert.match(err, /--output-format 'parquet' is not known.*Known: csv, csv\.gz, feather\./s);
    });
  });
});
