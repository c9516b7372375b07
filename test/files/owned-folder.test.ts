import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { openRecords } from "../../engine/backend/connect.ts";
import { ownerToken, thisOwner } from "../../engine/files/owner.ts";
import {
  makeOwnedFolder,
  makeTemporaryFolder,
  ownedFolders,
  sweepOwnedFolders,
} from "../../engine/files/owned-folder.ts";
import { problemOf } from "../table/problem-of.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

const scratch = scratchFolder();

describe("a folder that must not outlive its process", () => {
  it("is for its owner alone, stays while its process lives, and goes when that is gone", () => {
    const below = join(scratch, "a");
    mkdirSync(below);
    const mine = makeOwnedFolder(below);
    assert.equal(statSync(mine.path).mode & 0o777, 0o700);
    const gone = { ...thisOwner(), process: 999_999_999 };
    const left = join(below, `cohortline-${ownerToken(gone)}-${"0".repeat(16)}`);
    mkdirSync(left);
    writeFileSync(join(left, "input.csv"), "1");
    const other = join(below, "cohortline-notes");
    mkdirSync(other);
    sweepOwnedFolders(below);
    assert.deepEqual([mine.path, left, other].map(existsSync), [true, false, true]);
    mine.remove();
    assert.deepEqual(readdirSync(below), ["cohortline-notes"]);
  });

  const refused: readonly (readonly [folder: string, why: string])[] = [
    [join(scratch, "nowhere"), "does not exist"],
    [join(scratch, "file"), "is no folder"],
  ];
  for (const [folder, why] of refused) {
    it(`is a problem with its way out where the temporary folder ${why}`, async () => {
      writeFileSync(join(scratch, "file"), "");
      const told = await problemOf(() => makeTemporaryFolder(folder));
      assert.equal(
        told,
        `no-temporary-folder: The folder for temporary files, "${folder}", ${why}`,
      );
    });
  }

  it("is the place where a database spills what does not fit in memory", async () => {
    const records = join(scratch, "records");
    mkdirSync(records);
    writeFileSync(join(records, "Patient.csv"), "Patient_ID\n1\n");
    const mine = () => ownedFolders(tmpdir()).filter(({ owner }) => owner.process === process.pid);
    const opened = await openRecords(`duckdb:${records}`, records);
    assert.equal(mine().length, 1);
    await opened.session.close();
    assert.equal(mine().length, 0);
  });
});
