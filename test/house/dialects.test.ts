import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";

const engine = join(import.meta.dirname, "../../engine");

/** What asks a dialect for its name: to compare it, or to look something up by it. */
const asked =
  /dialect\.name\s*(?:===|!==|\))|\[[^\]]*dialect\.name\b|\(\s*(?:\w+\.)*dialect\.name\b/;

describe("what differs between kinds of databases", () => {
  it("is a member of the dialect: no code asks which dialect it has", () => {
    const found = readdirSync(engine, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .filter((file) => asked.test(readFileSync(join(engine, file), "utf8")));
    assert.deepEqual(found, []);
  });
});
