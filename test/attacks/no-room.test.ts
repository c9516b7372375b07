/** A disk without room and folders without rights, met where a run copies: one problem that names the place. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { programs, smallPipeline } from "../pipeline/study-in.ts";
import { alone, inWorkspace } from "../commands/workspace.ts";

const CLI = join(import.meta.dirname, "../../dist/cli.js");
const NOBODY = ["--reuid=65534", "--regid=65534", "--clear-groups"];

function mounted(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", folder]).status === 0;
}

const isRoot = process.geteuid?.() === 0;
const canMount =
  isRoot && spawnSync("unshare", ["-m", "mount", "-t", "tmpfs", "none", "/mnt"]).status === 0;
const canBeNobody = isRoot && spawnSync("setpriv", [...NOBODY, "true"]).status === 0;
const noMount = canMount ? false : "this machine does not let the test mount a small disk";
const noNobody = canBeNobody ? false : "only root can be another user for a while";

describe("what a run copies", () => {
  it(
    "that finds no room for the code of a program is told with the place, and leaves nothing",
    { skip: noMount },
    async () => {
      const write = 'fs.mkdirSync("output"); fs.writeFileSync("output/a.txt", "a");';
      const files = programs({ small: { script: write, moderate: "output/a.txt" } });
      await inWorkspace({ ...files, "analysis/big.txt": "x".repeat(200_000) }, async (folder) => {
        const disk = join(folder, "..", `${folder.split("/").at(-1) ?? ""}-disk`);
        assert.ok(mounted(disk));
        try {
          const run = ["run", "small", "--local-tools"];
          const { code, err } = await alone(folder, run, { TMPDIR: disk });
          assert.equal(code, 1);
          assert.match(err, /No space left on the disk for ".*-disk\/.*big\.txt"/);
          assert.deepEqual(execFileSync("ls", ["-A", disk], { encoding: "utf8" }), "");
        } finally {
          execFileSync("umount", [disk]);
          execFileSync("rmdir", [disk]);
        }
      });
    },
  );

  it(
    "to a folder that may not be written to is told with the place, and changes nothing",
    { skip: noNobody },
    async () => {
      await inWorkspace(smallPipeline, (folder) => {
        mkdirSync(join(folder, "output"));
        writeFileSync(join(folder, "output/input_2020-01-01.csv"), "as it was");
        execFileSync("chown", ["-R", "65534:65534", folder]);
        chmodSync(join(folder, "output"), 0o500);
        const words = [...NOBODY, process.execPath, CLI, "run", "generate_cohorts"];
        const { status, stderr } = spawnSync("setpriv", words, {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, HOME: folder },
        });
        assert.equal(status, 1);
        assert.match(stderr, /Not allowed to write ".*\/output\/.*"/);
        const kept = readFileSync(join(folder, "output/input_2020-01-01.csv"), "utf8");
        assert.equal(kept, "as it was");
        return Promise.resolve();
      });
    },
  );
});
