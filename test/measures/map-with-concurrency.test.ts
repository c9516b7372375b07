import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { mapWithConcurrency } from "../../engine/measures/map-with-concurrency.ts";

/** Ends when `release` is called with its number. */
function gates(count: number) {
  const open = new Map<number, () => void>();
  const passed = Array.from(
    { length: count },
    (_, number) =>
      new Promise<void>((resolve) => {
        open.set(number, resolve);
      }),
  );
  return {
    pass: (number: number) => passed[number],
    release: (number: number) => open.get(number)?.(),
  };
}

describe("doing at most so many things at a time", () => {
  it("starts no more than the limit, the next as one ends, and keeps the order of results", async () => {
    const gate = gates(4);
    const started: number[] = [];
    const work = mapWithConcurrency(2, [0, 1, 2, 3], async (item) => {
      started.push(item);
      // Whoever starts last lets go first.
      if (started.length === 2) gate.release(1);
      if (started.length === 3) gate.release(2);
      if (started.length === 4) [3, 0].forEach(gate.release);
      await gate.pass(item);
      return `done ${item}`;
    });
    assert.deepEqual(started, [0, 1]);
    assert.deepEqual(await work, ["done 0", "done 1", "done 2", "done 3"]);
    assert.deepEqual(started, [0, 1, 2, 3]);
  });

  it("after a failure waits for what is under way, starts nothing more, and throws the failure", async () => {
    const gate = gates(1);
    const ended: number[] = [];
    const work = mapWithConcurrency(2, [0, 1, 2, 3], async (item) => {
      if (item === 1) {
        gate.release(0);
        throw new Error("broken");
      }
      await gate.pass(item);
      ended.push(item);
    });
    await assert.rejects(work, /broken/);
    assert.deepEqual(ended, [0]);
  });

  it("has nothing to do without items", async () => {
    assert.deepEqual(await mapWithConcurrency(3, [], () => Promise.reject(new Error("never"))), []);
  });
});
