/** What authors write by mistake, or as the reference takes it, through the real command. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";

const imports =
  'import { codelist, codelistFromCsv, patients, study, writeOutput } from "cohortline";';

const withColumns = (columns: string, before = ""): string =>
  `${imports}\n${before}\nexport default study({\n  indexDate: "2020-01-01",\n` +
  `  population: patients.all(),\n  columns: {\n${columns}\n  },\n});\n`;

/** Where a study has its first column. */
const FIRST = 7;

/** The problems and warnings of `check --json`, and what else it said; each study in a file of its own. */
async function checked(studies: Readonly<Record<string, string>>, files: Files = {}) {
  const sources = Object.entries(studies).map(([name, text]) => [
    `analysis/study_definition_${name}.ts`,
    text,
  ]);
  const all = { ...files, ...(Object.fromEntries(sources) as Files) };
  return inWorkspace(all, async (folder) => {
    const ended = await cohortline(folder, ["check"]);
    const lists = Object.keys(files).map((name) => readFileSync(join(folder, name), "utf8"));
    return { ...ended, lists };
  });
}

describe("a mistake in a study is told with its file and line, and a way out", () => {
  const mistakes: Readonly<Record<string, readonly [text: string, line: number, says: RegExp]>> = {
    key: [
      withColumns("sex: patients.sex(),\nage: patients.all(),\nsex: patients.all(),"),
      FIRST + 2,
      /The key "sex" is already in this object, on line 7 \[study-key-repeated\]/,
    ],
    early: [
      withColumns(
        'imd: patients.addressAsOf("index_date", { returning: "msoa", roundToNearest: 100 }),',
      ),
      FIRST,
      /options where "returning" belongs .*\n.*patients\.addressAsOf\(date, returning, \{ options \}\)/,
    ],
    process: [
      withColumns("", "const where = process.env.DATABASE_URL;"),
      2,
      /A study has no process: .*\n.*--param name=value/,
    ],
    fetch: [withColumns("", 'fetch("https://example.org");'), 2, /no fetch: .*\n.*no network/],
    required: [withColumns("", 'const fs = require("fs");'), 2, /cannot import "fs"/],
    misspelt: [
      withColumns("sex: patiens.sex(),"),
      FIRST,
      /no patiens.*\n.*Did you mean "patients"/,
    ],
    now: [withColumns("", "const now = Date.now();"), 2, /cannot use the present date/],
    list: [
      withColumns('a: patients.withTheseClinicalEvents(["123"]),'),
      FIRST,
      /"codelist" must be a codelist, not a list .*\n.*codelistFromCsv/,
    ],
    pairs: [
      withColumns('a: patients.categorisedAs([["x", "DEFAULT"], [true, "sex"]]),'),
      FIRST,
      /not a list of pairs.*: pair 2 is true or false and text/,
    ],
    number: [
      withColumns("a: patients.sex({ returnExpectations: 0.5 }),"),
      FIRST,
      /"returnExpectations" must be an object of expectations, not a number/,
    ],
    argument: [
      withColumns("a: patients.admittedToHospital({ withAdmissionMethod: 21 }),"),
      FIRST,
      /must be text, a list of texts, or a codelist, not a number .*\n.*options of patients/,
    ],
  };
  it("whatever it is", async () => {
    const studies = Object.entries(mistakes).map(([name, [text]]) => [name, text]);
    const { code, err } = await checked(Object.fromEntries(studies) as Record<string, string>);
    assert.equal(code, 1);
    for (const [name, [, line, says]] of Object.entries(mistakes)) {
      const at = err.indexOf(`analysis/study_definition_${name}.ts:${line}`);
      assert.notEqual(at, -1, `${name} in ${err}`);
      assert.match(err.slice(at).split("\nanalysis/")[0] ?? "", says);
    }
    assert.doesNotMatch(err, /\$pairs|\.args\./);
  });

  it("even an index date, which is shown", async () => {
    const text = withColumns("").replace('"2020-01-01"', '"2020-02-30"');
    const { err } = await checked({ date: text });
    assert.match(err, /study_definition_date\.ts:3: .*"2020-02-30", is not an existing day/);
    assert.match(err, /The last day of that month is "2020-02-29"/);
  });
});

describe("what a study prints", () => {
  it("is shown with the study's name, one line each, and changes nothing", async () => {
    const before = 'console.log("codes:", 2, { a: [1] });\nconsole.error("a\\nb\\u001b[1m");';
    const { code, err } = await checked({ loud: withColumns("", before) });
    assert.equal(code, 0, err);
    assert.match(err, /^study_definition_loud: codes: 2 \{"a":\[1\]\}$/m);
    assert.match(err, /^study_definition_loud: a b \[1m$/m);
  });
});

describe("a study that the reference takes", () => {
  it("may have codelists with a comma too many behind the code, and is warned", async () => {
    const files = {
      "codelists/a.csv": "code,term\nI610,Bleeding, deep\nI611,Bleeding\nI612,Bleeding, other\n",
    };
    const column =
      'a: patients.admittedToHospital({ withTheseDiagnoses: list, returning: "binary_flag", ' +
      "returnExpectations: { incidence: 0.5 } }),";
    const read = (column: string) =>
      `const list = codelistFromCsv("codelists/a.csv", { system: "icd10"${column} });`;
    const taken = await checked({ a: withColumns(column, read("")) }, files);
    assert.equal(taken.code, 0, taken.err);
    assert.match(
      taken.err,
      /^warning: codelists\/a\.csv:2: .*line 2 has 3 values, but the header names 2 \(1 more row like it\)/m,
    );
    const moved = await checked({ a: withColumns(column, read(', column: "term"')) }, files);
    assert.equal(moved.code, 1);
    assert.match(moved.err, /codelist-row-length/);
  });

  it("may rewrite a codelist while it loads: it reads its own, the file stays", async () => {
    const files = { "codelists/a.csv": "code\n195967001\n" };
    const before = `writeOutput("codelists/a.csv", "code\\n73211009\\n13645005\\n");
      console.log(codelistFromCsv("codelists/a.csv", { system: "snomed" }).codes.join("+"));`;
    const { code, err, lists } = await checked({ a: withColumns("", before) }, files);
    assert.equal(code, 0, err);
    assert.match(err, /: 73211009\+13645005$/m);
    assert.match(err, /^warning: .*"codelists\/a\.csv", which no action declares/m);
    assert.deepEqual(lists, Object.values(files));
    const lost = await checked({ a: withColumns("", 'writeOutput("output/new.txt", "x");') });
    assert.match(lost.err, /undeclared-output/);
  });
});
