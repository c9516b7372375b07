/** What a person sees where a study, its records, the machine or a database is not as it should be. */
import assert from "node:assert/strict";
import { existsSync, lstatSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { describe, it } from "node:test";
import { cohortline, inWorkspace, start } from "../commands/workspace.ts";
import { programs } from "../pipeline/study-in.ts";
import { measuredStudy } from "./measured-study.ts";
import { inServedRun } from "./served-run.ts";
import { withServer } from "./serving.ts";
import type { Serving } from "./serving.ts";

const study = programs({ a: { script: 'fs.writeFileSync("a.txt", "1");', moderate: "a.txt" } });

describe("a server of a study", () => {
  it("says what is wrong with a record or a project.yaml, where, and shows all else", async () => {
    await inServedRun([], study, async ({ ask }, { run, folder }) => {
      writeFileSync(join(folder, `metadata/runs/${"b".repeat(16)}.json`), "{");
      const damaged = await ask(`/runs/${"b".repeat(16)}`);
      const first = await ask("/");
      for (const { text } of [first, damaged]) {
        assert.match(text, /metadata\/runs\/b{16}\.json[^]*cannot be read[^]*record-unreadable/);
      }
      assert.deepEqual([first.status, damaged.status], [200, 422]);
      assert.match(first.text, new RegExp(`/runs/${run.id}`));
      rmSync(join(folder, "project.yaml"));
      const without = await ask("/");
      assert.match(without.text, /cannot be run as it stands[^]*project-missing/);
      assert.match(without.text, new RegExp(`/runs/${run.id}`));
      assert.equal((await ask("/start")).status, 404);
      assert.equal((await ask(`/runs/${run.id}`)).status, 200);
      assert.equal((await ask(`/search?for=a`)).status, 200);
    });
  });

  it("shows in its run why a study does not load or a database does not answer, without its password", async () => {
    await inWorkspace(measuredStudy, async (folder) => {
      const url = "mssql://reader:Secret5@127.0.0.1:1/records";
      await withServer(folder, ["--database-url", url], async (serving) => {
        const { text } = await serving.ask("/start?action=generate_cohorts");
        assert.match(text, /value="database"/);
        const waiting = await started(serving, "database");
        const silent = await serving.event(`${waiting}/events`, "part", (data) =>
          data.includes("no connection (ECONNREFUSED)"),
        );
        await serving.send(`${waiting}/cancel`, {});
        await ended(serving, waiting);
        writeFileSync(join(folder, "analysis/study_definition.ts"), "export default {;\n");
        const broken = await ended(serving, await started(serving, "dummy"));
        assert.match(broken, /<p class="status failed">/);
        assert.match(broken, /analysis\/study_definition\.ts:1:17: .*study-syntax-error/);
        for (const page of [text, silent, broken]) assert.doesNotMatch(page, /Secret5/);
      });
    });
  });

  it("lets a hundred pages wait for events, and takes another one once one is closed", async () => {
    await inWorkspace(study, (folder) =>
      withServer(folder, [], async ({ hold, ask }) => {
        const held = await Promise.all(Array.from({ length: 100 }, () => hold("/events")));
        assert.ok(held.every(({ status }) => status === 200));
        const refused = await ask("/events");
        assert.equal(refused.status, 503);
        assert.match(refused.text, /Too many pages are open/);
        held[0]?.close();
        for (let status = 503; status === 503;) {
          const next = await hold("/events");
          status = next.status;
          next.close();
        }
      }),
    );
  });

  it("offers the next port for one that is taken, and says why it cannot listen", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as AddressInfo;
    await inWorkspace({ ...study, "there.sock": "" }, async (folder) => {
      const taken = await cohortline(folder, ["serve", "--port", String(port)]);
      assert.equal(taken.code, 1);
      const [, next] =
        /is taken by another program[^]*cohortline serve --port (\d+)/.exec(taken.err) ?? [];
      assert.ok(Number(next) > port && Number(next) <= port + 20, taken.err);
      const nowhere = await cohortline(folder, ["serve", "--socket", "nowhere/x.sock"]);
      assert.match(nowhere.err, /Cannot listen on \S*nowhere\/x\.sock: \w+ \[port-refused\]/);
      const there = await cohortline(folder, ["serve", "--socket", "there.sock"]);
      assert.match(there.err, /already something at \S*there\.sock \[socket-taken\]/);
    });
    other.close();
  });

  it("listens on a socket that only its owner opens, and takes it away in the end", async () => {
    await inWorkspace(study, async (folder) => {
      const socketPath = join(folder, "own.sock");
      const { process: child, ended } = start(folder, ["serve", "--socket", "own.sock"]);
      const lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]();
      const told = [String((await lines.next()).value), String((await lines.next()).value)];
      assert.match(told[0] ?? "", /ssh -L \d+:\S+own\.sock/);
      const found = lstatSync(socketPath);
      assert.ok(found.isSocket());
      assert.equal(found.mode & 0o777, 0o600);
      const { pathname } = new URL(/http:\S+/.exec(told[1] ?? "")?.[0] ?? "");
      const opened = await statusThrough(socketPath, pathname);
      assert.equal(opened, 200);
      assert.equal(await statusThrough(socketPath, "/"), 403);
      child.kill("SIGINT");
      assert.equal((await ended).code, 0);
      assert.equal(existsSync(socketPath), false);
    });
  });
});

async function started({ send }: Serving, data: string): Promise<string> {
  const { headers } = await send("/runs", { action: "generate_cohorts", data });
  return headers.location ?? "";
}

/** The page of a run once it has ended. */
async function ended({ ask, event }: Serving, page: string): Promise<string> {
  for (;;) {
    const { text } = await ask(page);
    if (!/class="status running"/.test(text)) return text;
    await event(`${page}/events`, "changed", () => true);
  }
}

function statusThrough(socketPath: string, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    request({ socketPath, path, headers: { host: "127.0.0.1:8853" } }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on("error", reject)
      .end();
  });
}
