/** Which files of the built program are loaded, as Node itself records it: auditing is of audits alone. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace, smallWorkspace } from "../commands/workspace.ts";
import { dummy } from "../commands/measured-workspace.ts";

const dist = join(import.meta.dirname, "../../dist");

/** Built files with words that only `engine/audit/` has. */
const auditing = new Set(
  readdirSync(dist).filter(
    (name) =>
      name.endsWith(".js") &&
      /cannot have been printed by the rules of its measure/.test(
        readFileSync(join(dist, name), "utf8"),
      ),
  ),
);

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** Of those, which a command loads, in whichever of its threads. */
async function loadedBy(folder: string, words: readonly string[]): Promise<readonly string[]> {
  const told = join(folder, `loaded-${words[0] ?? ""}`);
  const { code, err } = await alone(folder, words, { NODE_V8_COVERAGE: told });
  assert.ok(code === 0 || code === 1, err);
  const reports = readdirSync(told).map((name) => readFileSync(join(told, name), "utf8"));
  const urls = reports.flatMap((text) =>
    (JSON.parse(text) as Coverage).result.map(({ url }) => url),
  );
  assert.ok(urls.some((url) => url.endsWith("/dist/cli.js")));
  return [...new Set(urls.map((url) => basename(url)))].filter((name) => auditing.has(name));
}

describe("what audits published measures", () => {
  it("is loaded by an audit, and by no command that makes or checks anything", async () => {
    assert.ok(auditing.size > 0);
    await inWorkspace(smallWorkspace, async (folder) => {
      const made = dummy(10, "--index-date-range", "2020-01-01");
      for (const words of [["check"], made, ["generate_measures"], ["--help"]])
        assert.deepEqual([words, await loadedBy(folder, words)], [words, []]);
      assert.notDeepEqual(await loadedBy(folder, ["audit"]), []);
    });
  });
});
