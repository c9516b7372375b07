/** What lies in the folder that is released, and in the one that is written: links, pipes, changes, and an early end. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { examineRelease } from "../../engine/commands/releases/examine-release.ts";
import { writePack } from "../../engine/commands/releases/release-pack.ts";
import { isPartial } from "../../engine/files/partial-files.ts";
import { alone, cohortline, contentsOf } from "../commands/workspace.ts";
import { measuredRelease } from "./measured-release.ts";

const { measured } = measuredRelease(["--index-date-range", "2020-01-01"]);

const words = (to: string) => ["release", "--to", to, "--context", "why.txt", "--first-release"];
const release = (folder: string, to: string) => cohortline(folder, words(to));

const MEASURE = "output/measure_by_sex.csv";

describe("the folder of a release", () => {
  it("has the bytes that were audited, whatever became of the files meanwhile", async () => {
    await measured(async (folder) => {
      assert.equal((await release(folder, "one")).code, 0);
      const asked = {
        ...{ outputDir: "output", studyDefinition: "all", earlier: [], known: undefined },
        ...{ policy: undefined, budget: 5000, context: "How common asthma is.", contextIn: "why" },
      };
      const { pack } = await examineRelease(asked, folder);
      writeFileSync(join(folder, MEASURE), "patient_id\n1\n");
      await writePack(join(folder, "two"), pack);
      assert.deepEqual(contentsOf(join(folder, "two")), contentsOf(join(folder, "one")));
      const { err } = await release(folder, "three");
      assert.match(err, /measure_by_sex\.csv.* has been modified since .*audit-file-altered/);
      assert.ok(!existsSync(join(folder, "three")));
    });
  });

  it("holds a file and no link where a link stands for a measure, and no pipe or folder is read", async () => {
    await measured(async (folder) => {
      const [file, moved] = [join(folder, MEASURE), join(folder, "moved.csv")];
      renameSync(file, moved);
      symlinkSync(moved, file);
      assert.equal((await release(folder, "linked")).code, 0);
      // Links are not among them.
      assert.ok("measure_by_sex.csv" in contentsOf(join(folder, "linked")));
      const odd: readonly (readonly [() => void, RegExp])[] = [
        [() => execFileSync("mkfifo", [file]), /file-not-plain/],
        [
          () => {
            mkdirSync(file);
          },
          /file-is-a-folder/,
        ],
        [
          () => {
            symlinkSync("/dev/zero", file);
          },
          /file-not-plain/,
        ],
        [
          () => {
            writeFileSync(file, "region,asthma\n");
          },
          /audit-file-altered/,
        ],
      ];
      for (const [put, message] of odd) {
        rmSync(file, { recursive: true, force: true });
        put();
        assert.match((await release(folder, "b")).err, message);
      }
      writeFileSync(join(folder, "output/measure_other.csv"), "region,n\nNorth,17\n");
      assert.match((await release(folder, "b")).err, /does not describe "measure_other.csv"/);
      assert.ok(!existsSync(join(folder, "b")));
    });
  });

  it("is refused in a place that is taken or cannot be", async () => {
    await measured(async (folder) => {
      symlinkSync("nowhere", join(folder, "dangling"));
      for (const [to, message] of [
        ["output", /release-exists/],
        ["why.txt", /release-exists/],
        ["why.txt/deeper", /folder-not-found/],
        ["dangling", /Cannot write .*dangling/],
        ["/proc/none", /Cannot write "\/proc\/none"/],
      ] as const)
        assert.match((await release(folder, to)).err, message);
    });
  });

  it("is whole or not there when its maker is killed, and the next one clears up", async () => {
    await measured(async (folder) => {
      writeFileSync(join(folder, "killer.cjs"), killer);
      for (const step of ["some files", "all files"]) {
        const { signal } = await alone(folder, words("out/pack"), {
          NODE_OPTIONS: `--require ${join(folder, "killer.cjs")}`,
          KILLED_WITH: step,
        });
        assert.equal(signal, "SIGKILL", step);
        const left = readdirSync(join(folder, "out"));
        assert.ok(left.length > 0 && left.every(isPartial), left.join());
      }
      assert.equal((await release(folder, "out/pack")).code, 0);
      assert.deepEqual(readdirSync(join(folder, "out")), ["pack"]);
      await release(folder, "again");
      assert.deepEqual(contentsOf(join(folder, "out/pack")), contentsOf(join(folder, "again")));
    });
  });
});

/** Ends its own process before the second file gets its name, or before the folder does. */
const killer = `
const fs = require("node:fs");
const { syncBuiltinESMExports } = require("node:module");
const real = fs.renameSync;
let named = 0;
fs.renameSync = (from, to) => {
  const isTime = process.env.KILLED_WITH === "all files" ? to.endsWith("/out/pack") : named++ > 0;
  if (isTime) process.kill(process.pid, "SIGKILL");
  return real(from, to);
};
syncBuiltinESMExports();
`;
