import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { problemCatalogue } from "../../engine/base/catalogue/index.ts";
import type { ProblemKind } from "../../engine/base/catalogue/kind.ts";
import { sectionsOf, tableRows } from "./markdown.ts";
import { sourceFiles } from "./source-files.ts";

const folder = "engine/base/catalogue";
const page = readFileSync(join(import.meta.dirname, "../..", folder, "README.md"), "utf8");

/** Rows of problems by the file that the section's heading names. */
const listed = new Map(
  sectionsOf(page).flatMap(({ heading, text }) => {
    const file = /\(([a-z-]+\.ts)\)$/.exec(heading)?.[1];
    return file === undefined ? [] : [[file, tableRows(text)] as const];
  }),
);

/** Codes that each file of the catalogue declares, in its order. */
const declared = new Map(
  sourceFiles(folder).flatMap(({ path, text }) => {
    const codes = [...text.matchAll(/^ {2}"?([a-z0-9-]+)"?: kind\b/gm)].map(([, code]) => code);
    return codes.length === 0 ? [] : [[path.slice(folder.length + 1), codes] as const];
  }),
);

describe("the list of problems", () => {
  it("has a section for each file of the catalogue", () => {
    assert.deepEqual([...listed.keys()].sort(), [...declared.keys()].sort());
  });

  for (const [file, codes] of declared) {
    it(`has the problems of ${file} in their order`, () => {
      const names = (listed.get(file) ?? []).map(([code = ""]) => code.replaceAll("`", ""));
      assert.deepEqual(names, codes);
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
    const kinds: readonly ProblemKind<never>[] = Object.values(problemCatalogue);
    const used = [...new Set(kinds.map(({ exitCode }) => String(exitCode)))].sort();
    const explained = tableRows(sectionsOf(page)[0]?.text ?? "").map(([code = ""]) => code);
    assert.deepEqual(explained.sort(), used);
  });
});
