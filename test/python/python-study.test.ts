/** Studies in Python through the real command. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { cohortline, contentsOf, inWorkspace, smallStudy } from "../commands/workspace.ts";
import { checkedPython, pythonStudies } from "./python-workspace.ts";

const small = `
from cohortextractor import StudyDefinition, Measure, patients, codelist

asthma = codelist(["195967001"], system="snomed")
study = StudyDefinition(
    index_date="2020-01-01",
    default_expectations={
        "date": {"earliest": "1900-01-01", "latest": "2020-12-31"},
        "rate": "uniform",
        "incidence": 0.5,
    },
    population=patients.all(),
    sex=patients.sex(
        return_expectations={"rate": "universal", "category": {"ratios": {"F": 0.5, "M": 0.5}}}
    ),
    age=patients.age_as_of(
        "index_date",
        return_expectations={"rate": "universal", "int": {"distribution": "population_ages"}},
    ),
    asthma=patients.with_these_clinical_events(
        asthma,
        between=["index_date", "last_day_of_month(index_date)"],
        return_expectations={"incidence": 0.3},
    ),
    first_asthma=patients.with_these_clinical_events(
        asthma,
        on_or_before="index_date",
        returning="date",
        date_format="YYYY-MM-DD",
        find_first_match_in_period=True,
    ),
)
measures = [
    Measure(
        id="asthma_by_sex",
        numerator="asthma",
        denominator="population",
        group_by="sex",
        small_number_suppression=True,
    ),
    Measure(
        id="asthma_by_age",
        numerator="asthma",
        denominator="population",
        group_by=["age", "sex"],
        small_number_suppression=True,
    ),
]
`;

describe("a study in Python", () => {
  it("gives the bytes that the same study in TypeScript gives", async () => {
    const making = async (file: string, text: string) =>
      inWorkspace({ [file]: text }, async (folder) => {
        const dates = ["--index-date-range", "2020-01-01 to 2020-03-01 by month"];
        const cohorts = ["generate_cohort", "--expectations-population", "200", ...dates];
        const made = await cohortline(folder, cohorts);
        assert.equal(made.code, 0, made.err);
        const measured = await cohortline(folder, ["generate_measures"]);
        assert.equal(measured.code, 0, measured.err);
        const files = Object.entries(contentsOf(folder));
        const shown = await cohortline(folder, ["dump_study_yaml"]);
        return { shown: shown.out, csv: files.filter(([name]) => name.endsWith(".csv")) };
      });
    const inPython = await making("analysis/study_definition.py", small);
    const inTypeScript = await making("analysis/study_definition.ts", smallStudy);
    assert.deepEqual(inPython, inTypeScript);
    assert.equal(inPython.csv.length, 3 + 2 * 4);
  });

  it("stands beside others, and a helper that is named like one is skipped with a warning", async () => {
    const files = { "analysis/study_definition_other.ts": smallStudy };
    const helper = "from cohortextractor import patients\ncommon = {}\n";
    const both = await checkedPython({ a: small, helper }, { files });
    assert.equal(both.code, 0, both.err);
    assert.match(both.err, /study_definition_helper\.py: .* skipped \[python-study-skipped\]/);
    assert.match(both.out, /_a: 4 columns, 2 measures.*\n.*_other: 4 columns, 2 measures/);
    const alone = await checkedPython({ helper });
    assert.equal(alone.code, 1);
    assert.match(alone.err, /_helper\.py: The file defines no study \[python-study-missing\]/);
  });

  it("may not share its name with one in TypeScript", async () => {
    const { code, err } = await checkedPython(
      { copd: small },
      { files: { "analysis/study_definition_copd.ts": smallStudy } },
    );
    assert.equal(code, 1);
    assert.match(err, /has two files: "analysis\/\S+_copd\.py", "analysis\/\S+_copd\.ts"/);
  });

  it("imports what its machine had, used or not, and the package by its first name", async () => {
    const code = `
import asyncio, imaplib, subprocess, socket, tty, unittest.mock, webbrowser, xdrlib
import numpy.random, numpy.typing, pandas.api.types, pytz, sqlparse, distutils.dir_util
from concurrent.futures import ThreadPoolExecutor
from distutils.util import strtobool
from numpy.random import seed
from os import system
import datalab_cohorts.patients as same
from datalab_cohorts import StudyDefinition, patients
seed(1)
assert same is patients and strtobool("No") == 0
study = StudyDefinition(population=patients.all())
`;
    const used = await checkedPython({
      old: code,
      system: `from os import system\nsystem("ls")\n`,
      drawn: `import numpy as np\nnp.random.normal(3)\n`,
    });
    assert.doesNotMatch(used.err, /definition_old/);
    assert.match(used.err, /_system\.py:2: os\.system cannot be used in a study/);
    assert.match(used.err, /_drawn\.py:2: numpy\.random\.normal cannot be used in a study/);
  });

  it("has categories that are codes of medicines, longer than numbers are exact", async () => {
    const code = small.replace('{"F": 0.5, "M": 0.5}', "{19506911000001105: 0.5, 2: 0.5}");
    await inWorkspace(pythonStudies({ a: code }), async (folder) => {
      const { out, err } = await cohortline(folder, ["dump_study_yaml"]);
      assert.match(out, /19506911000001105/, err);
    });
  });

  it("adds a column to a codelist row by row, writes it, and reads it as its codes", async () => {
    const code = `import pandas as pd
from cohortextractor import StudyDefinition, codelist_from_csv, patients
local = {"7": "XaQ", "8": "XaR"}
def mapped(row):
    row["local"] = local[str(row["code"])]
    return row
table = pd.read_csv("codelists/some.csv").apply(lambda row: mapped(row), axis=1)
table.to_csv("codelists/some.csv")
codes = codelist_from_csv("codelists/some.csv", system="ctv3", column="local")
study = StudyDefinition(population=patients.all(), any=patients.with_these_clinical_events(codes, return_expectations={"incidence": 0.1}))
`;
    const files = { ...pythonStudies({ a: code }), "codelists/some.csv": "code,term\n7,a\n8,b\n" };
    await inWorkspace(files, async (folder) => {
      const { out, err } = await cohortline(folder, ["dump_study_yaml"]);
      assert.match(out, /XaQ[\s\S]*XaR/, err);
      const kept = readFileSync(join(folder, "codelists/some.csv"), "utf8");
      assert.equal(kept, files["codelists/some.csv"]);
    });
  });

  it("reads a small table that is packed, and not one of patients", async () => {
    const reads = (path: string): string =>
      `import pandas as pd\nfrom cohortextractor import StudyDefinition, patients\ncolumns = pd.read_csv("lookups/${path}")["column"].tolist()\n` +
      "study = StudyDefinition(population=patients.all(), **{name: patients.age_as_of('2020-01-01') for name in columns})\n";
    const studies = pythonStudies({ small: reads("a.csv.gz"), people: reads("b.csv.gz") });
    await inWorkspace({ ...studies, "lookups/README": "" }, async (folder) => {
      writeFileSync(join(folder, "lookups/a.csv.gz"), gzipSync("column\nage\nolder\n"));
      writeFileSync(join(folder, "lookups/b.csv.gz"), gzipSync("patient_id,column\n1,age\n"));
      const small = ["dump_study_yaml", "--study-definition", "study_definition_small"];
      assert.match((await cohortline(folder, small)).out, /^ {4}age:.*^ {4}older:/ms);
      const people = ["dump_study_yaml", "--study-definition", "study_definition_people"];
      assert.match(
        (await cohortline(folder, people)).err,
        /_people\.py:3: "lookups\/b\.csv\.gz" is of patients/,
      );
    });
  });
});
