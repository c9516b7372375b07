import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { problemCatalogue } from "../../engine/base/catalogue/index.ts";
import { sourceFiles } from "./source-files.ts";

const codes = Object.entries(problemCatalogue);
const code = sourceFiles("engine").filter(({ path }) => !path.startsWith("engine/base/catalogue/"));

describe("every problem code", () => {
  it("is raised somewhere", () => {
    const idle = codes
      .map(([name]) => name)
      .filter((name) => !code.some(({ text }) => text.includes(`"${name}"`)));
    assert.deepEqual(idle, []);
  });

  it("stands in the list of problems with its exit code", () => {
    const list = readFileSync(
      join(import.meta.dirname, "../../engine/base/catalogue/README.md"),
      "utf8",
    );
    const missing = codes
      .filter(
        ([name, { exitCode }]) => !new RegExp(`\\| \`${name}\` +\\| ${exitCode} +\\|`).test(list),
      )
      .map(([name]) => name);
    assert.deepEqual(missing, []);
    const listed = [...list.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, name]) => name ?? "");
    assert.deepEqual(
      listed.filter((name) => !Object.hasOwn(problemCatalogue, name)),
      [],
    );
  });

  it("is declared once", () => {
    const declared = sourceFiles("engine/base/catalogue").flatMap(({ text }) =>
      [...text.matchAll(/^ {2}"?([a-z0-9-]+)"?: kind/gm)].map(([, name]) => name ?? ""),
    );
    assert.deepEqual(
      declared.filter((name, i) => declared.indexOf(name) !== i),
      [],
    );
  });
});
