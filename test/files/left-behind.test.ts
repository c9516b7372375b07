import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { lifeOf, ownerToken, parseOwner, thisOwner } from "../../engine/files/owner.ts";
import type { Life, Owner } from "../../engine/files/owner.ts";
import { partialPathFor } from "../../engine/files/partial-files.ts";
import { sweepPartials } from "../../engine/files/sweep-partials.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

const scratch = scratchFolder();
let folders = 0;

function newFolder(): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return folder;
}

const here = thisOwner();
const elsewhere = "0123456789ab";
const hasProc = existsSync("/proc/self/stat");

describe("the owner of a file that must not outlive its process", () => {
  const owners: readonly (readonly [words: string, owner: Partial<Owner>, life: Life])[] = [
    ["is alive while its process runs", {}, "alive"],
    ["is dead when there is no such process", { process: 999_999_999 }, "dead"],
    [
      "is unknown where its process is in another container or machine",
      { place: elsewhere },
      "unknown",
    ],
    ["is dead if it says a group of processes, 0", { process: 0 }, "dead"],
    ["is dead if it says all processes, -1", { process: -1 }, "dead"],
  ];
  for (const [words, owner, life] of owners) {
    it(words, () => {
      assert.equal(lifeOf({ ...here, ...owner }), life);
    });
  }

  it(
    "is dead when its number belongs to a process born later",
    { skip: hasProc ? false : "this system does not tell when a process was born" },
    () => {
      assert.equal(lifeOf({ ...here, born: here.born - 1 }), "dead");
    },
  );

  it("is the same after it was written into a name", () => {
    assert.deepEqual(parseOwner(ownerToken(here)), here);
    for (const not of ["", "1-2-3", `1-2-${"g".repeat(12)}`, `x${ownerToken(here)}`]) {
      assert.equal(parseOwner(not), null);
    }
  });
});

describe("what a folder has of partial files", () => {
  /** Name and whether it was last changed two days ago. */
  async function swept(name: string, old: boolean): Promise<boolean> {
    const folder = newFolder();
    const file = join(folder, name);
    writeFileSync(file, "1");
    if (old) utimesSync(file, Date.now() / 1000 - 172_800, Date.now() / 1000 - 172_800);
    await sweepPartials(folder);
    const left = readdirSync(folder);
    assert.ok(left.length < 2, "asking for the time leaves nothing");
    return left.length === 0;
  }
  const mine = basename(partialPathFor("x"));
  const names = {
    mine,
    dead: mine.replace(/-\d+-/, "-999999999-"),
    elsewhere: mine.replace(here.place, elsewhere),
    earlier: `.cohortline-7-${"0".repeat(32)}.partial`,
    authors: "a.partial",
  };
  const rows: readonly (readonly [keyof typeof names, old: boolean, swept: boolean])[] = [
    ["mine", false, false],
    ["mine", true, false],
    ["dead", false, true],
    ["elsewhere", false, false],
    ["elsewhere", true, true],
    ["earlier", false, false],
    ["earlier", true, true],
    ["authors", true, false],
  ];
  for (const [whose, old, isSwept] of rows) {
    const age = old ? "two days old" : "new";
    it(`is ${isSwept ? "removed" : "kept"} if it is ${whose} and ${age}`, async () => {
      assert.equal(await swept(names[whose], old), isSwept);
    });
  }
});
