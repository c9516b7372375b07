import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Files } from "../commands/workspace.ts";
import { inServedRun } from "./served-run.ts";

const MARK = `"'><script>alert(1)</script><img src=x onerror=alert(2)>`;

/** Markup in the name of an action, of an output's label and of a file, in a command, a cell and a page's text. */
const hostile: Files = {
  "analysis/a.js": `const fs = require("node:fs");
fs.writeFileSync(process.argv[2], ${JSON.stringify(`${MARK},b\n${MARK},2\n`)});
console.log(${JSON.stringify(MARK)});`,
  "project.yaml": `version: 5
actions:
  ${JSON.stringify(`act${MARK.replaceAll("/", "")}`)}:
    run: ${JSON.stringify(`node:v1 node analysis/a.js "out<b>&.csv" '${MARK.replaceAll("'", "")}'`)}
    outputs:
      moderately_sensitive:
        ${JSON.stringify(MARK)}: ${JSON.stringify("out<b>&.csv")}
`,
};

describe("a served study with markup in every name", () => {
  it("shows it as text on every page, and its addresses lead to what they say", async () => {
    await inServedRun([], hostile, async ({ ask }, { run }) => {
      assert.equal(run.status, "succeeded");
      const first = await ask("/");
      const start = /href="(\/start\?[^"]*)"/.exec((await ask("/start")).text)?.[1] ?? "";
      const look = /href="(\/runs\/\w+\/outputs\/\w+)"/.exec((await ask(`/runs/${run.id}`)).text);
      const pages = [
        first,
        await ask(start.replaceAll("&amp;", "&")),
        await ask(`/runs/${run.id}`),
        await ask(`/runs/${run.id}/pictures`),
        await ask(look?.[1] ?? ""),
        await ask(`/search?for=${encodeURIComponent("script")}`),
        await ask(`/?with=${encodeURIComponent(MARK)}&status=${encodeURIComponent(MARK)}`),
        await ask(`/nothing/${encodeURIComponent(MARK)}`),
      ];
      for (const { text, status } of pages) {
        assert.doesNotMatch(text, /<script>|<img src=x|<b>&/);
        assert.ok([200, 404].includes(status));
      }
      assert.deepEqual(
        pages.map(({ status }) => status),
        [...Array.from({ length: 7 }, () => 200), 404],
      );
      assert.match(pages[1]?.text ?? "", /This would run[\s\S]*act&quot;&#39;&gt;&lt;script&gt;/);
      assert.match(pages[4]?.text ?? "", /<td><bdi>&quot;&#39;&gt;&lt;script&gt;/);
      assert.match(pages[5]?.text ?? "", /action=act%22/);
    });
  });
});
