import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileSha256 } from "../../engine/files/file-sha256.ts";
import { withFolderLock } from "../../engine/files/folder-lock.ts";
import { inStudy, smallPipeline } from "../pipeline/study-in.ts";
import { codesOf, dummy, FILE, inMeasured, oneMonth, study } from "./measured-workspace.ts";
import { cohortline, contentsOf, inWorkspace } from "./workspace.ts";

const held = { doing: "generate_cohort", since: "2026-01-01T00:00:00.000Z" };

async function everyFileIsRecorded(output: string): Promise<void> {
  const { files } = JSON.parse(readFileSync(join(output, "cohortline.manifest.json"), "utf8")) as {
    files: Record<string, { sha256: string }>;
  };
  const names = readdirSync(output).filter((name) => name !== "cohortline.manifest.json");
  assert.deepEqual(Object.keys(files).sort(), names.sort());
  for (const name of names) assert.equal(await fileSha256(join(output, name)), files[name]?.sha256);
}

describe("an output folder", () => {
  it("has a record of every file when commands are started in it at once", async () => {
    await inWorkspace({ [FILE]: study() }, async (folder) => {
      const months = ["01", "02", "03", "04"];
      const words = months.map((month) => dummy(30, ...oneMonth(month)));
      const ended = await Promise.all(words.map((each) => cohortline(folder, each)));
      const done = months.filter((_, i) => ended[i]?.code === 0);
      assert.ok(done.length > 0);
      for (const each of ended.filter(({ code }) => code !== 0)) {
        assert.deepEqual(codesOf(each), ["folder-locked"]);
      }
      const output = join(folder, "output");
      assert.deepEqual(
        readdirSync(output).filter((name) => name.startsWith("input_")),
        done.map((month) => `input_2020-${month}-01.csv`),
      );
      await everyFileIsRecorded(output);
    });
  });

  it("is one command's: another one waits a moment, says whose it is, and writes nothing", async () => {
    await inMeasured(async (folder) => {
      const output = join(folder, "output");
      await withFolderLock(output, held, async () => {
        const before = contentsOf(output);
        const words = [dummy(31), ["generate_measures"]];
        for (const ended of await Promise.all(words.map((each) => cohortline(folder, each)))) {
          assert.deepEqual([ended.code, codesOf(ended)], [1, ["folder-locked"]]);
          assert.match(
            ended.err,
            new RegExp(
              `generate_cohort is at work in ".*output": process ${process.pid} on .*2026`,
            ),
          );
        }
        assert.deepEqual(contentsOf(output), before);
      });
      assert.equal((await cohortline(folder, ["generate_measures"])).code, 0);
      await everyFileIsRecorded(output);
    });
  });

  it("gets no outputs of an action meanwhile, and what was made is kept aside for the next run", async () => {
    await inStudy(smallPipeline, async ({ folder, run }) => {
      const output = join(folder, "output");
      mkdirSync(output);
      await withFolderLock(output, held, async () => {
        const { jobs } = await run(["generate_cohorts"]);
        assert.match(jobs[0]?.message ?? "", /^generate_cohort is at work in ".*output"/);
        assert.deepEqual(readdirSync(output), [".cohortline.lock"]);
      });
      const { jobs } = await run(["generate_cohorts"]);
      assert.equal(jobs[0]?.status, "succeeded");
      await everyFileIsRecorded(output);
    });
  });
});
