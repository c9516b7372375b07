import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "node:test";
import { cohortline, inWorkspace } from "../commands/workspace.ts";
import { programs } from "../pipeline/study-in.ts";
import { withServer } from "./serving.ts";
import type { Serving } from "./serving.ts";

/** Goes on until somebody ends it. */
const waiting = `console.log("it has begun"); setInterval(() => undefined, 1000);`;

const study = programs({
  first: { script: 'fs.writeFileSync("first.txt", "done");', moderate: "first.txt" },
  second: {
    script: 'console.log("a line of the log"); fs.writeFileSync("second.txt", "done");',
    needs: ["first"],
    moderate: "second.txt",
  },
  endless: { script: waiting, moderate: "endless.txt" },
});

describe("a run that is started from a page", () => {
  it("runs what was chosen, tells its page of every state and ends as a record like any other", async () => {
    await inWorkspace(study, async (folder) => {
      await withServer(folder, ["--local-tools"], async (serving) => {
        const plan = await serving.ask("/start?action=second");
        assert.match(plan.text, /This would run.*first.*second/s);
        assert.equal(existsSync(join(folder, "metadata/runs")), false);
        const page = await started(serving, "second");
        await untilEnded(serving, page);
        const { text } = await serving.ask(page);
        assert.match(text, /<p class="status succeeded">Succeeded/);
        assert.match(text, /href="\/runs\/\w+\/outputs\/\w+">second\.txt/);
        assert.equal(readFileSync(join(folder, "second.txt"), "utf8"), "done");
        const logs = [...text.matchAll(/href="(\/runs\/\w+\/logs\/\w+)"/g)].map(
          ([, at]) => at ?? "",
        );
        assert.match((await serving.ask(logs[1] ?? "")).text, /a line of the log\n[^]*JOB SUMMARY/);
        appendFileSync(join(folder, "metadata/second.log"), "MarkOfOne");
        const changed = await serving.ask(logs[1] ?? "");
        assert.equal(changed.status, 410);
        assert.doesNotMatch(changed.text, /MarkOfOne/);
        assert.equal((await serving.ask(`${logs[1] ?? ""}x`)).status, 404);
        assert.match((await cohortline(folder, ["runs"])).out, /^ +1 .*Succeeded.*second/);
        assert.match((await serving.ask("/")).text, /<td>fresh|fresh<\/td>/);
      });
    });
  });

  it("shows its log while it goes on, keeps a second run from starting, and can be cancelled", async () => {
    await inWorkspace(study, async (folder) => {
      await withServer(folder, ["--local-tools"], async (serving) => {
        const page = await started(serving, "endless");
        const log = await serving.event(`${page}/events`, "part", (data) =>
          data.includes("it has begun"),
        );
        assert.match(log, /Running for/);
        const second = await serving.send("/runs", { action: "first", data: "dummy" });
        assert.equal(second.status, 409);
        assert.match(second.text, /Run 1 is still on/);
        const elsewhere = await cohortline(folder, ["run", "first", "--local-tools"]);
        assert.match(elsewhere.err, /run-locked/);
        assert.equal((await serving.send(`${page}/cancel`, {})).status, 303);
        await untilEnded(serving, page);
        assert.match((await serving.ask(page)).text, /Interrupted.*Cancelled by user/s);
        assert.equal((await serving.send(`${page}/cancel`, {})).status, 409);
        assert.equal(readdirSync(join(folder, "metadata/runs")).length, 1);
      });
    });
  });

  it("ends with the server, as Ctrl-C ends a run on the terminal", async () => {
    await inWorkspace(study, async (folder) => {
      await withServer(folder, ["--local-tools"], async (serving) => {
        const page = await started(serving, "endless");
        await serving.event(`${page}/events`, "part", (data) => data.includes("it has begun"));
        assert.equal((await serving.stop()).code, 130);
        assert.match((await cohortline(folder, ["show"])).out, /Interrupted/);
      });
    });
  });

  it("is refused with the reason where it cannot begin, and the pages go on", async () => {
    await inWorkspace(study, async (folder) => {
      await withServer(folder, ["--local-tools"], async (serving) => {
        const unknown = await serving.send("/runs", { action: "sekond", data: "dummy" });
        assert.equal(unknown.status, 404);
        assert.match(unknown.text, /second/);
        writeFileSync(join(folder, "project.yaml"), 'version: "3.0"\nactions:\n\tbad: 1\n');
        const { status, text } = await serving.ask("/");
        assert.equal(status, 200);
        assert.match(text, /cannot be run as it stands.*project\.yaml:3.*Tabs are not allowed/s);
        assert.equal((await serving.ask("/start")).status, 422);
        assert.equal((await serving.ask("/runs/abcdefgh")).status, 404);
        const used = await serving.nextLine();
        assert.match(used, /http:\/\/127\.0\.0\.1:\d+\/open\/[\w-]{43}$/);
        assert.equal((await serving.stop()).code, 0);
      });
    });
  });
});

async function started(serving: Serving, action: string): Promise<string> {
  const { status, headers } = await serving.send("/runs", { action, data: "dummy" });
  assert.equal(status, 303);
  return headers.location ?? "";
}

/** Whoever looks too late is told at once. */
async function untilEnded({ ask, event }: Serving, page: string): Promise<void> {
  if (/class="status running"/.test((await ask(page)).text)) {
    await event(`${page}/events`, "changed", () => true);
  }
}
