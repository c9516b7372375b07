/** A server of a folder as a process of its own, with its times, and a browser of few words. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Timed {
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  readonly milliseconds: number;
}

export interface BenchServer {
  /** From the start of the process to the printed address. */
  readonly started: number;
  readonly ask: (path: string, form?: string) => Promise<Timed>;
  /** Hears each event until it is left. */
  readonly listen: (path: string, hear: (event: string, data: string) => void) => () => void;
  /** Of the thread that answers, in milliseconds: on a busy machine that says more than the clock. */
  readonly cpu: () => number;
  /** Of all threads, and of programs that have ended. */
  readonly allCpu: () => number;
  readonly mebibytes: () => number;
  readonly stop: () => Promise<void>;
}

const CLI = process.env["COHORTLINE"] ?? join(import.meta.dirname, "../dist/cli.js");

export async function openServer(folder: string, state: string): Promise<BenchServer> {
  const begun = performance.now();
  const child = spawn(process.execPath, [CLI, "serve", "--port", "0", "--local-tools"], {
    cwd: folder,
    env: { ...process.env, XDG_STATE_HOME: state },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.on("close", resolve));
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = String((await lines.next()).value);
  const started = performance.now() - begun;
  const { port, pathname } = new URL(/http:\S+/.exec(line)?.[0] ?? "");
  const opened = await answerOf({ port, cookie: "", path: pathname });
  const cookie = String(opened.headers["set-cookie"]?.[0]).split(";")[0] ?? "";
  const proc = (file: string): string => readFileSync(`/proc/${String(child.pid)}/${file}`, "utf8");
  return {
    started,
    ask: (path, form) => answerOf({ port, cookie, path, ...(form !== undefined && { form }) }),
    listen: (path, hear) => eventsOf({ port, cookie, path }, hear),
    cpu: () => Number(proc("schedstat").split(" ")[0]) / 1e6,
    allCpu: () => ticksIn(proc("stat")) * MILLISECONDS_OF_A_TICK,
    mebibytes: () => Math.round(Number(/VmRSS:\s+([0-9]+)/.exec(proc("status"))?.[1]) / 1024),
    stop: async () => {
      child.kill("SIGINT");
      await ended;
    },
  };
}

const MILLISECONDS_OF_A_TICK = 10;

function ticksIn(stat: string): number {
  const fields = stat.replace(/^.*\) /s, "").split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0);
}

interface Asked {
  readonly port: string;
  readonly cookie: string;
  readonly path: string;
  readonly form?: string;
}

function answerOf({ port, cookie, path, form }: Asked): Promise<Timed> {
  const begun = performance.now();
  const method = form === undefined ? "GET" : "POST";
  const type = "application/x-www-form-urlencoded";
  const sent =
    form === undefined ? {} : { origin: `http://127.0.0.1:${port}`, "content-type": type };
  const headers = { cookie, ...sent };
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => (text += piece));
      response.on("end", () => {
        resolve({ headers: response.headers, text, milliseconds: performance.now() - begun });
      });
    });
    asked.on("error", reject).end(form);
  });
}

function eventsOf(
  { port, cookie, path }: Asked,
  hear: (event: string, data: string) => void,
): () => void {
  const asked = request({ host: "127.0.0.1", port, path, headers: { cookie } }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (piece: string) => {
      const events = (text + piece).split("\n\n");
      text = events.pop() ?? "";
      for (const each of events) {
        const [, event = "", data = ""] = /^event: (\w+)\ndata: (.*)$/s.exec(each) ?? [];
        hear(event, data);
      }
    });
    response.on("error", () => undefined);
  });
  asked.on("error", () => undefined).end();
  return () => void asked.destroy();
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
