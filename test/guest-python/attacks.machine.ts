/**
 * What hostile actions in Python try, in the real sandbox: needs Node 24 and `cohortline tools install python`.
 * `npm run test:sandbox`.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { alone, inWorkspace, start } from "../commands/workspace.ts";
import type { Files } from "../commands/workspace.ts";
import { actions, notebookOf } from "./sandboxed-study.ts";

const attack = readFileSync(join(import.meta.dirname, "attack.py"), "utf8");

const given = {
  "analysis/given.py":
    'open("output/given.csv", "w").write("a\\n1\\n") if not __import__("os").makedirs("output") else 0\n',
};

interface Attacked {
  readonly outcomes: Readonly<Record<string, string>>;
  readonly seen: Readonly<Record<string, unknown>>;
}

async function run(
  files: Files,
  words: readonly string[],
  look: (folder: string, said: string) => void,
) {
  await inWorkspace(files, async (folder) => {
    const secret = { PATH: "/nowhere", SECRET: "of the machine", DATABASE_URL: "" };
    const { out, err } = await alone(folder, ["run", "--python", "sandbox", ...words], secret);
    look(folder, out + err);
  });
}

/** Waits until it is so; the test's own time limit ends what never comes. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Processes of guests whose requests lie below the folder; of the shell that becomes one, none. */
function guestsOf(folder: string): number {
  const commands = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      } catch {
        return [];
      }
    });
  return commands.filter(
    ([, , , program = "", request = ""]) =>
      program.endsWith("/guest-process.js") && request.startsWith(folder),
  ).length;
}

describe("an action in the sandbox that means harm", () => {
  it("reaches nothing of the machine, and changes nothing that it was given", async () => {
    const files = {
      ...given,
      "analysis/attack.py": attack,
      ...actions({
        given: { run: "python analysis/given.py", output: "output/given.csv" },
        attack: {
          run: "python analysis/attack.py",
          output: "output/attack.json",
          needs: ["given"],
        },
      }),
    };
    await run(files, ["attack"], (folder, said) => {
      assert.match(said, /Succeeded/, said);
      const { outcomes, seen } = JSON.parse(
        readFileSync(join(folder, "output/attack.json"), "utf8"),
      ) as Attacked;
      const reached = Object.entries(outcomes).filter(([, how]) => !how.startsWith("refused"));
      assert.deepEqual(reached, []);
      assert.ok(Object.keys(outcomes).length >= 36);
      assert.deepEqual(seen["top"], ["dev", "tmp", "usr", "workspace"]);
      assert.doesNotMatch(JSON.stringify(seen), /of the machine/);
      assert.equal(seen["door"], 3, "frames that mean nothing are answered with nothing");
      assert.equal(readFileSync(join(folder, "output/given.csv"), "utf8"), "a\n1\n");
      assert.equal(readFileSync(join(folder, "analysis/attack.py"), "utf8"), attack);
      assert.deepEqual(readdirSync(join(folder, "output")).sort(), ["attack.json", "given.csv"]);
      const log = readFileSync(join(folder, "metadata/attack.log"), "utf8");
      assert.ok(Math.max(...log.split("\n").map(({ length }) => length)) < 70_000);
    });
  });

  it("is stopped where it takes too much memory or calls too deep, and says which", async () => {
    const files = {
      "analysis/memory.py": "kept = []\nwhile True: kept.append(bytearray(50_000_000))\n",
      "analysis/deep.py":
        "import sys\nsys.setrecursionlimit(10**9)\ndef f(): return f() + 1\nf()\n",
      ...actions({
        memory: { run: "python analysis/memory.py", output: "a.csv" },
        deep: { run: "python analysis/deep.py", output: "b.csv" },
      }),
    };
    await run(files, ["memory", "deep", "--memory", "300M", "--continue-on-error"], (_, said) => {
      assert.match(said, /memory was stopped: it needed more memory than 300M/);
      assert.match(said, /deep was stopped: its functions call one another too deep/);
    });
  });

  it(
    "is stopped where it never ends, and killed with whoever runs it",
    { timeout: 60_000 },
    async () => {
      const files = {
        "analysis/loop.py": "open('started.csv', 'w').close()\nwhile True: pass\n",
        ...actions({ loop: { run: "python analysis/loop.py", output: "started.csv" } }),
      };
      await run(files, ["loop", "--timeout", "2"], (folder, said) => {
        assert.match(said, /loop was stopped: it took longer than 2 seconds/);
        assert.ok(!existsSync(join(folder, "started.csv")));
      });
      await inWorkspace(files, async (folder) => {
        const environment = { PATH: "/nowhere", DATABASE_URL: "", TMPDIR: folder };
        const running = start(folder, ["run", "--python", "sandbox", "loop"], environment);
        await until(() => guestsOf(folder) === 1);
        running.process.kill("SIGKILL");
        await until(() => guestsOf(folder) === 0);
      });
    },
  );

  it("is stopped where a cell never ends, and the page up to there is kept aside", async () => {
    const notebook = notebookOf(["print('before')", "while True: pass", "print('after')"]);
    const files = {
      "notebooks/n.ipynb": notebook,
      ...actions({
        n: {
          image: "jupyter",
          run: "jupyter nbconvert notebooks/n.ipynb --execute --to html --output-dir=output --ExecutePreprocessor.timeout=3",
          output: "output/n.html",
        },
      }),
    };
    await run(files, ["n"], (folder, said) => {
      assert.match(said, /n was stopped: cell 2 took longer than it may/);
      assert.ok(!existsSync(join(folder, "output/n.html")));
      const page = readFileSync(join(folder, "metadata/unfinished/n/output/n.html"), "utf8");
      assert.match(page, /before/);
      assert.match(page, /the cell was stopped/);
    });
  });
});
