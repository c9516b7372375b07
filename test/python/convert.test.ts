/** A study in Python, printed as one in TypeScript: the same study. */
import assert from "node:assert/strict";
import { cpSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { check, resolveConfig } from "prettier";
import { complaintsOf } from "../pages/complaints.ts";
import { cohortline, inWorkspace, smallStudy } from "../commands/workspace.ts";
import { pythonStudies } from "./python-workspace.ts";
import { modulesOfStudies, readByStudies, studiesToConvert } from "./studies-to-convert.ts";

const root = join(import.meta.dirname, "../..");
const example = join(root, "study-definitions/aftershocks-in-python");

/** Converts all studies of the folder, puts them in the place of those in Python, and gives their texts. */
async function converted(
  folder: string,
  params: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const before = await cohortline(folder, ["dump_study_yaml", ...params]);
  assert.equal(before.code, 0, before.err);
  const texts = new Map<string, string>();
  renameSync(join(folder, "analysis"), join(folder, "kept"));
  cpSync(join(folder, "kept"), join(folder, "analysis"), { recursive: true });
  for (const file of readdirSync(join(folder, "kept")).filter(isStudy)) {
    const { code, out, err } = await cohortline(folder, ["convert", `analysis/${file}`, ...params]);
    assert.equal(code, 0, err);
    texts.set(file, out);
    rmSync(join(folder, "analysis", file));
    writeFileSync(join(folder, "analysis", file.replace(/\.py$/, ".ts")), out);
  }
  for (const file of readdirSync(join(folder, "analysis")).filter((name) => name.endsWith(".py"))) {
    rmSync(join(folder, "analysis", file));
  }
  rmSync(join(folder, "kept"), { recursive: true });
  const after = await cohortline(folder, ["dump_study_yaml", ...params]);
  assert.equal(after.code, 0, `${after.err}\n${[...texts.values()].join("\n")}`);
  assert.equal(after.out, before.out, [...texts.values()].join("\n"));
  return texts;
}

function isStudy(file: string): boolean {
  return /^study_definition.*\.py$/.test(file);
}

async function isFormatted(text: string): Promise<boolean> {
  const options = (await resolveConfig(join(root, "README.md"))) ?? {};
  return check(text, { ...options, parser: "typescript" });
}

describe("cohortline convert", () => {
  it("prints the same studies as their authors wrote them", async () => {
    const files = { ...readByStudies, ...modulesOfStudies, ...pythonStudies(studiesToConvert) };
    await inWorkspace(files, async (folder) => {
      const texts = await converted(folder);
      const text = (name: string): string => texts.get(`study_definition_${name}.py`) ?? "";
      for (const name of ["calls", "names"]) assert.ok(await isFormatted(text(name)), text(name));
      const kept: Readonly<Record<string, readonly string[]>> = {
        calls: [
          "combineCodelists(asthma, local)",
          'groupBy: ["group", fromFile("somewhere_else")]',
          '[1, "asthma"],',
        ],
        helpers: [
          "/** Helpers, closures and loops. */",
          'const START = param("start", "2020-01-01");',
          "// From analysis/codelists.py:\n\n// Asthma\nconst asthma = codelistFromCsv(",
          ", first = true, rate = 0.2) {",
          "for (const [name, codes] of Object.entries(lists)) {",
          '    // not later\n    onOrBefore: "index_date",',
          "    ...smoking(),",
        ],
        loops: [
          "// As recorded: table has no counterpart here (line 11 in Python).\nconst codes = [",
          "    // As recorded: datetime.date has no counterpart here.\n    today: ",
          "let flag;\nif (",
          "// Left out: a with block",
        ],
        truth: ['a: patients.fixedValue("right")', 'id: "right"', "smallNumberSuppression: true"],
      };
      for (const [name, lines] of Object.entries(kept)) {
        for (const line of lines) assert.ok(text(name).includes(line), `${line}\n${text(name)}`);
      }
      assert.doesNotMatch(text("helpers"), /ethnicity/, "what the study does not use");
    });
  });

  it("prints the example study, and the study that init writes, as the compiler takes them", async () => {
    await inWorkspace({}, async (folder) => {
      for (const part of ["analysis", "codelists"]) {
        cpSync(join(example, part), join(folder, part), { recursive: true });
      }
      const [text = ""] = (await converted(folder)).values();
      rmSync(join(folder, "codelists"), { recursive: true });
      rmSync(join(folder, "analysis"), { recursive: true });
      await cohortline(folder, ["init", "--python"]);
      const [first = ""] = (await converted(folder)).values();
      for (const each of [text, first]) assert.ok(await isFormatted(each), each);
      assert.deepEqual(complaintsOf([text, first]), [[], []]);
    });
  });

  it("takes a study by its name or file, also while the new file stands beside it", async () => {
    const text =
      "from cohortextractor import *\nstudy = StudyDefinition(patients.all(), sex=patients.sex())\n";
    const files = {
      "analysis/study_definition.py": text,
      "analysis/study_definition.ts": "",
      "analysis/study_definition_copd.py": text,
    };
    await inWorkspace(files, async (folder) => {
      const none = await cohortline(folder, ["convert"]);
      assert.equal(none.code, 2);
      assert.match(
        none.err,
        /2 studies in Python.*\n.*"study_definition", "study_definition_copd"/,
      );
      const words = [
        "study_definition_copd",
        "analysis/study_definition_copd.py",
        "study_definition",
      ];
      for (const word of words) {
        const { code, out } = await cohortline(folder, ["convert", word]);
        assert.equal(code, 0);
        assert.match(out, /sex: patients\.sex\(\)/);
      }
      const unknown = await cohortline(folder, ["convert", "study_definition_cpod"]);
      assert.match(unknown.err, /\[unknown-study\]\n {2}Nearest: "study_definition_copd"/);
    });
  });

  it("says what is wrong with a study that does not load, and with a folder that has none in Python", async () => {
    await inWorkspace({ "analysis/study_definition.py": "study = 1 +\n" }, async (folder) => {
      const { code, err } = await cohortline(folder, ["convert"]);
      assert.equal(code, 1);
      assert.match(err, /study_definition\.py:1: /);
    });
    await inWorkspace({ "analysis/study_definition.ts": smallStudy }, async (folder) => {
      const { code, err } = await cohortline(folder, ["convert"]);
      assert.equal(code, 1);
      assert.match(err, /\[no-python-study\]/);
    });
  });
});
