/**
 * How soon does a page hear what happens in a run, and what do fifty open pages cost it? `npm run bench:serve-live`
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median, openServer } from "./serving.ts";
import type { BenchServer } from "./serving.ts";

const PAGES = 50;
const ROUNDS = 5;
const LINES = 60;

/** Prints when it prints, and then works for a while without a word, but for a line now and then. */
const SCRIPT = `
let lines = 0;
const work = () => { for (let i = 0, x = 0; i < 2e7; i++) x += Math.sqrt(i); };
const tell = () => {
  console.log("at " + Date.now());
  work();
  if (++lines < ${LINES}) setTimeout(tell, 30);
  else require("node:fs").writeFileSync("told.txt", "done");
};
tell();
`;

const PROJECT = `version: 5
actions:
  talk:
    run: node:v1 node analysis/talk.js
    outputs:
      moderately_sensitive:
        told: told.txt
`;

const state = mkdtempSync(join(tmpdir(), "bench-state-"));
const folder = mkdtempSync(join(tmpdir(), "bench-live-"));
try {
  mkdirSync(join(folder, "analysis"));
  writeFileSync(join(folder, "analysis/talk.js"), SCRIPT);
  writeFileSync(join(folder, "project.yaml"), PROJECT);
  const server = await openServer(folder, state);
  const seen = { none: [] as number[], all: [] as number[] };
  const late: number[] = [];
  await runWatched(server, 1, []);
  for (let round = 0; round < ROUNDS; round++) {
    seen.none.push(await runWatched(server, 0, []));
    seen.all.push(await runWatched(server, PAGES, late));
  }
  await server.stop();
  const sorted = late.sort((a, b) => a - b);
  const part = (share: number): string =>
    (sorted[Math.floor(share * sorted.length)] ?? NaN).toFixed(0);
  console.log(
    `a line of the log reaches a page after ${part(0.5)} ms in the middle, ${part(0.95)} ms in 19 of 20 cases (${sorted.length} seen)`,
  );
  const cpu = (of: readonly number[]): string => (median(of) / 1000).toFixed(2);
  const each = ((median(seen.all) - median(seen.none)) / PAGES).toFixed(1);
  console.log(
    `seconds of CPU of server and run: no page ${cpu(seen.none)}, ${PAGES} pages ${cpu(seen.all)}; ${each} ms for each page`,
  );
} finally {
  for (const each of [state, folder]) rmSync(each, { recursive: true, force: true });
}

/** The milliseconds of CPU that it took, of the server and of what it started. */
async function runWatched(server: BenchServer, pages: number, late: number[]): Promise<number> {
  const { text } = await server.ask("/start?action=talk&force=1");
  const token = /name="token" value="([^"]+)"/.exec(text)?.[1] ?? "";
  const before = server.allCpu();
  const form = new URLSearchParams({ action: "talk", data: "dummy", force: "1", token }).toString();
  const place = (await server.ask("/runs", form)).headers.location ?? "";
  const leave = Array.from({ length: pages }, (_, at) =>
    server.listen(`${place}/events`, (event, data) => {
      if (at === 0 && event === "part") late.push(...lateness(data));
    }),
  );
  while (/class="status running"/.test((await server.ask(place)).text)) await waited(500);
  for (const each of leave) each();
  rmSync(join(folder, "told.txt"));
  await waited(200);
  return server.allCpu() - before;
}

/** Of the newest line alone: those before it were told before. */
function lateness(data: string): readonly number[] {
  const at = [...data.matchAll(/at (\d{13})/g)].at(-1)?.[1];
  return at === undefined ? [] : [Date.now() - Number(at)];
}

function waited(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
