import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { completionScript } from "../../engine/commands/completion.ts";
import {
  commandNames,
  commandSpec,
  everyCommand,
  flagOf,
} from "../../engine/options/command-table.ts";
import { takeParamWords, withWholeRange } from "../../engine/options/param-words.ts";
import { shells } from "../../engine/options/study-commands.ts";
import { cohortline, inWorkspace, smallWorkspace } from "../commands/workspace.ts";

describe("the words of a range of index dates", () => {
  const range = "--index-date-range";
  const table: readonly (readonly [string, readonly string[]])[] = [
    ["2021-01-01 to 2021-12-01 by month", [range, "2021-01-01 to 2021-12-01 by month"]],
    ["2021-01-01", [range, "2021-01-01"]],
    ["2021-01-01 to today --verbose", [range, "2021-01-01 to today", "--verbose"]],
    ["--verbose", [range, "--verbose"]],
  ];
  for (const [typed, taken] of table) {
    it(`are one value without quotes: ${typed}`, () => {
      const words = ["generate_cohort", range, ...typed.split(" ")];
      assert.deepEqual(withWholeRange(words), ["generate_cohort", ...taken]);
    });
  }

  it("are one value behind =, and beside parameters", () => {
    const words = [`${range}=2021-01-01`, "to", "2021-02-01", "--param", "a", "=", "b"];
    const { rest, params } = takeParamWords(words);
    assert.deepEqual(withWholeRange(rest), [`${range}=2021-01-01 to 2021-02-01`]);
    assert.deepEqual(params, { a: "b" });
  });
});

describe("the command line", () => {
  it("prints its version however it is asked, and says how a number is written", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      for (const word of ["-v", "-V", "version", "--version"]) {
        const { code, out } = await cohortline(folder, [word]);
        assert.deepEqual([code, /^v\d/.test(out)], [0, true], word);
      }
      const { code, err } = await cohortline(folder, [
        "generate_cohort",
        "--expectations-population",
        "1,000",
      ]);
      assert.equal(code, 2);
      assert.match(err, /in digits only\. Write 1000\./);
    });
  });

  it("says where the study is to who stands in one of its folders, and never leaves a repository", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const inside = join(folder, "docs/deep");
      mkdirSync(inside, { recursive: true });
      const { code, err } = await cohortline(inside, ["check"]);
      assert.equal(code, 1);
      assert.match(err, /cd \.\.\/\.\., and run the same again/);
      mkdirSync(join(folder, "docs/.git"));
      assert.doesNotMatch((await cohortline(inside, ["check"])).err, /run the same again/);
    });
  });
});

describe("the script for a shell", () => {
  for (const shell of shells) {
    it(`names every command and option to ${shell}`, () => {
      const script = completionScript(shell).join("\n");
      const options = commandNames.flatMap((name) =>
        Object.entries({ ...commandSpec(name).options, ...everyCommand }),
      );
      // What one command hides another may show.
      const shown = new Set(
        options.filter(([, { isHidden }]) => isHidden !== true).map(([key]) => key),
      );
      for (const name of commandNames) assert.ok(script.includes(name));
      for (const [key] of options) {
        assert.equal(script.includes(flagOf(key).slice(2)), shown.has(key), key);
      }
    });
  }
});
