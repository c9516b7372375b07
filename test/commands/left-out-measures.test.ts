import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { codesOf, study } from "./measured-workspace.ts";
import { cohortline, inWorkspace } from "./workspace.ts";

const exporting = "export const measures = [";
const one = (id: string): string =>
  `measure(cohort, { id: "${id}", numerator: "asthma", denominator: "population", groupBy: "sex", smallNumberSuppression: true })`;

/** The study with another end than its exported list of one measure. */
const ending = (text: string): string => {
  const whole = study();
  return `${whole.slice(0, whole.indexOf(exporting))}${text}\n`;
};
const LINE = study().slice(0, study().indexOf(exporting)).split("\n").length;

describe("a measure that no list exports", () => {
  it("is told by check with file and line, whatever was forgotten", async () => {
    const files = {
      a: `const measures = [${one("x")}];`,
      b: `export const measureList = [${one("x")}, ${one("y")}];`,
      c: `${exporting}${one("x")}];\n${one("late")};`,
      d: `export const Measures = ${one("x")};`,
      e: `import "./more_measures.ts";`,
      f: `const [x, y] = [${one("x")}, ${one("y")}];\n${exporting}{ ...x, id: "z" }, y];`,
      g: `import { other } from "./study_definition_f.ts";\n${exporting}${one("of_g")}];\nother;`,
      h: `${exporting}${one("x")}];\n${exporting.replace("measures", "more")}...measures];`,
    };
    const paths = Object.entries(files).map(([name, text]) => [
      `analysis/study_definition_${name}.ts`,
      ending(text) + (name === "f" ? "export const other = cohort;" : ""),
    ]);
    const shared = ending(`export const kept = [${one("x")}];`);
    const workspace = {
      ...Object.fromEntries(paths),
      "analysis/more_measures.ts": shared,
    } as Record<string, string>;
    await inWorkspace(workspace, async (folder) => {
      const { code, err } = await cohortline(folder, ["check"]);
      const told = (file: string, line: number, ids: string): string =>
        `analysis/${file}.ts:${line}: Measure${ids.includes(",") ? "s" : ""} ${ids} of study "study_definition_`;
      for (const each of [
        told("study_definition_a", LINE, '"x"'),
        told("study_definition_b", LINE, '"x", "y"'),
        told("study_definition_c", LINE + 1, '"late"'),
        told("study_definition_d", LINE, '"x"'),
        told("more_measures", LINE, '"x"'),
      ]) {
        assert.ok(err.includes(each), `${each}\n${err}`);
      }
      assert.equal(err.match(/\[measures-left-out\]/g)?.length, 5, err);
      assert.match(err, /The export "measureList" is not looked at/);
      assert.equal(code, 0);
      const strict = await cohortline(folder, ["check", "--strict"]);
      assert.equal(strict.code, 1);
      assert.deepEqual(new Set(codesOf(strict)), new Set(["measures-left-out"]));
    });
  });

  it("is told by generate_measures, which refuses it with --strict", async () => {
    await inWorkspace(
      { "analysis/study_definition.ts": ending(`const measures = [${one("x")}];`) },
      async (folder) => {
        const told = await cohortline(folder, ["generate_measures"]);
        assert.deepEqual([told.code, codesOf(told)], [0, ["measures-left-out", "no-measures"]]);
        const strict = await cohortline(folder, ["generate_measures", "--strict"]);
        assert.deepEqual([strict.code, codesOf(strict)], [1, ["measures-left-out"]]);
      },
    );
  });
});
