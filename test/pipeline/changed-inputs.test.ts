/** Actions that write to files which they were given: those of the other action stay, through the real command. */
import assert from "node:assert/strict";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";

const CHANGED = "metadata/rewritten";

/** Each appends its name to the files behind it. */
const append = `const fs = require("node:fs");
const [, , name, ...files] = process.argv;
fs.mkdirSync("output", { recursive: true });
for (const file of files) fs.appendFileSync("output/" + file, name + "\\n");
`;

const files = {
  "analysis/append.js": append,
  "project.yaml": `version: 5
actions:
  make:
    run: node:v1 node analysis/append.js make a_1.csv a_2.csv rates.csv rates.csv
    outputs:
      highly_sensitive:
        cohorts: output/a_*.csv
      moderately_sensitive:
        rates: output/rates.csv
  join:
    run: node:v1 node analysis/append.js join a_1.csv rates.csv
    needs: [make]
    outputs:
      highly_sensitive:
        joined: output/a*.csv
  again:
    run: node:v1 node analysis/append.js again a_1.csv
    needs: [join, make]
    outputs:
      highly_sensitive:
        joined: output/a_1*.csv
  read:
    run: node:v1 node analysis/append.js read a_1.csv b.csv
    needs: [again, join, make]
    outputs:
      highly_sensitive:
        read: output/*_1.csv
        own: output/b.csv
  seen:
    run: node:v1 node analysis/append.js seen rates.csv
    needs: [make]
    outputs:
      moderately_sensitive:
        rates: output/rat*.csv
`,
};

const run = (...words: readonly string[]): readonly string[] => ["run", "--local-tools", ...words];

describe("an action that changes a file which another made", () => {
  it("leaves that as it was, and hands the changed one to what needs it, whatever the order of needs", async () => {
    await inWorkspace(files, async (folder) => {
      const { code, out, err } = await cohortline(folder, run("read"));
      assert.equal(code, 0, out + err);
      const text = (path: string): string =>
        readFileSync(join(folder, path), "utf8").trim().replaceAll("\n", " ");
      assert.equal(text("output/a_1.csv"), "make");
      assert.equal(text("output/a_2.csv"), "make");
      assert.equal(text("output/rates.csv"), "make make");
      assert.equal(text(`${CHANGED}/join/output/a_1.csv`), "make join");
      assert.equal(text(`${CHANGED}/again/output/a_1.csv`), "make join again");
      assert.equal(text(`${CHANGED}/read/output/a_1.csv`), "make join again read");
      assert.equal(text("output/b.csv"), "read");
      assert.ok(!existsSync(join(folder, CHANGED, "join/output/a_2.csv")), "it was not changed");
      assert.match(
        out + err,
        /output\/a_1\.csv: changed from what make made, which stays as it was; what needs join gets it as changed/,
      );
      assert.match(
        out + err,
        /Changed, but made by other actions, so not kept: output\/rates\.csv/,
      );
      assert.match(out, /output\/a_1\.csv {2}- highly_sensitive, changed from that of again/);
    });
  });

  it("is made again only where its own file was altered, which plan and verify tell", async () => {
    await inWorkspace(files, async (folder) => {
      await cohortline(folder, run("read"));
      const before = await cohortline(folder, ["plan", "read"]);
      assert.doesNotMatch(before.out, /stale|missing/);
      assert.equal((await cohortline(folder, ["verify"])).code, 0);
      appendFileSync(join(folder, CHANGED, "join/output/a_1.csv"), "other\n");
      const after = await cohortline(folder, ["plan", "again"]);
      assert.match(after.out, /fresh +make[\s\S]*stale +join +output\/a_1\.csv was altered/);
      const verified = await cohortline(folder, ["verify"]);
      assert.match(verified.out + verified.err, /rewritten\/join\/output\/a_1\.csv/);
      assert.equal(verified.code, 1);
    });
  });

  it("fails where people may see the file, which could be taken for the other one", async () => {
    await inWorkspace(files, async (folder) => {
      const { code, out, err } = await cohortline(folder, run("seen"));
      assert.equal(code, 1);
      assert.match(
        out + err,
        /seen made no file for[\s\S]*It changed "output\/rates\.csv", which another action made: those stay as they were\. Write to files of other names/,
      );
      assert.equal(readFileSync(join(folder, "output/rates.csv"), "utf8"), "make\nmake\n");
    });
  });
});
