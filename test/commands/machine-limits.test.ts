import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { machineFault } from "../../engine/files/machine-fault.ts";
import { smallPipeline } from "../pipeline/study-in.ts";
import { scratchFolder } from "../table/scratch-folder.ts";
import { alone, cohortline, inWorkspace, smallStudy, smallWorkspace } from "./workspace.ts";

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

function filesRecorded(folder: string): object {
  const text = readFileSync(join(folder, "cohortline.manifest.json"), "utf8");
  return (JSON.parse(text) as { readonly files: object }).files;
}

describe("a machine with little to give", () => {
  it("is told in one problem, and more of it is all that a later run needs", async () => {
    await inWorkspace(smallPipeline, async (folder) => {
      // Enough for the modules to be loaded. What is enough for the work differs with the version of Node: then it is done.
      const files = limited(folder, "-n 56", ["run", "generate_measures"]);
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

describe("more workers than the memory has room for", () => {
  it("are said once, for all studies and dates, and fewer do the same work", async () => {
    const other = { "analysis/study_definition_b.ts": smallStudy };
    await inWorkspace({ ...smallWorkspace, ...other }, async (folder) => {
      const dates = "--index-date-range=2020-01-01 to 2020-03-01 by month";
      const dummy = ["generate_cohort", "--expectations-population=10", dates];
      const measures = ["generate_measures", "--study-definition=study_definition"];
      for (const words of [
        [...dummy, "--jobs=9999999"],
        [...measures, "--workers=9999999"],
      ]) {
        const { code, err } = await cohortline(folder, words);
        assert.equal(code, 0, err);
        assert.equal(err.match(/has room for \d+, and so many work/g)?.length, 1, err);
      }
    });
  });
});

describe("a thread for which memory runs out", () => {
  it("ends the command with one problem that names its file, which has no measure; others are whole", async () => {
    await inWorkspace(smallWorkspace, async (folder) => {
      mkdirSync(join(folder, "output"));
      const cohort = (month: string, rows: number, place: (row: number) => string): void => {
        const lines = Array.from({ length: rows }, (_, row) => `${row},${place(row)},3,1,`);
        const text = `patient_id,sex,age,asthma,first_asthma\n${lines.join("\n")}\n`;
        writeFileSync(join(folder, `output/input_2020-${month}-01.csv`), text);
      };
      cohort("01", 400_000, (row) => `house ${(row * 7919) % 1_000_003} in a street`);
      cohort("02", 1000, () => "house 1 in a street");
      // Far too little for the rows: where they nearly fit, garbage is collected for minutes.
      const little = { NODE_OPTIONS: "--max-old-space-size=20" };
      const words = ["generate_measures", "--workers=2"];
      const { code, err } = await alone(folder, words, little);
      assert.equal(code, 1, err);
      assert.match(
        err,
        /^The thread that worked on "input_2020-01-01.csv" stopped twice: .*memory.*\[measure-worker-died\]$/m,
      );
      assert.doesNotMatch(err, /house|\n {4}at /);
      assert.deepEqual(
        readdirSync(join(folder, "output")).filter((name) => !name.startsWith("input_")),
        [
          "cohortline.manifest.json",
          "measure_asthma_by_age_2020-02-01.csv",
          "measure_asthma_by_sex_2020-02-01.csv",
        ],
      );
    });
  });
});

describe("a disk that is full", () => {
  it(
    "abandons the cohort files that other threads have not finished, and keeps those that are whole",
    { skip },
    async () => {
      await inWorkspace(smallWorkspace, async (folder) => {
        const output = join(folder, "output");
        assert.ok(mounts(output));
        try {
          execFileSync("mount", ["-o", "remount,size=6m", output]);
          const dates = "--index-date-range=2020-01-01 to 2020-04-01 by month";
          const words = ["generate_cohort", "--expectations-population=130000", "--jobs=2", dates];
          const { code, err } = await cohortline(folder, [...words, "--json"]);
          assert.equal(code, 1, err);
          const whole = Object.keys(filesRecorded(output));
          assert.ok(whole.length === 1 || whole.length === 2, String(whole));
          assert.deepEqual(
            readdirSync(output).sort(),
            ["cohortline.manifest.json", ...whole].sort(),
          );
          execFileSync("mount", ["-o", "remount,size=20m", output]);
          const again = await cohortline(folder, [...words, "--skip-existing"]);
          assert.equal(again.code, 0, again.err);
          assert.equal(Object.keys(filesRecorded(output)).length, 4);
        } finally {
          execFileSync("umount", [output]);
        }
      });
    },
  );

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
