import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { prewarmWorker, takePrewarmedWorker } from "../../engine/sandbox/prewarmed-worker.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { problemsOf, studyOf } from "./temporary-workspace.ts";

const limits = { seconds: 30 };

describe("a sandbox thread that stands ready", () => {
  it("is for one study: the next one gets a thread of its own", async () => {
    prewarmWorker();
    const guest = await takePrewarmedWorker();
    assert.notEqual(guest, null);
    assert.equal(await takePrewarmedWorker(), null);
    await guest?.worker.terminate();
  });

  it("keeps nothing of one study for another", async () => {
    prewarmWorker();
    assert.equal(await studyOf("globalThis.left = 1; export const study = left;"), 1);
    assert.equal(await studyOf("export const study = typeof left;"), "undefined");
  });

  it("has the default limits, and so is not for a study with others", async () => {
    prewarmWorker();
    assert.equal(await studyOf("export const study = 2;", { limits }), 2);
    const guest = await takePrewarmedWorker();
    assert.notEqual(guest, null);
    await guest?.worker.terminate();
  });

  it("tells of a study that fails like every other", async () => {
    prewarmWorker();
    const [problem] = await problemsOf(`null.x; export const study = 1;`);
    assert.equal(problem?.code, "study-threw");
  });

  it("keeps no command from ending that runs no study", async () => {
    await inWorkspace({}, async (folder) => {
      const { code, signal } = await cohortline(folder, ["check", "--nonsense"]);
      assert.deepEqual([code, signal], [2, null]);
    });
  });
});
