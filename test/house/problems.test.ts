import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { sectionsOf, tableRows } from "./markdown.ts";
import { declaredKinds } from "./problem-kinds.ts";
import { sourceFiles } from "./source-files.ts";

const kinds = declaredKinds();
const files = [...new Set(kinds.map(({ file }) => file))];
const page = readFileSync(join(import.meta.dirname, "../../engine/PROBLEMS.md"), "utf8");

/** Rows of problems by the file that the section's heading names. */
const listed = new Map(
  sectionsOf(page).flatMap(({ heading, text }) => {
    const file = /\(([a-z/-]+\.ts)\)$/.exec(heading)?.[1];
    return file === undefined ? [] : [[file, tableRows(text)] as const];
  }),
);

describe("every problem code", () => {
  it("is raised somewhere", () => {
    const texts = sourceFiles("engine")
      .filter(({ path }) => !files.some((file) => path.endsWith(file)))
      .map(({ text }) => text);
    const idle = kinds.filter(({ code }) => !texts.some((text) => text.includes(`"${code}"`)));
    assert.deepEqual(idle, []);
  });

  it("is declared once", () => {
    const codes = kinds.map(({ code }) => code);
    assert.deepEqual(
      codes.filter((code, i) => codes.indexOf(code) !== i),
      [],
    );
  });
});

describe("the list of problems", () => {
  it("has a section for each file that declares some", () => {
    assert.deepEqual([...listed.keys()].sort(), [...files].sort());
  });

  for (const file of files) {
    it(`has the problems of ${file} in their order, with their exit codes`, () => {
      const rows = (listed.get(file) ?? []).map(([code = "", exit = ""]) => [
        code.replaceAll("`", ""),
        exit,
      ]);
      const declared = kinds.filter((each) => each.file === file);
      assert.deepEqual(
        rows,
        declared.map(({ code, exitCode }) => [code, exitCode]),
      );
    });
  }

  it("says of each problem one sentence, and of no two the same in one section", () => {
    for (const rows of listed.values()) {
      const sentences = rows.map(([, , sentence = ""]) => sentence);
      for (const sentence of sentences) assert.match(sentence, /^\S.{15,}\.$/);
      assert.equal(new Set(sentences).size, sentences.length);
    }
  });

  it("explains every exit code that a problem has, and no other", () => {
    const used = [...new Set(kinds.map(({ exitCode }) => exitCode))].sort();
    const explained = tableRows(sectionsOf(page)[0]?.text ?? "").map(([code = ""]) => code);
    assert.deepEqual(explained.sort(), used);
  });
});
