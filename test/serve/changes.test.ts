import assert from "node:assert/strict";
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { lineDifference } from "../../engine/serve/line-difference.ts";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { git } from "../pipeline/git.ts";
import { programs } from "../pipeline/study-in.ts";
import { withServer } from "./serving.ts";

describe("the code of a run against the working tree", () => {
  it("is shown by files, and by lines where the commit holds what was run, but never a table's", async () => {
    const study = {
      ...programs({ a: { script: 'fs.writeFileSync("a.txt", "1");', moderate: "a.txt" } }),
      "analysis/lookup.csv": "patient_id,name\n1,old\n",
    };
    await inWorkspace(study, async (folder) => {
      git(folder, "init", "-q");
      git(folder, "add", "analysis", "project.yaml");
      git(folder, "commit", "-q", "-m", "first");
      await cohortline(folder, ["run", "a", "--local-tools", "--quiet"]);
      const { out } = await cohortline(folder, ["show", "--json"]);
      const ran = JSON.parse(out) as { readonly run: RunRecord };
      const { run } = ran;
      await withServer(folder, [], async ({ ask }) => {
        const page = `/runs/${run.id}/changes`;
        assert.match((await ask(page)).text, /All code is as it was run/);
        appendFileSync(join(folder, "analysis/a.js"), "// <b>new</b>\n");
        writeFileSync(join(folder, "analysis/lookup.csv"), "patient_id,name\n1,MarkOfOne\n");
        writeFileSync(join(folder, "analysis/b.js"), "");
        const { text } = await ask(page);
        assert.match(text, /analysis\/a\.js<\/code> changed/);
        assert.match(text, /<ins>\+ \/\/ &lt;b&gt;new&lt;\/b&gt;<\/ins>/);
        assert.match(text, /analysis\/b\.js<\/code> is new/);
        assert.match(text, /analysis\/lookup\.csv<\/code> changed/);
        assert.doesNotMatch(text, /MarkOfOne/);
        assert.match(text, /No previous run/);
        await cohortline(folder, ["run", "a", "--local-tools", "--quiet"]);
        const later = JSON.parse((await cohortline(folder, ["show", "--json"])).out) as typeof ran;
        const between = (await ask(`/runs/${later.run.id}/changes`)).text;
        assert.match(between, /All code is as it was run[^]*From run 1 to this one/);
        assert.match(between, /<ins>\+ \/\/ &lt;b&gt;new&lt;\/b&gt;<\/ins>/);
        assert.doesNotMatch(between, /MarkOfOne/);
      });
    });
  });

  it("keeps the lines that both have, in their order, and three around each difference", () => {
    const told = (before: string, after: string): string =>
      (lineDifference(before.replaceAll(" ", "\n"), after.replaceAll(" ", "\n")) ?? [])
        .map(
          ({ kind, text }) =>
            `${{ same: "", removed: "-", added: "+", "left out": "…" }[kind]}${text}`,
        )
        .join(" ");
    assert.equal(told("a b c", "a b c"), "…");
    assert.equal(told("a b c", "a x c"), "a -b +x c");
    assert.equal(told("a b c", "b c d"), "-a b c +d");
    assert.equal(told("1 2 3 4 5 6 7 8 9", "1 2 3 4 5 6 7 8 10"), "… 6 7 8 -9 +10");
    assert.equal(told("", "a"), "- +a");
    const [long, other] = ["a", "b"].map((letter) => `${letter} `.repeat(3000));
    assert.equal(
      lineDifference((long ?? "").replaceAll(" ", "\n"), (other ?? "").replaceAll(" ", "\n")),
      null,
    );
  });
});
