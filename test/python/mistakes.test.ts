/** Mistakes in Python studies: told at the author's line, in the author's names, all at once. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { checkedPython, minimalStudy, saidOf } from "./python-workspace.ts";

const withColumns = (columns: string, before = ""): string =>
  `from cohortextractor import *\n${before}\nstudy = StudyDefinition(\n    index_date="2020-01-01",\n    population=patients.all(),\n${columns}\n)\n`;

/** Where a study has its first column. */
const FIRST = 6;

const ratios = '{"rate": "universal"}';

const mistakes: Readonly<Record<string, readonly [text: string, line: number, says: RegExp]>> = {
  argument: [
    withColumns(`sex=patients.sex(return_expectation=${ratios}),`),
    FIRST,
    /return_expectation.*Nearest: "return_expectations"/s,
  ],
  function: [withColumns("x=patients.age_as_on(1),"), FIRST, /unknown-function.*"age_as_of"/s],
  import: ["from cohortextractor.patients import sexx\n", 1, /unknown-function.*"sex"/s],
  required: [withColumns("age=patients.age_as_of(),"), FIRST, /reference_date/],
  many: [withColumns("sex=patients.sex(1, 2, 3),"), FIRST, /TypeError: sex\(\) takes at most 1/],
  twice: [
    withColumns('a=patients.age_as_of("2020-01-01", reference_date="2020-01-01"),'),
    FIRST,
    /TypeError: age_as_of\(\) was given the argument 'reference_date' twice/,
  ],
  column: [withColumns("age=42,"), 3, /"age" is the number 42, not a patients\.\* call/],
  date: [
    withColumns("age=patients.age_as_of(day),", "import datetime; day = datetime.date(2020, 1, 1)"),
    FIRST,
    /"reference_date" is a date.*isoformat/s,
  ],
  name: [
    withColumns('a=patients.satisfying("sexx", sex=patients.sex()),'),
    FIRST,
    /"sexx".*"sex"/s,
  ],
  syntax: ["x = = 1\n", 1, /cannot be understood: invalid syntax.*x = = 1/s],
  indentation: ["if True:\nx = 1\n", 2, /expected an indented block/],
  key: ['x = {"a": 1}\nx["b"]\n', 2, /KeyError: 'b'.*The line reads: x\["b"\]/s],
  call: [
    "def f(x):\n    return 1 / x\n\nf(0)\n",
    2,
    /ZeroDivisionError.*called from \S+_call\.py:4/s,
  ],
  module: ["import codlists\n", 1, /no module "codlists".*Nearest: "analysis\/codelists\.py"/s],
  absent: ["import numppy\n", 1, /no module "numppy".*small part of pandas/s],
  pandas: [
    'import pandas as pd\npd.DataFrame({"a": [1]}).groupby("a")\n',
    2,
    /pandas\.DataFrame\.groupby cannot be used/,
  ],
  plot: ["import matplotlib.pyplot as plt\nplt.figure()\n", 2, /matplotlib\.pyplot\.figure cannot/],
  param: ['from cohortextractor import params\nparams["day"]\n', 2, /"day".*--param day=VALUE/s],
  file: ['open("codelists/Asthma.csv")\n', 1, /no file "codelists\/Asthma\.csv".*asthma\.csv/s],
  outside: ['open("/etc/passwd")\n', 1, /outside the study's workspace/],
  unmade: ['open("output/dates.json")\n', 1, /the action dates makes it.*cohortline run dates/s],
  listcolumn: [
    'from cohortextractor import *\ncodelist_from_csv("codelists/asthma.csv", system="snomed", column="cod")\n',
    2,
    /"cod".*Nearest: "code"/s,
  ],
  systems: [
    'from cohortextractor import *\ncombine_codelists(codelist(["1"], "snomed"), codelist(["a"], "ctv3"))\n',
    2,
    /systems/,
  ],
  plainlist: [
    withColumns('x=patients.with_these_clinical_events(["195967001"]),'),
    FIRST,
    /codelist-system/,
  ],
  measures: [
    `from cohortextractor import Measure\n${minimalStudy}measures = {"a": 1}\n`,
    0,
    /a dict, not a list/,
  ],
  measure: [`${minimalStudy}measures = ["a"]\n`, 0, /a str in place 1, not a Measure/],
  group: [
    `from cohortextractor import Measure\n${minimalStudy}measures = [Measure("m", "population", "sex", group_by=["sex"])]\n`,
    11,
    /measure-column-in-groups/,
  ],
};

describe("a mistake in a Python study", () => {
  it("is told with its file and line, and a way out, beside all others", async () => {
    const studies = Object.fromEntries(
      Object.entries(mistakes).map(([name, [text]]) => [name, text]),
    );
    const files = {
      "analysis/codelists.py": "",
      "codelists/asthma.csv": "code\n195967001\n",
      "project.yaml":
        'version: "3.0"\nexpectations: { population_size: 10 }\nactions:\n  dates:\n    run: "python:latest python analysis/dates.py"\n    outputs: { moderately_sensitive: { dates: output/dates.json } }\n',
      "analysis/dates.py": "",
    };
    const ended = await checkedPython(studies, { files });
    assert.equal(ended.code, 1);
    const wrong = Object.entries(mistakes).flatMap(([name, [, line, says]]) => {
      const said = saidOf(ended, name);
      const at = line === 0 ? `_${name}.py:` : `_${name}.py:${line}:`;
      return said.some((each) => says.test(each) && each.includes(at)) ? [] : [[name, ...said]];
    });
    assert.deepEqual(wrong, []);
    assert.doesNotMatch(ended.err, /\/study\/|\/cohortline\/|Traceback|frozen/);
  });

  it("that never ends is told with its line after the time that a study has", async () => {
    const { runPythonFile } = await import("../../engine/python/run-python-file.ts");
    const { temporaryFolder, problemsIn } = await import("../sandbox/temporary-workspace.ts");
    const running = (text: string) =>
      problemsIn(
        runPythonFile({
          workspace: temporaryFolder({ "analysis/study_definition.py": text }),
          file: "analysis/study_definition.py",
          params: {},
          canWrite: () => "refuse",
          limits: { seconds: 2 },
          now: new Date(2020, 1, 1),
        }),
      );
    const endless = {
      "n = 0\nwhile True:\n    n += 1\n": /^[23]$/,
      "def f(n):\n    return f(n + 1) + f(n + 1) if n < 300 else 0\nf(0)\n": /^2$/,
      "import itertools\nsum(0 for _ in itertools.count())\n": /^2$/,
      "def call(_):\n    return 0\nimport itertools\nsum(map(call, itertools.count()))\n": /^2$/,
    };
    const [inside, ...own] = await Promise.all([
      running("sum(range(10**12))\n"),
      ...Object.keys(endless).map(running),
    ]);
    for (const [i, line] of Object.values(endless).entries()) {
      const [told] = own[i] ?? [];
      assert.equal(told?.code, "study-took-too-long");
      assert.equal(told.place?.file, "analysis/study_definition.py");
      assert.match(String(told.place.line), line);
    }
    assert.deepEqual(
      inside.map(({ code }) => code),
      ["study-took-too-long"],
    );
  });
});
