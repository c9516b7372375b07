import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";

const PAGES = ["CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "SECURITY.md"];
const SETTINGS = [
  ".gitignore",
  ".npmrc",
  ".oxfmtrc.json",
  ".prettierignore",
  ".prettierrc.json",
  "eslint.config.js",
  "package-lock.json",
  "package.json",
  "tsconfig.json",
];
const ROOMS = [".ci", "bench", "engine", "fixtures", "study-definitions", "test"];

describe("the top level", () => {
  it("keeps only pages, settings and rooms that are known: nothing that a run left behind", () => {
    const kept = execFileSync("git", ["ls-files", "-z"], { encoding: "utf8" }).split("\0");
    const top = new Set(kept.filter((path) => path !== "").map((path) => path.split("/")[0]));
    assert.deepEqual([...top].sort(), [...PAGES, ...SETTINGS, ...ROOMS].sort());
  });
});
