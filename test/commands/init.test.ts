/** A first study: written whole or not at all, and it runs at once. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, it } from "node:test";
import type typescript from "typescript";
import { cohortline, contentsOf, inWorkspace } from "./workspace.ts";
import type { Files } from "./workspace.ts";
import { withoutMarks } from "./without-marks.ts";

const languages = { typescript: [], python: ["--python"] } as const;

const shared = [".gitignore", ".vscode/settings.json", "codelists/asthma.csv", "project.yaml"];
const written = {
  typescript: [...shared, "analysis/study_definition.ts", "tsconfig.json"].sort(),
  python: [...shared, "analysis/study_definition.py"].sort(),
};

/** What `init` writes and `run run_all` makes of it. */
function outputsOf(language: keyof typeof languages): Promise<Files> {
  return inWorkspace({}, async (folder) => {
    const begun = await cohortline(folder, ["init", ...languages[language]]);
    assert.equal(begun.code, 0, begun.err);
    assert.deepEqual(Object.keys(contentsOf(folder)), written[language]);
    for (const words of [
      ["run", "run_all"],
      ["check", "--strict"],
    ]) {
      const { code, err } = await cohortline(folder, words);
      assert.equal(code, 0, err);
      assert.doesNotMatch(err, /\[[a-z]+-[a-z-]+\]/, "no warning");
    }
    return contentsOf(join(folder, "output"));
  });
}

describe("cohortline init", () => {
  it("writes a study that runs at once without a warning, to the same bytes in either language", async () => {
    const made = await outputsOf("typescript");
    const measure = made["measure_asthma_by_age_group.csv"] ?? "";
    assert.equal(measure.split("\n").length, 1 + 3 * 3 + 1);
    assert.equal(Object.keys(made).filter((name) => name.startsWith("input_")).length, 3);
    assert.deepEqual(withoutMarks(await outputsOf("python")), withoutMarks(made));
  });

  it("makes the folder, and says what to do there", async () => {
    await inWorkspace({}, async (folder) => {
      const { code, out } = await cohortline(folder, ["init", "new/my study"]);
      assert.equal(code, 0);
      assert.match(out, /\n {2}cd 'new\/my study'\n {2}cohortline run run_all\n/);
      assert.ok(existsSync(join(folder, "new/my study/project.yaml")));
    });
  });

  it("writes a study and settings that an editor's compiler takes, in at most 40 lines", async () => {
    await inWorkspace({}, async (folder) => {
      await cohortline(folder, ["init"]);
      const file = join(folder, "analysis/study_definition.ts");
      assert.ok(readFileSync(file, "utf8").split("\n").length <= 41);
      assert.deepEqual(complaints(folder), []);
      writeFileSync(file, readFileSync(file, "utf8").replace("ageAsOf", "ageAsof"));
      assert.match(complaints(folder).join("\n"), /Did you mean 'ageAsOf'/);
    });
  });

  it("overwrites nothing, and names all that is in the way before it writes", async () => {
    const inTheWay: readonly (readonly [Files, readonly string[]])[] = [
      [{ "project.yaml": "mine" }, ["project.yaml"]],
      [{ ".gitignore": "mine", "tsconfig.json": "" }, [".gitignore", "tsconfig.json"]],
      [{ "analysis/study_definition.py": "mine" }, ["analysis/study_definition.py"]],
      [{ codelists: "a file, not a folder" }, ["codelists"]],
    ];
    for (const [files, named] of inTheWay) {
      await inWorkspace(files, async (folder) => {
        const { code, err } = await cohortline(folder, ["init"]);
        assert.equal(code, 1);
        assert.match(err, /\[init-file-exists\]/);
        for (const path of named) assert.ok(err.includes(JSON.stringify(path)), err);
        assert.deepEqual(contentsOf(folder), files);
      });
    }
  });

  it("takes a link that leads nowhere as a file that is there", async () => {
    await inWorkspace({}, async (folder) => {
      symlinkSync("elsewhere.yaml", join(folder, "project.yaml"));
      const { code, err } = await cohortline(folder, ["init"]);
      assert.equal(code, 1);
      assert.match(err, /"project.yaml"/);
      assert.deepEqual(contentsOf(folder), {});
    });
  });

  it("leaves a package that is linked already as it is, and a study in Python without one", async () => {
    await inWorkspace({ "a/node_modules/cohortline/own": "mine" }, async (folder) => {
      await cohortline(folder, ["init", "a"]);
      assert.equal(readFileSync(join(folder, "a/node_modules/cohortline/own"), "utf8"), "mine");
      await cohortline(folder, ["init", "b", "--python"]);
      assert.ok(!existsSync(join(folder, "b/node_modules")));
    });
  });

  it("is a problem, not a bug, where no folder can be made", async () => {
    await inWorkspace({ taken: "a file" }, async (folder) => {
      for (const place of ["taken", "taken/below"]) {
        const { code, err } = await cohortline(folder, ["init", place]);
        assert.equal(code, 1);
        assert.match(err, /taken/);
      }
      assert.deepEqual(contentsOf(folder), { taken: "a file" });
    });
  });

  it("is named by the problem of every command in a folder without a study", async () => {
    const commands = [
      ["generate_cohort", "--expectations-population=5"],
      ["generate_measures"],
      ["generate_dummy_tables", "--patients=5", "--output-file=x.duckdb", "--study-definition=all"],
      ...["check", "explain", "dump_study_yaml", "dump_cohort_sql"].map((name) => [name]),
      ...["run", "plan", "graph", "runs", "show", "report", "verify"].map((name) => [name]),
    ];
    await inWorkspace({}, async (folder) => {
      for (const words of commands) {
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 1, words[0]);
        assert.match(err, /cohortline init/, words[0]);
      }
      mkdirSync(join(folder, "analysis"));
      assert.match((await cohortline(folder, ["check"])).err, /\[no-study\]\n.*cohortline init/);
    });
  });
});

/** Of the compiler, by the settings that were written; the engine's own source stands for the package. */
function complaints(folder: string): readonly string[] {
  const ts = createRequire(import.meta.url)("typescript") as typeof typescript;
  const read = (path: string) => ts.sys.readFile(path);
  const written: { readonly config?: unknown } = ts.readConfigFile(
    join(folder, "tsconfig.json"),
    read,
  );
  const parsed = ts.parseJsonConfigFileContent(written.config, ts.sys, folder);
  assert.deepEqual(parsed.errors, []);
  const source = join(import.meta.dirname, "../../engine/index.ts");
  const options = {
    ...parsed.options,
    paths: { cohortline: [source] },
    allowImportingTsExtensions: true,
  };
  const program = ts.createProgram(parsed.fileNames, options);
  assert.deepEqual(parsed.fileNames, [join(folder, "analysis/study_definition.ts")]);
  return parsed.fileNames
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}
