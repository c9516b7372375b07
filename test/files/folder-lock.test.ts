import assert from "node:assert/strict";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { FOLDER_LOCK, withFolderLock } from "../../engine/files/folder-lock.ts";
import { filesBelow } from "../../engine/pipeline/state/files-below.ts";
import { problemOf } from "../table/problem-of.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

const scratch = scratchFolder();
let folders = 0;

function newFolder(): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return folder;
}

const use = { doing: "generate_measures", since: "2026-01-01T00:00:00.000Z" };

describe("the lock of an output folder", () => {
  it("lets one command work after the other, and leaves nothing", async () => {
    const folder = newFolder();
    const seen: string[] = [];
    const work = (name: string) =>
      withFolderLock(folder, use, async () => {
        seen.push(`${name} begins`);
        await new Promise(setImmediate);
        seen.push(`${name} ends`);
      });
    await Promise.all([work("a"), work("b")]);
    assert.deepEqual(seen, ["a begins", "a ends", "b begins", "b ends"]);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("says who is at work when waiting was in vain", async () => {
    const folder = newFolder();
    await withFolderLock(folder, { ...use, doing: "generate_cohort" }, async () => {
      const told = await problemOf(() =>
        withFolderLock(folder, { ...use, patience: 0 }, () => Promise.resolve()),
      );
      const expected = `folder-locked: generate_cohort is at work in "${folder}": process ${process.pid} on `;
      assert.ok(told.startsWith(expected), told);
    });
  });

  it("is released when the work fails", async () => {
    const folder = newFolder();
    const bug = new Error("a bug");
    await assert.rejects(
      withFolderLock(folder, use, () => Promise.reject(bug)),
      bug,
    );
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is named where it is damaged, and is no file of the study", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, FOLDER_LOCK), "{}");
    const told = await problemOf(() =>
      withFolderLock(folder, { ...use, patience: 0 }, () => Promise.resolve()),
    );
    assert.match(told, /^lock-damaged: /);
    assert.deepEqual(filesBelow(folder), []);
  });
});
