import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { connect } from "node:net";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import type { RunRecord } from "../../engine/pipeline/record/run-record.ts";
import { inServedRun, outputNamed } from "./served-run.ts";
import { SECRET, secretStudy } from "./secret-study.ts";
import { formHeaders, tokenIn } from "./serving.ts";
import type { Answer, Serving } from "./serving.ts";

describe("a server of a study", () => {
  it("shows nothing to strangers, other sites and other names of the machine, and starts nothing for them", async () => {
    await inServedRun([], secretStudy, async (serving, { folder, run }) => {
      await refusesStrangers(serving, folder, run);
      await refusesOtherSites(serving, run);
      await refusesForgedForms(serving, folder);
      await saysWhatBrowsersMay(serving);
    });
  });

  it("gives nothing of a highly sensitive or withheld file, whatever address is asked for", async () => {
    await inServedRun([], secretStudy, async (serving, { run, folder }) => {
      const refused = await Promise.all(tricks(run, folder).map((path) => serving.ask(path)));
      for (const [at, { status, text }] of refused.entries()) {
        const trick = tricks(run, folder)[at] ?? "";
        assert.ok(status >= 400, `${status} for ${trick}`);
        assert.equal(text.includes(SECRET), false, trick);
      }
      const page = await serving.ask(`/runs/${run.id}`);
      assert.equal(page.text.includes(SECRET), false);
      assert.ok(page.text.includes("output/input_2020-01-01.csv"));
      assert.ok(page.text.includes(outputNamed(run, "output/input_2020-01-01.csv")));
    });
  });

  it("stays up under thousands of requests, slow readers and senders, and forms without end", async () => {
    await inServedRun([], secretStudy, async (serving, { run }) => {
      const slow = connect(serving.port, "127.0.0.1");
      const slowEnds = new Promise((resolve) => slow.on("close", resolve));
      slow.on("error", () => undefined).resume();
      slow.write("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
      const headers = formHeaders(serving.port);
      const large = await serving.ask("/runs", { method: "POST", headers, body: "a".repeat(1e6) });
      assert.equal(large.status, 413);
      const long = await serving.ask(`/${"a".repeat(20_000)}`);
      assert.equal(long.status, 431);
      const many = await Promise.all(Array.from({ length: 20 }, () => refusals(serving.port, 500)));
      assert.deepEqual(new Set(many), new Set([500]));
      await takesNoMoreThan(serving, 256);
      assert.equal((await serving.ask(`/runs/${run.id}`)).status, 200);
      await slowEnds;
    });
  });

  it("has no address that changes anything where it only shows", async () => {
    await inServedRun(["--read-only"], secretStudy, async ({ ask, port }, { run, folder }) => {
      for (const path of ["/start", `/runs/${run.id}/release`]) {
        assert.equal((await ask(path)).status, 404);
      }
      const changing = ["/runs", `/runs/${run.id}/cancel`, `/runs/${run.id}/reviews`];
      for (const path of [...changing, `/reviews/${"0".repeat(16)}/pack`]) {
        const { status } = await ask(path, {
          method: "POST",
          headers: formHeaders(port),
          body: "",
        });
        assert.equal(status, 404);
      }
      for (const path of ["/", `/runs/${run.id}`]) {
        const { text } = await ask(path);
        assert.doesNotMatch(text, /method="post"|href="\/start|\/release"/);
      }
      assert.equal(readdirSync(join(folder, "metadata/runs")).length, 1);
    });
  });
});

/** How many of so many requests of a stranger are refused, sent over one connection without waiting. */
function refusals(port: number, requests: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const asks = connect(port, "127.0.0.1");
    const ask = (more: string): string => `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;
    let [count, rest] = [0, ""];
    asks.setEncoding("latin1").on("data", (piece: string) => {
      const answers = `${rest}${piece}`.split("HTTP/1.1 403");
      count += answers.length - 1;
      rest = answers.at(-1)?.slice(-20) ?? "";
    });
    asks.on("error", reject).on("close", () => {
      resolve(count);
    });
    asks.end(ask("").repeat(requests - 1) + ask("Connection: close\r\n"));
  });
}

/** Whoever opens more connections is not heard, and others are once they are closed. */
async function takesNoMoreThan({ port, ask }: Serving, most: number): Promise<void> {
  const idle = Array.from({ length: most + 10 }, () => connect(port, "127.0.0.1"));
  const closed = idle.map(
    (each) =>
      new Promise((resolve) => {
        each
          .on("error", () => undefined)
          .on("close", resolve)
          .resume();
      }),
  );
  await Promise.race(closed);
  for (const each of idle) each.destroy();
  await Promise.all(closed);
  for (let status = 0; status !== 200;)
    status = await ask("/").then(
      (a) => a.status,
      () => 0,
    );
}

async function refusesStrangers(serving: Serving, folder: string, run: RunRecord): Promise<void> {
  const paths = ["/", "/start", `/runs/${run.id}`, `/runs/${run.id}/events`, "/open/guess", "/x"];
  const answers: Answer[] = [];
  for (const path of paths) answers.push(await serving.askAsStranger(path));
  const { port, ask } = serving;
  for (const cookie of [`cohortline-${port}=`, `cohortline-${port}=${"A".repeat(43)}`, "x=y"]) {
    answers.push(await ask("/", { headers: { cookie } }));
  }
  for (const { status, text } of answers) {
    assert.equal(status, 403);
    assert.equal(text.includes(basename(folder)) || text.includes("table"), false);
  }
}

/** A cookie that no script reads and no other site sends, and pages that take nothing from elsewhere. */
async function saysWhatBrowsersMay({ ask, askAsStranger, nextLine }: Serving): Promise<void> {
  const address = new URL(/http:\S+/.exec(await nextLine())?.[0] ?? "");
  const { headers } = await askAsStranger(address.pathname);
  assert.match(
    headers["set-cookie"]?.[0] ?? "",
    /^cohortline-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
  assert.equal((await askAsStranger(address.pathname)).status, 403);
  const page = await ask("/");
  const policy = String(page.headers["content-security-policy"]);
  assert.match(policy, /^default-src 'none'; style-src 'self'; script-src 'self';/);
  assert.doesNotMatch(policy, /unsafe|https?:|\*/);
  assert.doesNotMatch(page.text, /<script(?! src="\/page\.js")|<style| on\w+=/);
  assert.equal(page.headers["cache-control"], "no-store");
}

async function refusesOtherSites({ ask, port }: Serving, run: RunRecord): Promise<void> {
  for (const host of ["evil.example", `evil.example:${port}`, "127.0.0.1.evil.example"]) {
    assert.equal((await ask("/", { headers: { host } })).status, 421, host);
  }
  for (const site of ["cross-site", "same-site"]) {
    const { status } = await ask(`/runs/${run.id}`, { headers: { "sec-fetch-site": site } });
    assert.equal(status, 403);
  }
}

async function refusesForgedForms({ ask, port }: Serving, folder: string): Promise<void> {
  const { text } = await ask("/start?action=table");
  const token = tokenIn(text);
  assert.ok(token.length > 20);
  const body = `action=table&data=dummy&token=${token}`;
  const own = formHeaders(port);
  const json = { ...own, "content-type": "application/json" };
  const forged: readonly (readonly [Readonly<Record<string, string>>, string])[] = [
    [own, "action=table&data=dummy"],
    [own, "action=table&data=dummy&token=guess"],
    [json, body],
    ...["http://evil.example", "null", `http://localhost:${port}`].map(
      (origin) => [{ ...own, origin }, body] as const,
    ),
    [{ "content-type": own["content-type"] ?? "" }, body],
  ];
  for (const [headers, sent] of forged) {
    assert.equal((await ask("/runs", { method: "POST", headers, body: sent })).status, 403);
  }
  assert.equal((await ask(`/runs?${body}`)).status, 405);
  assert.equal(readdirSync(join(folder, "metadata/runs")).length, 1);
}

/** Every way that comes to mind to the files that nobody may see. */
function tricks(run: RunRecord, folder: string): readonly string[] {
  const sensitive = outputNamed(run, "output/input_2020-01-01.csv");
  const withheld = outputNamed(run, "output/leak.csv");
  const shown = outputNamed(run, "output/table.csv");
  const file = "output/input_2020-01-01.csv";
  const climbs = ["..", "%2e%2e", "..%2f", "%2e%2e%2f", "..%5c", ".%00."];
  assert.ok(readFileSync(join(folder, file), "utf8").includes(SECRET));
  return [
    ...["outputs", "files"].flatMap((look) => [
      `/runs/${run.id}/${look}/${sensitive}`,
      `/runs/${run.id}/${look}/${withheld}`,
      `/runs/${run.id}/${look}/${file}`,
      `/runs/${run.id}/${look}/${encodeURIComponent(file)}`,
      `/runs/${run.id}/${look}/${shown}/../${sensitive}`,
      `/runs/${run.id}/${look}/${sensitive.toUpperCase()}`,
      `/runs/${run.id}/${look}/${sensitive.slice(0, 20)}`,
      ...climbs.map((climb) => `/runs/${run.id}/${look}/${climb}/${climb}/${climb}/${file}`),
    ]),
    ...climbs.map((climb) => `/${climb}/${basename(folder)}/${file}`),
    `/${file}`,
    `//${file}`,
    `/runs/../${file}`,
    `/metadata/runs/${run.id}.json`,
    `/metadata/withheld/leak/output/leak.csv`,
    `/metadata/printed/secret.txt`,
    `/page.css/../${file}`,
    `/start/${file}`,
  ];
}
