import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { guestProgram } from "../../engine/guest-python/guest-words.ts";

const read = (words: string): Readonly<Record<string, unknown>> => ({
  ...guestProgram(["jupyter", "nbconvert", ...words.split(" ")]),
});

describe("the words of jupyter nbconvert", () => {
  for (const [words, file] of [
    ["notebooks/a.ipynb --execute --to html", "notebooks/a.html"],
    ["/workspace/notebooks/a.ipynb --to html --output-dir=/workspace/output", "output/a.html"],
    ["notebooks/a.ipynb --to html --output-dir output", "output/a.html"],
    ["notebooks/a.ipynb --to html --output-dir=/workspace", "a.html"],
    ["notebooks/a.ipynb --to html --output b", "notebooks/b.html"],
    ["notebooks/a.ipynb --to html --output=b.html --output-dir=output", "output/b.html"],
    ["notebooks/a.ipynb --to html --output /workspace/output/c.html", "output/c.html"],
    ["notebooks/a.ipynb --to html --output ../output/d.html", "output/d.html"],
    ["notebooks/a.ipynb --to notebook --execute", "notebooks/a.nbconvert.ipynb"],
    ["notebooks/a.ipynb --to=notebook --output b", "notebooks/b.ipynb"],
  ] as const) {
    it(`write where nbconvert does: ${words}`, () => {
      assert.equal(read(words)["output"], file);
    });
  }

  it("say how cells are run and what of them is shown", () => {
    const words =
      "a.ipynb --execute --ExecutePreprocessor.timeout=600 --allow-errors --no-input " +
      '--TagRemovePreprocessor.remove_cell_tags={"hide","later"} ' +
      "--TagRemovePreprocessor.remove_input_tags=['quiet'] --TagRemovePreprocessor.enabled=True";
    const { execute, cellSeconds, allowErrors, showInput, removeCellTags, removeInputTags } =
      read(words);
    assert.deepEqual(
      { execute, cellSeconds, allowErrors, showInput, removeCellTags, removeInputTags },
      {
        ...{ execute: true, cellSeconds: 600, allowErrors: true, showInput: false },
        ...{ removeCellTags: ["hide", "later"], removeInputTags: ["quiet"] },
      },
    );
    assert.equal(read("a.ipynb --ExecutePreprocessor.timeout=-1")["cellSeconds"], null);
  });

  for (const [words, why] of [
    ["a.ipynb --to pdf", /html and notebook, not pdf/],
    ["--execute", /names no notebook/],
    ["a.ipynb b.ipynb", /one notebook at a time/],
    ["a.ipynb --to notebook --inplace", /does not write over the notebook/],
    ["a.ipynb --to notebook --output a", /does not write over the notebook/],
    ["a.ipynb --output ../../x", /outside its folder/],
    ["a.ipynb --post serve", /does not know the option --post/],
  ] as const) {
    it(`are refused with the reason: ${words}`, () => {
      assert.equal(read(words)["kind"], "cannot");
      assert.match(String(read(words)["why"]), why);
    });
  }
});
