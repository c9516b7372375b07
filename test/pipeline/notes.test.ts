/** What people and the engine leave in a study makes no action stale; an edited example runs again. */
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { inStudy, programs } from "./study-in.ts";

const counting = programs({
  count: {
    script: 'fs.writeFileSync("n.json", fs.existsSync("terms.txt") ? "1" : "0")',
    moderate: "n.json",
  },
});

describe("a pipeline stays as it is", () => {
  it("after a report, a drawing, a log and a note", async () => {
    await inStudy(counting, async ({ folder, run, plan, ask, write }) => {
      await run(["run_all"]);
      await ask("report");
      assert.ok(existsSync(join(folder, "metadata/report-1.html")));
      await ask("report", [], { outputFile: "pages/run.html" });
      await ask("graph", [], { format: "svg", outputFile: "pages/graph.svg" });
      for (const path of ["notes.md", "todo.txt", "logs/run.log", "analysis/old.bak"]) {
        write(path, "a note\n");
      }
      assert.deepEqual(await plan(), ["count fresh"]);
    });
  });

  it("but not after a note that its code names, or a page of its own", async () => {
    await inStudy(counting, async ({ run, plan, write }) => {
      await run(["run_all"]);
      write("terms.txt", "a term\n");
      assert.deepEqual(await plan(), ["count stale: terms.txt is new"]);
      await run(["run_all"]);
      write("pages/template.html", "<p>{{ n }}</p>\n");
      assert.deepEqual(await plan(), ["count stale: pages/template.html is new"]);
    });
  });
});

/** Without actions of programs that this machine may not have, and those that need them. */
function cohortActionsOf(project: string): string {
  const [head = "", ...actions] = project.split(/(?=^ {2}\w+:\n)/m);
  let kept = actions.filter((action) => action.includes("run: cohortextractor:"));
  for (let before = 0; before !== kept.length;) {
    before = kept.length;
    const names = kept.map((action) => /\w+/.exec(action)?.[0] ?? "");
    kept = kept.filter((action) => needsOf(action).every((need) => names.includes(need)));
  }
  return [head, ...kept].join("");
}

function needsOf(action: string): readonly string[] {
  return /^ {4}needs: \[(.*)\]$/m.exec(action)?.[1]?.split(", ") ?? [];
}

describe("an example that is edited", () => {
  const examples = join(import.meta.dirname, "../../study-definitions");
  const folders = readdirSync(examples, { withFileTypes: true }).filter((each) =>
    each.isDirectory(),
  );
  for (const { name } of folders) {
    it(`runs again: ${name}`, async () => {
      await inStudy({}, async ({ folder, run, write, plan }) => {
        cpSync(join(examples, name), folder, { recursive: true });
        const read = (path: string): string => readFileSync(join(folder, path), "utf8");
        const short = cohortActionsOf(read("project.yaml"))
          .replace("to 2020-12-01", "to 2020-02-01")
          .replace("population_size: 1000", "population_size: 50");
        write("project.yaml", short);
        assert.equal((await run(["run_all"])).status, "succeeded");
        const study = readdirSync(join(folder, "analysis")).find((file) =>
          /^study_def.*\.(ts|py)$/.test(file),
        );
        const path = `analysis/${study ?? ""}`;
        writeFileSync(
          join(folder, path),
          `${read(path)}\n${path.endsWith(".py") ? "#" : "//"} edited\n`,
        );
        assert.equal((await run(["run_all"])).status, "succeeded");
        assert.ok((await plan()).every((line) => line.endsWith(" fresh")));
      });
    });
  }
});
