import assert from "node:assert/strict";
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inMeasured } from "../commands/measured-workspace.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { measureFiles, measureText } from "./measure-texts.ts";

const bySex = {
  groups: ["sex"],
  rows: {
    F: [
      [20, 100],
      [null, 100],
      [30, 100],
    ],
    M: [
      [10, 100],
      [0, 100],
      [12, 100],
    ],
  },
} as const;

async function pageOf(files: Files, ...words: readonly string[]): Promise<string> {
  return inWorkspace(files, async (folder) => {
    const { code, err } = await cohortline(folder, ["measures_report", ...words]);
    assert.equal(code, 0, err);
    return readFileSync(join(folder, "output/measures.html"), "utf8");
  });
}

/** Of the drawings for wide screens. */
function linesIn(page: string): readonly string[] {
  const [wide = ""] = /<svg[^>]*on-wide.*?<\/svg>/s.exec(page) ?? [];
  return [...wide.matchAll(/<g data-mark="line"[^>]*>(.*?)<\/g>/gs)].map(([, path]) => path ?? "");
}

describe("measures_report", () => {
  it("draws a line for each group, with a gap and a mark where a figure is hidden, and says so in words", async () => {
    const page = await pageOf(measureFiles({ ill_by_sex: bySex }));
    const [women = "", men = ""] = linesIn(page);
    // Two pieces of one point each, against one piece of three.
    assert.equal(women.match(/M/g)?.length, 2);
    assert.equal(men.match(/M/g)?.length, 1);
    assert.match(
      page,
      /F: from 200 to 300, lowest 200 in Jan 2020, highest 300 in Mar 2020; 1 hidden\./,
    );
    assert.match(page, /M: from 100 to 120, lowest 0 in Feb 2020/);
    assert.equal(page.match(/>×<\/text>/g)?.length, 2, "once for wide, once for narrow screens");
    assert.match(page, /Figures: 5 shown, 1 hidden, 1 zero, 0 rounded\./);
    assert.match(page, /How small numbers were treated is not recorded/);
    assert.match(page, /<td class="n">hidden<\/td>/);
  });

  it("shows a column of ten values or more by deciles, as worked out by hand, and one of nine by lines", async () => {
    const practices = (count: number) => ({
      groups: ["practice"],
      rows: Object.fromEntries(
        Array.from({ length: count }, (_, at) => [`p${at}`, [[at + 1, 100]] as const]),
      ),
    });
    const page = await pageOf(
      measureFiles({ ill_by_practice: practices(11), ill_by_stp: practices(9) }),
    );
    // Values 0.01 to 0.11: the deciles of eleven are the second to the tenth.
    const cells = [20, 30, 40, 50, 60, 70, 80, 90, 100].map((rate) =>
      rate === 100 ? "100" : `${rate}.0`,
    );
    const row = cells.map((cell) => `<td class="n">${cell}</td>`).join("\n");
    assert.ok(page.includes(`${row}\n<td class="n">11</td>\n<td class="n">0</td>`));
    assert.match(page, /Decile chart of ill by practice/);
    assert.match(page, /Line chart of ill by practice/);
  });

  it("gives measures that count the same one scale, and writes rates in the unit asked for", async () => {
    const files = measureFiles({
      a: { groups: [], rows: { "": [[1, 10]] } },
      b: { groups: [], rows: { "": [[9, 10]] } },
      c: { groups: [], numerator: "well", rows: { "": [[1, 10]] } },
    });
    const page = await pageOf(files, "--rate", "percent");
    const highest = [
      ...page.matchAll(/<svg[^>]*on-wide.*?y-axis tick label.*?>([\d.]+)<\/text><\/g>/gs),
    ];
    assert.deepEqual(
      highest.map(([, tick]) => tick),
      ["100", "100", "12"],
    );
    assert.match(page, /% of population/);
    assert.doesNotMatch(page, /\(missing\)/, "everybody needs no name");
  });

  it("writes the same bytes each time, knows the study's measures and their order, and says that data are made up", async () => {
    await inMeasured(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const report = ["measures_report", "--output-file", "one.html"];
      await cohortline(folder, report);
      await cohortline(folder, [...report.slice(0, 2), "two.html"]);
      const page = readFileSync(join(folder, "one.html"), "utf8");
      assert.equal(page, readFileSync(join(folder, "two.html"), "utf8"));
      assert.match(page, /1 measure of study_definition, Jan 2020 to Mar 2020/);
      assert.match(page, /Counts from 1 to 5 are hidden/);
      assert.match(page, /From dummy data/);
    });
  });

  it("escapes what labels hold, cuts it in the picture and has it whole in the table", async () => {
    const nasty = `</svg><script>alert("1")</script> & 'much more than there is room for'`;
    const quoted = `"${nasty.replaceAll('"', '""')}"`;
    const page = await pageOf(
      measureFiles({
        ill_by_name: {
          groups: ["name"],
          rows: { [quoted]: [[20, 100]], "שלום 👩 x": [[10, 100]] },
        },
      }),
    );
    assert.doesNotMatch(page, /<script/);
    assert.match(page, /&lt;\/svg&gt;&lt;script[^<]*…<\/text>/);
    assert.match(page, /<th scope="col" class="n"><bdi>&lt;\/svg&gt;.*room for&#39;<\/bdi><\/th>/);
    assert.match(page, /שלום 👩 x/);
  });
});

describe("measures_report refuses", () => {
  const refused = async (files: Files, expected: RegExp): Promise<void> => {
    await inWorkspace(files, async (folder) => {
      const { code, err } = await cohortline(folder, ["measures_report"]);
      assert.equal(code, 1);
      assert.match(err, expected);
      assert.ok(!existsSync(join(folder, "output/measures.html")));
    });
  };
  const cases: Readonly<Record<string, readonly [text: string, expected: RegExp]>> = {
    "other columns": [
      "a,b\n1,2\n",
      /"measure_x\.csv" is no measure of several dates: its columns are "a", "b".*\[measure-file-unlike\]/,
    ],
    "no dates": ["sex,ill,population,value\nF,1,2,0.5\n", /\[measure-file-unlike\]/],
    "what is no date": [
      "sex,ill,population,value,date\nF,1,2,0.5,spring\n",
      /Row 2 of "measure_x\.csv" has no date in "date" \[measure-file-cell\]/,
    ],
    "text where a number belongs": [
      "sex,ill,population,value,date\nF,1,2,0.5,2020-01-01\nM,many,2,0.5,2020-01-01\n",
      /Row 3 of "measure_x\.csv" has no number in "ill" \[measure-file-cell\]/,
    ],
    "a group twice at one date": [
      `${measureText(bySex)}F,1,2,0.5,2020-01-01\n`,
      /Row 8 of "measure_x\.csv" has the date and the groups of row 2 \[measure-file-repeats\]/,
    ],
    "no rows": ["sex,ill,population,value,date\n", /\[measure-file-empty\]/],
  };
  for (const [what, [text, expected]] of Object.entries(cases)) {
    it(`a measure file with ${what}, and writes no page`, () =>
      refused({ "output/measure_x.csv": text }, expected));
  }

  it("a folder without measures, and names one that has some", () =>
    refused(
      { "elsewhere/measure_x.csv": measureText(bySex), "output/input.csv": "a\n" },
      /No measure_ID\.csv in "output" \[no-measure-files\]\n.*"elsewhere"/,
    ));

  it("two files of one measure", () =>
    refused(
      { "output/measure_x.csv": measureText(bySex), "output/measure_x.csv.gz": "" },
      /Several files are of one measure: "measure_x\.csv", "measure_x\.csv\.gz" \[two-files-one-measure\]/,
    ));

  it("a file that was edited after generate_measures wrote it", async () => {
    await inMeasured(async (folder) => {
      await cohortline(folder, ["generate_measures"]);
      const file = join(folder, "output/measure_ill.csv");
      writeFileSync(file, readFileSync(file, "utf8").replace("F,", "f,"));
      const { code, err } = await cohortline(folder, ["measures_report"]);
      assert.equal(code, 1);
      assert.match(err, /\[measure-file-modified\]/);
    });
  });

  it("to draw rows of patients, whether the manifest knows of them or not", async () => {
    const rows = { "": [[1, 1]] } as const;
    const text = measureText({ groups: [], rows });
    const [header = "", row = ""] = text.split("\n");
    const patients = [header, row, row, ""].join("\n");
    const files = { "output/measure_x.csv": patients, ...measureFiles({ y: bySex }) };
    await inWorkspace(files, async (folder) => {
      const { code, err } = await cohortline(folder, ["measures_report"]);
      assert.equal(code, 0);
      assert.match(
        err,
        /"measure_x\.csv" has a row for each patient.*\[measure-at-patient-level\]/,
      );
      const page = readFileSync(join(folder, "output/measures.html"), "utf8");
      assert.match(page, />1 measure, /);
      rmSync(join(folder, "output/measure_y.csv"));
      copyFileSync(join(folder, "output/measure_x.csv"), join(folder, "output/measure_z.csv"));
      assert.equal((await cohortline(folder, ["measures_report"])).code, 1);
    });
  });
});
