import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const root = join(import.meta.dirname, "../..");
const page = readFileSync(join(root, "SECURITY.md"), "utf8");
const named = new Set(page.match(/\btest\/[\w/.-]+\.test\.ts/g) ?? []);

describe("SECURITY.md", () => {
  it("names tests that exist, for every sentence that it promises", () => {
    assert.deepEqual(
      [...named].filter((path) => !existsSync(join(root, path))),
      [],
    );
    const promised = page.slice(0, page.indexOf("## What is not promised"));
    const sentences = promised.split(/^- /m).slice(1);
    assert.ok(sentences.length >= 20);
    for (const sentence of sentences) assert.match(sentence, /`test\/[\w/.-]+\.test\.ts`/);
  });

  it("names every attack of our own", () => {
    const attacks = readdirSync(join(root, "test/attacks")).filter((name) =>
      name.endsWith(".test.ts"),
    );
    assert.deepEqual(
      attacks.filter((name) => !named.has(`test/attacks/${name}`)),
      [],
    );
  });

  it("stays a page, which the README leads to", () => {
    assert.ok(Buffer.byteLength(page) < 9216);
    assert.match(readFileSync(join(root, "README.md"), "utf8"), /\]\(SECURITY\.md\)/);
  });
});
