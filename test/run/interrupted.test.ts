import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inWorkspace, smallWorkspace, start } from "./workspace.ts";

const manyPatients = [
  "generate_cohort",
  "--expectations-population=400000",
  "--index-date-range=2020-01-01 to 2023-12-01 by month",
  "--verbose",
];

describe("a person who presses Ctrl-C", () => {
  it("keeps the finished files, finds no other, and is told how to go on", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      const { process: child, ended } = start(folder, manyPatients);
      // The first finished file is the sign that the run is under way.
      child.stderr?.on("data", (text: Buffer) => {
        if (text.toString().includes("wrote")) child.kill("SIGINT");
      });
      const { code, err } = await ended;
      assert.equal(code, 130, err);
      assert.match(err, /Interrupted; \d+ finished files? (is|are) kept/);
      assert.match(err, /--skip-existing/);
      const names = readdirSync(join(folder, "output"));
      const written = [...err.matchAll(/^wrote (\S+)/gm)].map(([, name]) => name);
      assert.ok(written.length > 0 && written.length < 48, `${written.length} files`);
      assert.deepEqual(names.sort(), ["cohortline.manifest.json", ...written].sort());
    });
  });
});
