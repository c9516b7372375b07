import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hideSmall, SMALL_NUMBER_THRESHOLD } from "../../engine/measures/suppress.ts";
import { defaultLimits } from "../../engine/sandbox/sandbox-limits.ts";
import { commandNames } from "../../engine/options/command-table.ts";
import { tableRows } from "../house/markdown.ts";
import { commandsOn } from "./command-blocks.ts";
import { page, sectionNamed } from "./pages.ts";

describe("the README", () => {
  const readme = page("README.md");

  it("is at most 8 kB", () => {
    assert.ok(Buffer.byteLength(readme.text) <= 8000);
  });

  it("has a first study of twenty lines", () => {
    const [study] = readme.blocks.filter(({ language }) => language === "ts");
    const lines = (study?.body ?? "").split("\n").filter((line) => line.trim() !== "");
    assert.equal(lines.length, 20);
  });
});

describe("the pages of commands", () => {
  it("have the options of every command, once", () => {
    const pages = ["commands", "pipeline", "serve"].map((room) => page(`engine/${room}/README.md`));
    const shown = pages.flatMap(({ text }) => commandsOn(text));
    assert.deepEqual([...shown].sort(), [...commandNames].sort());
  });
});

describe("facts on pages", () => {
  it("hide in the worked table what suppression hides", () => {
    const rows = tableRows(sectionNamed(page("engine/release/README.md"), "Privacy").text);
    assert.ok(rows.length > 5);
    for (const [numbers = "", shown] of rows) {
      const cells = Float64Array.from(numbers.split(", "), Number);
      const { values } = hideSmall(cells, SMALL_NUMBER_THRESHOLD);
      const seen = Array.from(values, (value) => (Number.isNaN(value) ? "–" : String(value)));
      assert.equal(seen.join(", "), shown);
    }
  });

  it("give the sandbox the limits it has", () => {
    const { text } = sectionNamed(
      page("study-definitions/README.md"),
      "What a study's file may do",
    );
    assert.ok(text.includes(`${defaultLimits.seconds} seconds`));
    assert.ok(text.includes(`${defaultLimits.megabytes} MB`));
    assert.ok(text.includes(`${defaultLimits.fileMegabytes} MB in all`));
  });
});
