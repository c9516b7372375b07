/** What would find nobody without a word is told, through the real command. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const imports =
  'import { codelist, codelistFromCsv, combineCodelists, filterCodesByCategory, patients, study } from "cohortline";';

const withColumns = (columns: string, before = ""): string =>
  `${imports}\n${before}\nexport default study({\n  indexDate: "2020-01-01",\n` +
  '  defaultExpectations: { date: { earliest: "2000-01-01", latest: "today" }, incidence: 0.5 },\n' +
  `  population: patients.all(),\n  columns: {\n${columns}\n  },\n});\n`;

const file = (name: string): string => `analysis/study_definition_${name}.ts`;

async function check(files: Files, words: readonly string[] = ["check"]) {
  return inWorkspace(files, (folder) => cohortline(folder, words));
}

const uses: Readonly<Record<string, string>> = {
  snomed: "a: patients.withTheseClinicalEvents(list),",
  ctv3: "a: patients.withTheseClinicalEvents(list),",
  icd10: "a: patients.admittedToHospital({ withTheseDiagnoses: list }),",
  opcs4: "a: patients.admittedToHospital({ withTheseProcedures: list }),",
};

/** A codelist file for each code, and a study that uses it. */
function listOf(name: string, system: string, csv: string): Files {
  const read = `const list = codelistFromCsv("codelists/${name}.csv", { system: "${system}" });`;
  return { [`codelists/${name}.csv`]: csv, [file(name)]: withColumns(uses[system] ?? "", read) };
}

describe("a code that cannot be of its system", () => {
  const strange: readonly (readonly [system: string, code: string, wayOut: RegExp])[] = [
    ["snomed", "7.53951E+14", /spreadsheet/],
    ["snomed", "1E+15", /spreadsheet/],
    ["snomed", "195967001.0", /spreadsheet/],
    ["snomed", '"=""195967001"""', /spreadsheet/],
    ["snomed", "'195967001", /spreadsheet/],
    ["snomed", "#N/A", /spreadsheet/],
    ["snomed", "NA", /missing/],
    ["snomed", "nan", /missing/],
    ["snomed", "-1", /missing/],
    ["snomed", "195 967001", /retype/],
    ["snomed", "195967001\u200b", /retype/],
    ["snomed", "1959\u00ad67001", /retype/],
    ["snomed", "１９５９６７００１", /retype/],
    ["snomed", "0195967001", /right ones/],
    ["snomed", "12345", /could be of ctv3/],
    ["snomed", "1959670011959670011", /right ones/],
    ["snomed", "H33..", /could be of ctv3/],
    ["ctv3", "H33", /"H33\.\."/],
    ["ctv3", "1.0E+04", /spreadsheet/],
    ["ctv3", "XaLHG00", /"XaLHG"/],
    ["ctv3", "195967001", /could be of snomed/],
    ["icd10", "195967001", /could be of snomed/],
    ["icd10", "I61 0", /retype/],
    ["icd10", "NaN", /missing/],
    ["opcs4", "1E+10", /spreadsheet/],
    ["opcs4", "W\u00a037", /retype/],
  ];
  it("is a problem of its file and line, with the code and a way out", async () => {
    const files = strange.map(([system, code], i) => {
      return listOf(`c${i}`, system, `code,term\n,none\n${code},x\n`);
    });
    const { code, err } = await check(Object.assign({}, ...files) as Files);
    assert.equal(code, 1);
    for (const [i, [system, spoilt, wayOut]] of strange.entries()) {
      const from = err.indexOf(`codelists/c${i}.csv:3: `);
      assert.notEqual(from, -1, `${system} ${JSON.stringify(spoilt)}`);
      const told = err.slice(from).split("\n").slice(0, 2).join("\n");
      assert.match(told, RegExp(`cannot be a code of ${system}.*codes-of-no-system`));
      assert.match(told, wayOut, told);
      assert.doesNotMatch(told, /[^\x20-\x7e\n]/, "what cannot be seen is shown by its number");
    }
  });

  it("is told once for a file, with three examples and the number, however many columns use it", async () => {
    const codes = Array.from({ length: 9 }, (_, i) => `${i}.5E+14`);
    const csv = `code,kind\n195967001,a\n${codes.map((each) => `${each},b`).join("\n")}\n`;
    const read = (name: string): string =>
      `codelistFromCsv("codelists/a.csv", { system: "snomed"${name} })`;
    const before = `const all = ${read(', categoryColumn: "kind"')};
      const some = filterCodesByCategory(all, ["b"]);
      const both = combineCodelists(codelist(["73211009"], "snomed"), ${read("")});`;
    const columns = ["all", "some", "both"]
      .map((name) => `${name}: patients.withTheseClinicalEvents(${name}),`)
      .join("\n");
    const { err } = await check({
      "codelists/a.csv": csv,
      "analysis/study_definition.ts": withColumns(columns, before),
    });
    assert.equal(err.match(/codes-of-no-system/g)?.length, 1, err);
    assert.match(err, /line 3 "0\.5E\+14", line 4 "1\.5E\+14", line 5 "2\.5E\+14" and 6 more,/);
  });

  it("is told of the column where it is written out, also deep in a condition", async () => {
    const column =
      'a: patients.satisfying("b", { extraColumns: { b: patients.withTheseClinicalEvents(codelist(["1E+15"], "snomed")) } }),';
    const { err } = await check({ [file("a")]: withColumns(column) });
    assert.match(err, /study_definition_a\.ts:8: The codelist of column "b" has "1E\+15", which/);
  });

  it("does not matter where no column uses it", async () => {
    const before = 'codelist(["1E+15"], "snomed");';
    const { code, err } = await check({ [file("a")]: withColumns("", before) });
    assert.equal(code, 0, err);
  });
});

describe("a code that could be real", () => {
  const real: Readonly<Record<string, readonly string[]>> = {
    snomed: ["195967001", "753951000000101", "1240581000000104", "999012891000230104"],
    ctv3: ["H33..", "XaLHG", "9S1..", "Y0141", ".1...", "C10E."],
    icd10: [
      "I61",
      "I610",
      "I61.0",
      "i61.0",
      "U07.1",
      "M45X",
      "E11.-",
      "A17.0+",
      "G01*",
      "I2",
      "I20-I25",
    ],
    opcs4: ["W371", "W37.1", "X85", "Z94.-", "E8"],
  };
  it("is taken in every spelling, a wrong check digit of SNOMED with a warning", async () => {
    const files = Object.entries(real).map(([system, codes]) =>
      listOf(system, system, `code\n${codes.join("\n")}\n`),
    );
    const { code, err } = await check(Object.assign({}, ...files) as Files);
    assert.equal(code, 0, err);
    assert.equal(err.trim(), "");
    const rounded = await check(listOf("r", "snomed", "code\n195967001\n753951000000000\n"));
    assert.equal(rounded.code, 0, rounded.err);
    assert.match(
      rounded.err,
      /^warning: codelists\/r\.csv:3: .*line 3 "753951000000000", whose last digit is not/m,
    );
  });
});

describe("a period that ends before it starts", () => {
  const events = (between: string): string =>
    `patients.withTheseClinicalEvents(codelist(["195967001"], "snomed"), { between: ${between}, returning: "date", dateFormat: "YYYY-MM-DD" }),`;

  it("is a problem between written days, a warning where it is so at every index date", async () => {
    const columns = [
      `a: ${events('["2020-03-01", "2020-02-29"]')}`,
      `b: ${events('["index_date", "index_date - 1 day"]')}`,
      `c: ${events('["last_day_of_month(index_date)", "first_day_of_month(index_date)"]')}`,
      `d: ${events('["b + 1 month", "b + 27 days"]')}`,
      'e: patients.registeredWithOnePracticeBetween("today", "today - 1 year"),',
      // Right on some days at least.
      `f: ${events('["index_date", "last_day_of_month(index_date) - 30 days"]')}`,
      `g: ${events('["2021-01-01", "index_date"]')}`,
      `h: ${events('["index_date", "index_date"]')}`,
      `i: ${events('[null, "1900-01-01"]')}`,
    ];
    const { code, err } = await check({ [file("a")]: withColumns(columns.join("\n")) });
    assert.equal(code, 1);
    const told = [...err.matchAll(/^(warning: )?\S+:(\d+): Column "(\w)".*\[(period-\w+)\]$/gm)];
    assert.deepEqual(
      told.map(([, warning, line, column, kind]) => [warning ?? "", line, column, kind]),
      [
        ["warning: ", "9", "b", "period-never"],
        ["warning: ", "10", "c", "period-never"],
        ["warning: ", "11", "d", "period-never"],
        ["warning: ", "12", "e", "period-never"],
        ["", "8", "a", "period-reversed"],
      ],
    );
  });

  it("is told when a cohort is made, if it is so at each of its dates", async () => {
    const files = {
      "analysis/study_definition.ts": withColumns(`g: ${events('["2021-01-01", "index_date"]')}`),
    };
    const made = (range: string) =>
      check(files, [
        ...["generate_cohort", "--expectations-population", "10"],
        ...["--index-date-range", range],
      ]);
    assert.match((await made("2020-01-01 to 2020-03-01")).err, /^warning: .*"g".*period-never/m);
    assert.doesNotMatch((await made("2020-12-01 to 2021-01-01")).err, /period-never/);
  });
});

describe("a condition that holds for nobody", () => {
  it("is told with its reason", async () => {
    const before = "const sex = patients.sex();";
    const columns = `
      sex,
      age: patients.ageAsOf("index_date"),
      band: patients.categorisedAs([["young", "age < 40"], ["old", "DEFAULT"]]),
      a: patients.satisfying("sex = 'Female'"),
      b: patients.satisfying("age >= 65 AND age < 18"),
      c: patients.satisfying("band = 'Young ' OR band = 'middle'"),
      d: patients.satisfying("age AND NOT age"),
      e: patients.satisfying("(age > 18 AND age <= 18) OR sex = 'f'"),
      f: patients.satisfying("age >= 18 AND age <= 18 AND sex != 'X' AND NOT (age > 5 AND age < 3)"),`;
    const { err } = await check({ [file("a")]: withColumns(columns, before) });
    const told = [...err.matchAll(/Column "(\w)" .*?: (.*) holds for nobody: (.*) \[/g)];
    assert.deepEqual(
      told.map(([, column, test, reason]) => [column, test, reason]),
      [
        ["a", "sex = 'Female'", "sex is 'F', 'M', 'I', 'U', ''"],
        ["b", "age >= 65 AND age < 18", "no number is both"],
        ["c", "band = 'middle'", "band is 'young', 'old'"],
        ["d", "age AND NOT age", "the one excludes the other"],
        ["e", "age > 18 AND age <= 18", "no number is both"],
      ],
    );
  });
});
