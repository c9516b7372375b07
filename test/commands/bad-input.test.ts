import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace, smallStudy, smallWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const dummy = ["generate_cohort", "--expectations-population=10"];
const study = (text: string): Files => ({ "analysis/study_definition.ts": text });
const cohortFile = (text: string): Files => ({
  ...smallWorkspace,
  "output/input_2020-01-01.csv": text,
});
const header = "patient_id,sex,age,asthma,first_asthma";

interface Mistake {
  readonly given: string;
  readonly files: Files;
  readonly words: readonly string[];
  readonly code: number;
  /** All of these are said. */
  readonly says: readonly RegExp[];
}

const mistakes: readonly Mistake[] = [
  {
    given: "a folder without analysis/",
    files: { "project.yaml": "" },
    words: dummy,
    code: 1,
    says: [/no folder "analysis\/"/, /folder of a study/],
  },
  {
    given: "analysis/ without a study",
    files: { "analysis/notes.txt": "" },
    words: dummy,
    code: 1,
    says: [/No study definition/, /study_definition\.ts/],
  },
  {
    given: "a study that is not there",
    files: smallWorkspace,
    words: [...dummy, "--study-definition=study_definitoin"],
    code: 2,
    says: [/no study "study_definitoin"/, /Nearest: "study_definition"/],
  },
  {
    given: "one dummy file for two studies",
    files: { ...smallWorkspace, "analysis/study_definition_b.ts": smallStudy, "d.csv": "" },
    words: ["generate_cohort", "--dummy-data-file=d.csv"],
    code: 1,
    says: [/single study definition/, /2 studies/],
  },
  {
    given: "no jobs at all",
    files: smallWorkspace,
    words: [...dummy, "--jobs=0"],
    code: 2,
    says: [/--jobs <n>.*'0' is invalid/, /whole number above 0/],
  },
  {
    given: "jobs in words",
    files: smallWorkspace,
    words: ["generate_measures", "--workers=many"],
    code: 2,
    says: [/--workers <n>.*'many' is invalid/, /whole number above 0/],
  },
  {
    given: "a date range that ends before it begins",
    files: smallWorkspace,
    words: [...dummy, "--index-date-range=2020-03-01 to 2020-01-01 by month"],
    code: 2,
    says: [/2020-03-01/, /2020-01-01/],
  },
  {
    given: "no source of data",
    files: smallWorkspace,
    words: ["generate_cohort"],
    code: 2,
    says: [/--expectations-population/, /DATABASE_URL/],
  },
  {
    given: "two sources of data",
    files: smallWorkspace,
    words: [...dummy, "--dummy-data-file=d.csv"],
    code: 2,
    says: [/exclude each other/],
  },
  {
    given: "a population of nobody",
    files: smallWorkspace,
    words: ["generate_cohort", "--expectations-population=0"],
    code: 2,
    says: [/whole number above 0/],
  },
  {
    given: "an unknown option",
    files: smallWorkspace,
    words: [...dummy, "--output-folder=x"],
    code: 2,
    says: [/unknown option '--output-folder=x'|unknown option '--output-folder'/],
  },
  {
    given: "cohort files of one date in two formats",
    files: {
      ...smallWorkspace,
      "output/input_2020-01-01.csv": "patient_id,sex,age,asthma\n1,F,40,1\n",
      "output/input_2020-01-01.feather": "whatever is in it",
    },
    words: ["generate_measures"],
    code: 1,
    says: [/input_2020-01-01\.csv/, /input_2020-01-01\.feather/],
  },
  {
    given: "a condition on a column that does not exist, and another mistake",
    files: study(
      smallStudy
        .replace("patients.all()", 'patients.satisfying("asthmaa AND sexx")')
        .replace('["age", "sex"]', '["asthma"]'),
    ),
    words: dummy,
    code: 1,
    says: [/asthmaa/, /sexx/, /"asthma"/, /appears in both numerator and group_by/],
  },
  {
    given: "columns defined in a cycle",
    files: study(
      smallStudy.replace(
        "sex: patients.sex",
        `a: patients.satisfying("b"), b: patients.satisfying("a"), sex: patients.sex`,
      ),
    ),
    words: dummy,
    code: 1,
    says: [/cycle: a → b → a|cycle: b → a → b/],
  },
  {
    given: "malformed expectations",
    files: study(smallStudy.replace("incidence: 0.3", "incidence: 3, rat: 1")),
    words: dummy,
    code: 1,
    says: [/"asthma"/, /incidence/, /"rat"/],
  },
  {
    given: "malformed expectations beside another mistake",
    files: study(
      smallStudy.replace("incidence: 0.3", "incidence: 3").replace('["age", "sex"]', '["asthma"]'),
    ),
    words: ["check"],
    code: 1,
    says: [/incidence/, /numerator and group_by/],
  },
  {
    given: "a project.yaml that is no YAML, and a study that writes a file",
    files: {
      ...study(
        `${smallStudy.replace("codelist,", "codelist, writeOutput,")}writeOutput("a.txt", "b");`,
      ),
      "project.yaml": "a: [",
    },
    words: ["generate_measures"],
    code: 1,
    says: [/project\.yaml/, /cannot be read/],
  },
  {
    given: "a codelist without the column asked for",
    files: {
      ...study(
        smallStudy
          .replace("codelist,", "codelistFromCsv,")
          .replace(
            'codelist(["195967001"], "snomed")',
            'codelistFromCsv("c.csv", { system: "snomed" })',
          ),
      ),
      "c.csv": "codee,term\n1,a\n",
    },
    words: dummy,
    code: 1,
    says: [/c\.csv/, /"code"/, /"codee"/],
  },
  {
    given: "a database of unknown kind, whose URL holds a password",
    files: smallWorkspace,
    words: ["generate_cohort", "--database-url=oracle://me:secret@host/db"],
    code: 2,
    says: [/"oracle"/, /^(?!.*secret)/s],
  },
  {
    given: "a cohort file with a ragged row",
    files: cohortFile(`${header}\n1,F,30,1,2019-01-01\n2,M\n`),
    words: ["generate_measures"],
    code: 1,
    says: [/input_2020-01-01\.csv/, /Row 3/],
  },
  {
    given: "a numerator that is not a number",
    files: cohortFile(`${header}\n1,F,30,confidential,2019-01-01\n`),
    words: ["generate_measures"],
    code: 1,
    says: [/[Rr]ow 2/, /"asthma"/, /^(?!.*confidential)/s],
  },
  {
    given: "an empty cohort file",
    files: cohortFile(""),
    words: ["generate_measures"],
    code: 1,
    says: [/input_2020-01-01\.csv/, /empty|header/],
  },
  {
    given: "a cohort file that lacks a column of a measure",
    files: cohortFile("patient_id,sex,age,asthmaa\n1,F,30,1\n"),
    words: ["generate_measures"],
    code: 1,
    says: [/"asthma"/, /run generate_cohort again/],
  },
  {
    given: "a gzip file that is none",
    files: { ...smallWorkspace, "output/input_2020-01-01.csv.gz": "not gzip" },
    words: ["generate_measures"],
    code: 1,
    says: [/input_2020-01-01\.csv\.gz/, /gzip/],
  },
  {
    given: "two cohort files of one date",
    files: { ...cohortFile(header), "output/input_2020-01-01.csv.gz": "" },
    words: ["generate_measures"],
    code: 1,
    says: [/input_2020-01-01\.csv"/, /input_2020-01-01\.csv\.gz"/],
  },
  {
    given: "a manifest of another make",
    files: { ...smallWorkspace, "output/cohortline.manifest.json": "{}" },
    words: dummy,
    code: 1,
    says: [/cohortline\.manifest\.json/],
  },
];

describe("a mistake is told in one clear message, with an exit code and nothing half-written", () => {
  for (const { given, files, words, code, says } of mistakes) {
    it(`given ${given}`, async () => {
      await inWorkspace(files, async (folder) => {
        const ended = await cohortline(folder, words);
        const said = ended.err + ended.out;
        for (const sentence of says) assert.match(said, sentence);
        assert.doesNotMatch(said, /^\s+at .*:\d+:\d+\)?$/m, "a stack is for bugs");
        assert.equal(ended.code, code, said);
        const made = ["input.csv", "measure_asthma_by_sex.csv"].filter((name) =>
          existsSync(join(folder, "output", name)),
        );
        assert.deepEqual(made, []);
      });
    });
  }

  it("given an output folder that is a file", async () => {
    await inWorkspace({ ...smallWorkspace, output: "" }, async (folder) => {
      const { code, err } = await cohortline(folder, dummy);
      assert.equal(code, 1, err);
      assert.match(err, /output/);
    });
  });

  it("given a folder that must not be written, or as root a folder in its place", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      mkdirSync(join(folder, "output/input.csv"), { recursive: true });
      chmodSync(join(folder, "output"), 0o555);
      const { code, err } = await cohortline(folder, dummy);
      chmodSync(join(folder, "output"), 0o755);
      assert.equal(code, 1, err);
      assert.match(err, /output/);
    });
  });
});
