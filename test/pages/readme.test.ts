import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hideSmall, SMALL_NUMBER_THRESHOLD } from "../../engine/measures/suppress.ts";
import { commandFor } from "../../engine/options/command-parser.ts";
import { commandNames } from "../../engine/options/command-table.ts";
import { defaultLimits } from "../../engine/sandbox/sandbox-limits.ts";
import { tableRows } from "../house/markdown.ts";
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

describe("the page of commands", () => {
  const commands = page("engine/commands/README.md");
  const pipeline = page("engine/pipeline/README.md");
  const shared = optionsIn(sectionNamed(commands, "All commands").text);
  const ofStudies = optionsIn(sectionNamed(commands, "Commands that read studies").text);

  for (const command of commandNames.map(commandFor)) {
    it(`explains every option of ${command.name()}, and none that it lacks`, () => {
      const readsStudies = command.options.some(({ long }) => long === "--study-definition");
      const isThere = commands.sections.some(({ heading }) => heading === command.name());
      const own = optionsIn(sectionNamed(isThere ? commands : pipeline, command.name()).text);
      const explained = new Set([...own, ...shared, ...(readsStudies ? ofStudies : [])]);
      const inHelp = optionsIn(command.helpInformation());
      assert.ok(inHelp.size > 3);
      assert.deepEqual([...inHelp].filter((option) => !explained.has(option)).sort(), []);
      const taken = new Set(["--help", "--version", ...command.options.map(({ long }) => long)]);
      assert.deepEqual([...explained].filter((option) => !taken.has(option)).sort(), []);
    });
  }
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

function optionsIn(text: string): ReadonlySet<string> {
  return new Set(text.match(/(?<![\w-])--[a-z][a-z-]+/g));
}
