import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const root = join(import.meta.dirname, "../..");
const builds = (): readonly string[] =>
  readdirSync(root).filter((name) => name.startsWith(".built-tests-"));

describe("npm test", () => {
  it("fails when a test fails, and names the line of its source", () => {
    const before = builds();
    // Without this, Node takes a run inside a test for a mistake, and runs nothing.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const words = [
      "--import",
      "tsx",
      "test/harness/npm-test.ts",
      "test/harness/failing-example.ts",
    ];
    const { status, stdout } = spawnSync(process.execPath, [...words, "--test-reporter=tap"], {
      cwd: root,
      env,
      encoding: "utf8",
    });
    assert.equal(status, 1);
    assert.match(stdout, /^# pass 1$/m);
    assert.match(stdout, /^# fail 1$/m);
    assert.match(stdout, /test\/harness\/failing-example\.ts:9:1/);
    assert.match(stdout, /test\/harness\/failing-example\.ts:11:9/);
    const left = builds().filter((name) => !before.includes(name));
    assert.deepEqual(left, []);
  });
});
