import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { machineFault } from "../../engine/files/machine-fault.ts";
import { smallPipeline } from "../pipeline/study-in.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { alone, cohortline, inWorkspace } from "./workspace.ts";

const CLI = join(import.meta.dirname, "../../dist/cli.js");

/** What the command says under a limit of the shell's. */
function limited(folder: string, limit: string, words: readonly string[]): string {
  const script = `ulimit ${limit}; exec "$0" "$@"`;
  const command = ["-c", script, process.execPath, CLI, ...words];
  const { status, stderr, stdout } = spawnSync("/bin/sh", command, {
    cwd: folder,
    encoding: "utf8",
  });
  return `exit ${status ?? "none"}\n${stdout}${stderr}`;
}

describe("a machine with little to give", () => {
  it("is told in one problem, and more of it is all that a later run needs", async () => {
    await inWorkspace(smallPipeline, async (folder) => {
      // What is enough differs with the version of Node: then it is done.
      const files = limited(folder, "-n 40", ["run", "generate_measures"]);
      assert.match(
        files,
        /^exit 0\n|^exit 1\n[^]*may not have more files open \[too-many-open-files\]\n {2}.*ulimit -n/,
      );
      const memory = limited(folder, "-v 6291456", ["check"]);
      assert.match(
        memory,
        /^exit 0\n|^exit 1\n[^]*gave no more memory \[machine-memory\]\n {2}.*ulimit -v/,
      );
      for (const said of [files, memory]) assert.doesNotMatch(said, /\n {4}at |bug/);
      const { code, err } = await cohortline(folder, ["run", "generate_measures"]);
      assert.equal(code, 0, err);
    });
  });

  it("is told from a bug by what it answers", () => {
    const system = (code: string, path?: string): Error =>
      Object.assign(new Error(code), { code, errno: -1, syscall: "open", path });
    const told = (error: unknown): string => machineFault(error)?.code ?? "a bug";
    assert.deepEqual(
      [
        system("ENOSPC", "a"),
        system("EROFS", "a"),
        system("EMFILE", "a"),
        system("ENFILE"),
        system("EIO", "a"),
        system("ENOMEM"),
        new RangeError("WebAssembly.Memory(): could not allocate memory"),
        new RangeError("Array buffer allocation failed"),
        system("ENOENT", "a"),
        new RangeError("Invalid array length"),
        "text",
      ].map(told),
      [
        ...["disk-full", "file-access-refused", "too-many-open-files", "too-many-open-files"],
        ...["file-system-error", "machine-memory", "machine-memory", "machine-memory"],
        ...["a bug", "a bug", "a bug"],
      ],
    );
  });
});

function mounts(folder: string): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync("mount", ["-t", "tmpfs", "-o", "size=4k", "tmpfs", folder]).status === 0;
}

const scratch = join(scratchFolder(), "disk");
const mountable = mounts(scratch);
if (mountable) execFileSync("umount", [scratch]);
const skip = mountable ? false : "this machine does not let the test mount a small disk";

describe("a disk that is full", () => {
  it(
    "stops a run with a problem, wherever it is met, and never the run after it",
    { skip },
    async () => {
      await inWorkspace(smallPipeline, async (folder) => {
        const disk = join(folder, "disk");
        assert.ok(mounts(disk));
        try {
          const remount = (size: string): void => {
            execFileSync("mount", ["-o", `remount,size=${size}`, disk]);
          };
          for (const size of ["16k", "24k", "32k", "40k"]) {
            remount("10m");
            for (const name of readdirSync(disk)) execFileSync("rm", ["-r", join(disk, name)]);
            for (const name of ["analysis", "project.yaml"]) {
              cpSync(join(folder, name), join(disk, name), { recursive: true });
            }
            remount(size);
            const { code, err, out } = await alone(disk, ["run", "generate_measures"]);
            assert.match(out + err, /\[disk-full\]|\(ENOSPC\)/, size);
            assert.equal(code, 1, size);
            remount("10m");
            const again = await alone(disk, ["run", "generate_measures"]);
            assert.equal(again.code, 0, `${size}: ${again.err}`);
            assert.ok(existsSync(join(disk, "output/measure_asthma_by_sex.csv")));
          }
        } finally {
          execFileSync("umount", [disk]);
        }
      });
    },
  );

  it("is a problem in a metadata/ whose records it cut as well", async () => {
    await inWorkspace(smallPipeline, async (folder) => {
      const unfinished = join(folder, "metadata/unfinished/generate_cohorts/output");
      mkdirSync(unfinished, { recursive: true });
      writeFileSync(join(unfinished, "input_2020-01-01.csv"), "patient_id\n1");
      writeFileSync(join(unfinished, "cohortline.manifest.json"), '{"files": {"inp');
      const { code, err } = await cohortline(folder, ["run", "generate_measures"]);
      assert.equal(code, 0, err);
    });
  });
});
