import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortFormats } from "../../engine/base/file-names.ts";
import { cohortline, inWorkspace } from "./workspace.ts";

const study = `
import { patients, study } from "cohortline";
const universal = { rate: "universal" } as const;
export default study({
  indexDate: "2020-01-01",
  defaultExpectations: { date: { earliest: "2000-01-01", latest: "2020-12-31" }, incidence: 0.5 },
  population: patients.all(),
  columns: {
    sex: patients.sex({ returnExpectations: { ...universal, category: { ratios: { F: 0.5, M: 0.5 } } } }),
    age: patients.ageAsOf("index_date", { returnExpectations: { ...universal, int: { distribution: "population_ages" } } }),
    died: patients.diedFromAnyCause({ returning: "date_of_death", dateFormat: "YYYY-MM-DD" }),
    dead: patients.diedFromAnyCause({ returning: "binary_flag" }),
  },
});
`;

interface Row {
  readonly sex: string;
  readonly age: number;
  readonly died: string;
}

const cohortText = (rows: readonly Row[]): string =>
  [
    "patient_id,sex,age,died,dead",
    ...rows.map(
      ({ sex, age, died }, at) => `${at + 1},${sex},${age},${died},${died === "" ? 0 : 1}`,
    ),
    "",
  ].join("\n");

const times = (count: number, row: Row): readonly Row[] => Array<Row>(count).fill(row);
const alive = { died: "" };

/** 100 patients in January and in February, of whom many more are women in February. */
const january = [
  ...times(58, { sex: "F", age: 41, ...alive }),
  ...times(38, { sex: "M", age: 52, ...alive }),
  ...times(3, { sex: "Intersex", age: 97, ...alive }),
  ...times(1, { sex: "", age: 0, died: "2019-03-05" }),
];
const february = [
  ...times(90, { sex: "F", age: 41, ...alive }),
  ...times(10, { sex: "M", age: 52, ...alive }),
];

const files = {
  "analysis/study_definition.ts": study,
  "output/input_2020-01-01.csv": cohortText(january),
  "output/input_2020-02-01.csv": cohortText(february),
};

const pageOf = (folder: string, name = "output/cohort_report.html"): string =>
  readFileSync(join(folder, name), "utf8");

/** The cells of a column's table, row by row. */
function tableOf(page: string, column: string): readonly string[] {
  const caption = page.indexOf(`Patients of each date: <bdi>${column}</bdi>`);
  const table = page.slice(caption, page.indexOf("</table>", caption));
  return [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = ""]) =>
    row
      .replace(/<\/t[hd]>/g, "|")
      .replace(/<[^>]*>/g, "")
      .replace(/\|$/, "")
      .replace(/\n/g, ""),
  );
}

describe("the report of cohorts", () => {
  it("counts each column, rounded to midpoint 6, and names nothing that only few patients have", async () => {
    await inWorkspace(files, async (folder) => {
      const { code, err } = await cohortline(folder, ["cohort_report"]);
      assert.equal(code, 0, err);
      const page = pageOf(folder);
      assert.deepEqual(tableOf(page, "sex"), [
        "Date|Patients|with a value|F|M|1 other",
        "2020-01-01|99|99 (100 %)|57 (58 %)|39 (39 %)|3 (3.0 %)",
        "2020-02-01|99|99 (100 %)|87 (88 %)|9 (9.1 %)|0 (0 %)",
      ]);
      assert.deepEqual(tableOf(page, "age"), [
        "Date|Patients|with a value|40–44|45–49|from 50",
        "2020-01-01|99|99 (100 %)|57 (58 %)|0 (0 %)|39 (39 %)",
        "2020-02-01|99|99 (100 %)|87 (88 %)|0 (0 %)|9 (9.1 %)",
      ]);
      assert.deepEqual(tableOf(page, "dead").slice(1), [
        "2020-01-01|99|3 (3.0 %)",
        "2020-02-01|99|0 (0 %)",
      ]);
      // Coordinates of a drawing may hold any digits.
      const read = page.slice(page.indexOf("<main>"));
      const labels = [...read.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
      const words = [read.replace(/<[^>]*>/g, " "), ...labels].join(" ");
      for (const secret of ["Intersex", "97", "2019", "58 (", "100 ("]) {
        assert.ok(!words.includes(secret), secret);
      }
      assert.match(page, /<bdi>F<\/bdi>: from 58 % to 88 % at Feb 2020/);
    });
  });

  it("shows exact counts and every value only where that is said, and says so in the page", async () => {
    await inWorkspace(files, async (folder) => {
      await cohortline(folder, ["cohort_report", "--exact", "--output-file", "exact.html"]);
      const page = pageOf(folder, "exact.html");
      assert.match(page, /Highly sensitive: counts are exact/);
      assert.deepEqual(tableOf(page, "sex").slice(0, 2), [
        "Date|Patients|with a value|F|M|Intersex",
        "2020-01-01|100|99 (99 %)|58 (58 %)|38 (38 %)|3 (3.0 %)",
      ]);
      await cohortline(folder, ["cohort_report"]);
      assert.doesNotMatch(pageOf(folder), /Highly sensitive/);
    });
  });

  it("is the same from every format, and the same each time", async () => {
    await inWorkspace({ "analysis/study_definition.ts": study }, async (folder) => {
      const pages = new Set<string>();
      for (const format of [...cohortFormats, "csv"]) {
        const made = await cohortline(folder, [
          ...["generate_cohort", "--expectations-population=300", `--output-dir=${format}`],
          ...[`--output-format=${format}`, "--index-date-range=2020-01-01 to 2020-02-01 by month"],
        ]);
        assert.equal(made.code, 0, made.err);
        const { code, err } = await cohortline(folder, ["cohort_report", `--output-dir=${format}`]);
        assert.equal(code, 0, err);
        pages.add(pageOf(folder, `${format}/cohort_report.html`));
      }
      assert.equal(pages.size, 1);
      assert.match([...pages][0] ?? "", /From dummy data/);
      assert.match([...pages][0] ?? "", /\(expected: 100 %\)/);
    });
  });

  it("cannot be broken out of by a value", async () => {
    await inWorkspace(files, async (folder) => {
      const hostile = '<img src=x onerror="alert(1)">';
      const rows = times(50, { sex: `"${hostile.replaceAll('"', '""')}"`, age: 30, ...alive });
      writeFileSync(join(folder, "output/input_2020-01-01.csv"), cohortText(rows));
      assert.equal((await cohortline(folder, ["cohort_report"])).code, 0);
      assert.ok(!pageOf(folder).includes("<img"));
      assert.ok(pageOf(folder).includes("&lt;img"));
    });
  });

  it("is not written where a file has a problem, and all problems are told", async () => {
    await inWorkspace(files, async (folder) => {
      writeFileSync(join(folder, "output/input_2020-01-01.csv"), "patient_id,sex\n1,F\n");
      writeFileSync(
        join(folder, "output/input_2020-02-01.csv"),
        "patient_id,sex,age,died,dead\n1,F,ancient,,0\n",
      );
      const { code, err } = await cohortline(folder, ["cohort_report"]);
      assert.equal(code, 1);
      assert.match(err, /missing-file-column/);
      assert.match(err, /not-a-number/);
      assert.ok(!err.includes("ancient"));
      assert.throws(() => pageOf(folder), /ENOENT/);
    });
    await inWorkspace({ "analysis/study_definition.ts": study }, async (folder) => {
      const { code, err } = await cohortline(folder, ["cohort_report"]);
      assert.equal(code, 1);
      assert.match(err, /\[no-cohort-files\]/);
    });
  });

  it("draws who is in and why, rounded whatever the file says, and exactly only where that is said", async () => {
    const attrition = (index: string, ...left: readonly (number | string)[]): readonly string[] =>
      left.map((count, step) => `${index},${step},condition <b>${step}</b>,${count},0`);
    const file = (...lines: readonly string[]): string =>
      ["index_date,step,condition,patients_left,patients_removed", ...lines, ""].join("\n");
    const lines = [
      ...attrition("2020-01-01", 200, 150, 4),
      ...attrition("2020-02-01", 200, 101, 100),
    ];
    await inWorkspace({ ...files, "output/attrition.csv": file(...lines) }, async (folder) => {
      const { code, err } = await cohortline(folder, ["cohort_report"]);
      assert.deepEqual([code, err], [0, ""]);
      const page = pageOf(folder);
      const words = page.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ");
      const flow = words.slice(words.indexOf("Who is in"), words.indexOf("Table: every date"));
      assert.deepEqual(
        flow.split(/\s+/).filter((word) => /^[\d,]+$|hidden|2020/.test(word)),
        [...["2020-02-01", "201", "102", "99", "0", "99", "1", "1", "6", "hidden."]],
      );
      assert.ok(page.includes("condition &lt;b&gt;1&lt;/b&gt;") && !page.includes("<b>"));
      for (const exact of ["200", "150", "101"])
        assert.ok(!new RegExp(`\\b${exact}\\b`).test(words), exact);
      await cohortline(folder, ["cohort_report", "--exact"]);
      assert.match(pageOf(folder), /<strong>101<\/strong> patients/);
      for (const broken of [
        lines.slice(1),
        [...lines, "2020-03-01,0,all,many,0"],
        [...lines, "2020-02-30,0,all,10,0"],
        [...lines, "2020-02-01,3,all,10"],
      ]) {
        writeFileSync(join(folder, "output/attrition.csv"), file(...broken));
        const told = await cohortline(folder, ["cohort_report"]);
        assert.equal(told.code, 1);
        assert.match(told.err, /Row \d of attrition\.csv is not .*\[attrition-file-unlike\]/s);
        assert.ok(!told.err.includes("many"));
      }
    });
  });

  it("draws no attrition of other cohorts, nor one that was changed", async () => {
    await inWorkspace({ "analysis/study_definition.ts": study }, async (folder) => {
      const range = "--index-date-range=2020-01-01 to 2020-02-01 by month";
      const make = (...more: readonly string[]) =>
        cohortline(folder, ["generate_cohort", range, ...more]);
      await make("--expectations-population=40", "--attrition");
      await cohortline(folder, ["cohort_report"]);
      assert.match(pageOf(folder), /Who is in/);
      const made = readFileSync(join(folder, "output/attrition.csv"), "utf8");
      writeFileSync(join(folder, "output/attrition.csv"), made.replace("39", "45"));
      assert.match(
        (await cohortline(folder, ["cohort_report"])).err,
        /\[attrition-file-modified\]/,
      );
      writeFileSync(join(folder, "output/attrition.csv"), made);
      // Of the same study under another name: drawn too, each by the name of its file.
      const named = ["--expectations-population=20", "--attrition"];
      await make("--output-file=output/cases.csv", ...named);
      await cohortline(folder, ["cohort_report"]);
      assert.match(
        pageOf(folder),
        /<code>attrition\.csv<\/code>.*Who is in.*<code>attrition_cases\.csv<\/code>.*Who is in/s,
      );
      await make("--expectations-population=50");
      await make("--output-file=output/cases.csv", "--expectations-population=21");
      assert.match((await cohortline(folder, ["cohort_report"])).err, /\[attrition-leftover\]/);
      assert.doesNotMatch(pageOf(folder), /Who is in/);
    });
  });
});
