/** Names and lines that a project brings, on their way to terminals, logs and pages, through the real command. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, contentsOf, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";

/** Whatever a terminal obeys or does not show, but for the ends of lines. */
const OBEYED = /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u;

/** As YAML writes what it could not hold as it is. */
const oddName = String.raw`"w\x9b31m\u202eend"`;
const script = `
  const fs = require("node:fs");
  fs.mkdirSync("output");
  for (const file of ["a\\n2026-01-01 Completed successfully.txt", "b\\u001b]0;title\\u0007.txt", "c\\u2066.txt"]) {
    fs.writeFileSync("output/" + file, "a");
  }
  console.log("\\u001b]0;title\\u0007 \\u202e \\u009b2J");
`;
const project = (action: string): string => `version: '3.0'
expectations:
  population_size: 10
actions:
  ${action}:
    run: node:v1 node analysis/w.js
    outputs:
      moderately_sensitive:
        files: output/*.txt
`;
const files: Files = { "analysis/w.js": script, "project.yaml": project("w") };

function shown(text: string, where: string): void {
  for (const line of text.split("\n")) assert.doesNotMatch(line, OBEYED, where);
}

describe("names and lines that a project brings", () => {
  it("reach no terminal, log or page as anything but visible text, and forge no line", async () => {
    await inWorkspace(files, async (folder) => {
      const all = ["run", "run_all", "--local-tools"];
      const commands = [
        ["check"],
        all,
        [...all, "--json", "--force-run-dependencies"],
        ["show", "latest"],
        ["report", "latest", "--output-file", "page.html"],
      ];
      for (const words of commands) {
        const { code, out, err } = await alone(folder, words);
        assert.notEqual(code, 70, err);
        shown(out + err, words.join(" "));
        assert.doesNotMatch(out + err, /^2026-01-01 Completed/m, words.join(" "));
      }
      writeFileSync(join(folder, "project.yaml"), project(oddName));
      for (const words of [["check"], all]) {
        const { code, out, err } = await alone(folder, words);
        assert.equal(code, 1, err);
        shown(out + err, `${words.join(" ")} of an odd action`);
      }
      const logs = Object.entries(contentsOf(join(folder, "metadata"))).filter(([path]) =>
        /\.(log|txt)$/.test(path),
      );
      assert.ok(logs.length > 0);
      for (const [path] of logs) {
        const text = readFileSync(join(folder, "metadata", path), "utf8");
        shown(text, path);
        assert.doesNotMatch(text, /^2026-01-01 Completed/m);
      }
      shown(readFileSync(join(folder, "page.html"), "utf8"), "the page");
    });
  });
});
