import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { sourceFiles } from "./source-files.ts";

const all = ["engine", "bench", "test", "fixtures"].flatMap(sourceFiles);

describe("every source file", () => {
  it("stops at 300 lines", () => {
    const long = all
      .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
      .filter(({ lines }) => lines > 300);
    assert.deepEqual(long, []);
  });

  it("is named by what it is about, in kebab-case", () => {
    const drawers = /\/(utils?|helpers?|common|misc|types)(\.test)?\.ts$/;
    // A study's file has the name that authors give it.
    const wrong = all
      .map(({ path }) => path)
      .filter((path) => !/\/analysis\/study_definition\.ts$/.test(path))
      .filter((path) => drawers.test(path) || !/^[a-z0-9/.-]+$/.test(path));
    assert.deepEqual(wrong, []);
  });

  it("leaves no escape hatch and no unfinished mark", () => {
    const hatches =
      /\bas any\b|: any\b|@ts-ignore|@ts-expect-error|eslint-disable|\bTODO\b|\bFIXME\b/;
    const wrong = all
      .filter(({ path }) => path !== "test/house/files.test.ts")
      .filter(({ text }) => hatches.test(text))
      .map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  it("names no document that the project does not have", () => {
    const missing = /\bspec\/[a-z-]+\.md\b|\bdecisions\.md\b|\bdesign section\b/;
    const wrong = all
      .filter(({ path }) => path !== "test/house/files.test.ts")
      .filter(({ text }) => missing.test(text))
      .map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  it("makes a folder with those above it by the one helper that does not try for ever", () => {
    const wrong = all
      .filter(({ path }) => path.startsWith("engine/"))
      .filter(({ text }) => /\bmkdir(?:Sync)?\([^;]*recursive: true/.test(text))
      .map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  it("runs every test it holds", () => {
    const wrong = all
      .filter(({ path }) => path.endsWith(".test.ts") && !path.startsWith("test/house/"))
      .filter(({ text }) => /\.(only|skip|todo)\(/.test(text))
      .map(({ path }) => path);
    assert.deepEqual(wrong, []);
  });

  it("stands one level deep among the tests", () => {
    const deep = all
      .map(({ path }) => path)
      .filter((path) => /^test\/[^/]+\/.+\/.+\.test\.ts$/.test(path));
    assert.deepEqual(deep, []);
  });
});
