/** What a program makes in its working folder, where patients' rows lie beside it, through the real command. */
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { programs } from "../pipeline/study-in.ts";
import { alone, inWorkspace } from "../commands/workspace.ts";

const made = 'fs.mkdirSync("output", { recursive: true });';
const files = programs({
  deep: {
    script: `${made} fs.writeFileSync("output/deep.txt", "a");
      for (let i = 0; i < 700; i++) { fs.mkdirSync("ffffffff"); process.chdir("ffffffff"); }
      fs.writeFileSync("rows.txt", "of patients");`,
    moderate: "output/deep.txt",
  },
  closed: {
    script: `${made} fs.writeFileSync("output/closed.txt", "a", { mode: 0o6777 });
      fs.chmodSync("output/closed.txt", 0o6777);
      fs.mkdirSync("shut/inner", { recursive: true });
      fs.writeFileSync(Buffer.from([...Buffer.from("shut/inner/"), 255, 254]), "of patients");
      fs.chmodSync("shut/inner", 0); fs.chmodSync("shut", 0);`,
    moderate: "output/closed.txt",
  },
  odd: {
    script: `${made} fs.writeFileSync(Buffer.from([...Buffer.from("output/o"), 255, 46, 116, 120, 116]), "a");
      fs.writeFileSync("output/o.txt", "a");`,
    moderate: "output/o*.txt",
  },
});

describe("a program's working folder", () => {
  it("is gone after it, however deep, closed or oddly named its folders are", async () => {
    await inWorkspace(files, async (folder) => {
      const temporary = join(folder, "tmp");
      mkdirSync(temporary);
      const run = (name: string) =>
        alone(folder, ["run", name, "--local-tools"], { TMPDIR: temporary });
      for (const name of ["deep", "closed"]) {
        const { code, err } = await run(name);
        assert.equal(code, 0, err);
        assert.deepEqual(readdirSync(temporary), [], name);
        assert.ok(existsSync(join(folder, `output/${name}.txt`)));
      }
      const { mode } = statSync(join(folder, "output/closed.txt"));
      assert.equal((mode & 0o7777).toString(8), "700", "no set-user-ID, nothing for others");
      const { code, err } = await run("odd");
      assert.equal(code, 1);
      assert.match(err, /Action odd made a file whose name is not UTF-8: "output\/o\ufffd\.txt"/);
      assert.deepEqual(readdirSync(temporary), []);
    });
  });
});
