/** Actions start from an image of a memory in which no action has run: `npm run test:sandbox`. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace } from "../commands/workspace.ts";
import { actions } from "./sandboxed-study.ts";

const bare = { PATH: "/nowhere", DATABASE_URL: "" };

/** Random numbers of every kind that a script may ask for. */
const CHANCE = `import json, random, sys, uuid
import numpy as np
drawn = [random.random(), np.random.rand(), float(np.random.default_rng().random()), str(uuid.uuid4())]
json.dump(drawn, open(sys.argv[1], "w"))
`;

describe("actions that start from an image", () => {
  it("have chance of their own, unless a seed says which", async () => {
    const run = (name: string) => ({
      run: `python analysis/chance.py ${name}.json`,
      output: `${name}.json`,
    });
    const files = { "analysis/chance.py": CHANCE, ...actions({ a: run("a"), b: run("b") }) };
    await inWorkspace(files, async (folder) => {
      const drawn = (name: string) =>
        JSON.parse(readFileSync(join(folder, `${name}.json`), "utf8")) as readonly unknown[];
      await alone(folder, ["run", "a", "b", "--python", "sandbox"], bare);
      for (const [i, value] of drawn("a").entries()) assert.notEqual(value, drawn("b")[i]);
      await alone(folder, ["run", "a", "b", "--python", "sandbox", "--seed", "7"], bare);
      assert.deepEqual(drawn("a"), drawn("b"));
    });
  });

  it("find the settings of charts that lie in their folder, and write at their end what they left open", async () => {
    const files = {
      matplotlibrc: "lines.linewidth: 7\n",
      "analysis/ends.py": `import atexit, zipfile
import matplotlib
kept = open("kept.txt", "w")
kept.write(str(matplotlib.rcParams["lines.linewidth"]))
packed = zipfile.ZipFile("packed.zip", "w")
packed.writestr("a", "b")
atexit.register(lambda: kept.write(" and at the end"))
`,
      ...actions({ ends: { run: "python analysis/ends.py", output: "kept.txt" } }),
    };
    await inWorkspace(files, async (folder) => {
      const { out, err } = await alone(folder, ["run", "ends", "--python", "sandbox"], bare);
      const kept = readFileSync(join(folder, "kept.txt"), "utf8");
      assert.equal(kept, "7.0 and at the end", out + err);
    });
  });
});
