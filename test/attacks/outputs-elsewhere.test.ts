/** Outputs that a program, or a link in the study, would lead out of the study, through the real command. */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, contentsOf, inWorkspace } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";

const SECRET = "a secret beside the study";

function studyWith(script: string, pattern: string): Files {
  return {
    "secret.csv": SECRET,
    "elsewhere/empty.txt": "",
    "study/analysis/w.js": `const fs = require("node:fs");\n${script}`,
    "study/project.yaml": `version: 5
actions:
  w:
    run: node:v1 node analysis/w.js
    outputs:
      moderately_sensitive:
        files: ${pattern}
`,
  };
}

const run = ["run", "run_all", "--local-tools"];

describe("an output", () => {
  it("is not placed through a link below a wildcard that leads out of the study", async () => {
    const script =
      'fs.mkdirSync("output/linked", { recursive: true }); fs.writeFileSync("output/linked/a.csv", "n");';
    await inWorkspace(studyWith(script, "output/*/a.csv"), async (folder) => {
      mkdirSync(join(folder, "study/output"));
      symlinkSync("../../elsewhere", join(folder, "study/output/linked"));
      const { code, out, err } = await cohortline(join(folder, "study"), run);
      assert.equal(code, 1, out + err);
      assert.match(out + err, /output\/linked\/a\.csv.* \[file-outside-workspace\]/);
      assert.deepEqual(readdirSync(join(folder, "elsewhere")), ["empty.txt"]);
    });
  });

  it("is no link that leads out, and of a link within it is what that leads to", async () => {
    const script = (target: string): string =>
      `fs.writeFileSync("made.csv", "n\\n1\\n"); fs.symlinkSync(${JSON.stringify(target)}, "a.csv");`;
    await inWorkspace(studyWith(script("made.csv"), "a.csv"), async (folder) => {
      const study = join(folder, "study");
      assert.equal((await cohortline(study, run)).code, 0);
      assert.equal(readFileSync(join(study, "a.csv"), "utf8"), "n\n1\n");
      const leading = `const fs = require("node:fs");\n${script(join(folder, "secret.csv"))}`;
      writeFileSync(join(study, "analysis/w.js"), leading);
      const { code, out, err } = await cohortline(study, run);
      assert.equal(code, 1);
      assert.match(out + err, /action-unmatched/);
      for (const [path, text] of Object.entries(contentsOf(study))) {
        assert.ok(!text.includes(SECRET), path);
      }
    });
  });
});
