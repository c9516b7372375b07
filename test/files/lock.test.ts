import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { takeLock } from "../../engine/files/lock.ts";
import type { Lock } from "../../engine/files/lock.ts";
import { problemOf } from "../table/problem-of.ts";
import { scratchFolder } from "../table/scratch-folder.ts";

const scratch = scratchFolder();
let folders = 0;

function newLock(): string {
  const folder = join(scratch, String(folders++));
  mkdirSync(folder);
  return join(folder, "lock.json");
}

const holding = {
  process: process.pid,
  host: hostname(),
  since: "2026-01-01T00:00:00.000Z",
  run: "this",
  wanted: ["a"],
};

const take = (file: string): Promise<string> =>
  problemOf(async () => Promise.resolve(takeLock(file, holding)));

describe("a lock", () => {
  it("is held by one at a time, and leaves nothing when it is released", async () => {
    const file = newLock();
    const lock = takeLock(file, holding);
    assert.match(await take(file), /^run-locked: .*has been running a since 2026/);
    lock.release();
    assert.deepEqual(readdirSync(join(file, "..")), []);
    takeLock(file, holding).release();
  });

  /** The lock that somebody held, changed; as if he had written it. */
  function held(change: Readonly<Record<string, unknown>>, days = 0): string {
    const file = newLock();
    takeLock(file, holding);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, JSON.stringify({ ...JSON.parse(text), run: "earlier", ...change }));
    const then = Date.now() / 1000 - days * 86_400;
    utimesSync(file, then, then);
    return file;
  }

  const left: readonly (readonly [words: string, file: () => string])[] = [
    ["a process that is gone", () => held({ process: 999_999_999 })],
    ["a number that belongs to a process born later", () => held({ born: "boot 1" })],
    [
      "a process elsewhere that gave no sign for a day",
      () => held({ place: "0".repeat(12), machine: "x" }, 2),
    ],
  ];
  for (const [words, file] of left) {
    it(`of ${words} is taken over, and says from which run`, () => {
      const lock: Lock = takeLock(file(), holding);
      assert.equal(lock.takenOverFrom, "earlier");
      lock.release();
    });
  }

  it("of a process elsewhere is kept while it gives signs of life", async () => {
    assert.match(await take(held({ place: "0".repeat(12), machine: "x" })), /^run-locked: /);
  });

  const whole = { ...holding, born: "", place: "0".repeat(12) };
  for (const damage of [
    "",
    "{}",
    "[]",
    "null",
    '{"process": 1',
    ...["0", "-1", "1.5", '"1"', "null"].map((pid) => `{"process": ${pid}}`),
    JSON.stringify({ ...whole, process: 0 }),
    JSON.stringify({ ...whole, process: -1 }),
    JSON.stringify({ ...whole, wanted: [3] }),
    JSON.stringify({ ...whole, host: null }),
  ]) {
    it(`that holds ${JSON.stringify(damage)} is named, with the way out`, async () => {
      const file = newLock();
      writeFileSync(file, damage);
      const told = await take(file);
      assert.match(told, /^lock-damaged: The lock ".*lock\.json" does not say who holds it/);
      assert.equal(readFileSync(file, "utf8"), damage);
    });
  }
});
