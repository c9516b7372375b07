import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { partialPathFor } from "../../engine/files/partial-files.ts";
import { alone, cohortline, contentsOf, inWorkspace, smallWorkspace, start } from "./workspace.ts";
import type { Files } from "./workspace.ts";
import { withoutMarks } from "./without-marks.ts";

const cohorts = [
  "generate_cohort",
  "--expectations-population=3000",
  "--index-date-range=2020-01-01 to 2020-06-01 by month",
];

function measures(workers: number): string[] {
  return ["generate_measures", `--workers=${workers}`];
}

/** The whole job in surroundings of its own; gives every file it leaves. */
function job(environment: Readonly<Record<string, string>>, workers: number): Promise<Files> {
  return inWorkspace(smallWorkspace, async (folder) => {
    assert.equal((await alone(folder, cohorts, environment)).code, 0);
    assert.equal((await alone(folder, measures(workers), environment)).code, 0);
    return withoutMarks(contentsOf(folder));
  });
}

describe("the same study and seed", () => {
  it("give the same bytes in any time zone and locale, with 1, 2 or 8 workers", async () => {
    const reference = await job({ TZ: "UTC", LANG: "C" }, 1);
    assert.ok(Object.keys(reference).length > 20);
    const others = [
      job({ TZ: "Pacific/Kiritimati", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" }, 2),
      job({ TZ: "America/Sao_Paulo" }, 8),
    ];
    for (const other of await Promise.all(others)) assert.deepEqual(other, reference);
  });

  it("give the same bytes after being killed at any moment and run again", async () => {
    const reference = await job({}, 2);
    await inWorkspace(smallWorkspace, async (folder) => {
      await killedNowAndThen(folder, [...cohorts, "--skip-existing"]);
      await killedNowAndThen(folder, [...measures(2), "--skip-existing"]);
      assert.deepEqual(withoutMarks(contentsOf(folder)), reference);
    });
  });

  it("leave nothing in metadata/ of a command that was killed while it wrote there", () =>
    inWorkspace(smallWorkspace, async (folder) => {
      const left = basename(partialPathFor("key")).replace(/-\d+-/, "-999999999-");
      mkdirSync(join(folder, "metadata"), { mode: 0o700 });
      writeFileSync(join(folder, "metadata", left), "half a key");
      for (const words of [cohorts, measures(1)])
        assert.equal((await cohortline(folder, words)).code, 0);
      assert.deepEqual(readdirSync(join(folder, "metadata")).sort(), [
        ".gitignore",
        "cohort-marks.key",
      ]);
    }));
});

/** Kills the command later and later, with jitter from the run itself, then lets it end. */
async function killedNowAndThen(folder: string, words: readonly string[]): Promise<void> {
  let killed = 0;
  for (let delay = 150; delay < 900; delay += 90 + Math.round(performance.now() % 37)) {
    const { process: child, ended } = start(folder, words);
    const timer = setTimeout(() => child.kill("SIGKILL"), delay);
    const { code, signal } = await ended;
    clearTimeout(timer);
    if (signal === "SIGKILL") killed++;
    else assert.equal(code, 0);
    for (const name of Object.keys(contentsOf(folder))) {
      assert.ok(!/^output\/(input|measure)_.*(?<!\.csv)$/.test(name), `half a file: ${name}`);
    }
  }
  assert.ok(killed > 0, "nothing was killed");
  assert.equal((await cohortline(folder, words)).code, 0);
}
