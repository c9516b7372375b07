/** Studies are run side by side, and told of in their order. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { runAhead } from "../../engine/commands/studies/run-ahead.ts";

/** Work that ends when it is said to. */
function work() {
  const started: number[] = [];
  const ends = new Map<number, (failure?: Error) => void>();
  const run = (item: number): Promise<string> => {
    started.push(item);
    return new Promise((resolve, reject) => {
      ends.set(item, (failure) => {
        if (failure === undefined) resolve(`result ${item}`);
        else reject(failure);
      });
    });
  };
  return { started, run, end: (item: number, failure?: Error) => ends.get(item)?.(failure) };
}

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe("work that is run ahead", () => {
  it("begins when it is asked for, never more at once than it may, and gives results in order", async () => {
    const { started, run, end } = work();
    const result = runAhead([0, 1, 2, 3], 2, run);
    assert.deepEqual(started, []);
    const first = result(0);
    assert.deepEqual(started, [0, 1]);
    end(1);
    await turn();
    assert.deepEqual(started, [0, 1, 2]);
    end(0);
    assert.equal(await first, "result 0");
    assert.deepEqual(started, [0, 1, 2, 3]);
    assert.equal(await result(1), "result 1");
    for (const item of [2, 3]) {
      end(item);
      assert.equal(await result(item), `result ${item}`);
    }
  });

  it("goes on after a failure, which whoever asks for that result hears", async () => {
    const { run, end, started } = work();
    const result = runAhead([0, 1, 2], 1, run);
    const first = result(0);
    end(0, new Error("failed"));
    await assert.rejects(first, /failed/);
    assert.deepEqual(started, [0, 1]);
    end(1, new Error("failed too"));
    await turn();
    end(2);
    await assert.rejects(result(1), /failed too/);
    assert.equal(await result(2), "result 2");
  });
});
