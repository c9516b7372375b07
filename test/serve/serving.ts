/** `cohortline serve` in a study's folder, and a browser of few words. */
import { request } from "node:http";
import type { IncomingHttpHeaders } from "node:http";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { start } from "../commands/workspace.ts";
import type { Ended } from "../commands/workspace.ts";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Wanted {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Some names of a form can stand in it several times. */
export type Fields = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

export interface Held {
  readonly status: number;
  readonly close: () => void;
}

export interface Serving {
  /** Of a browser that was let in. */
  readonly ask: (path: string, wanted?: Wanted) => Promise<Answer>;
  /** Of anybody. */
  readonly askAsStranger: (path: string, wanted?: Wanted) => Promise<Answer>;
  /** Sends a form as its page would. */
  readonly send: (path: string, fields: Fields) => Promise<Answer>;
  /** The first event of this name whose data say so. */
  readonly event: (path: string, name: string, isIt: (data: string) => boolean) => Promise<string>;
  /** A page that stays open, once its answer has begun; it may be refused. */
  readonly hold: (path: string) => Promise<Held>;
  readonly port: number;
  /** The next line that the command prints. */
  readonly nextLine: () => Promise<string>;
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}

export async function withServer<T>(
  folder: string,
  words: readonly string[],
  act: (serving: Serving) => Promise<T>,
): Promise<T> {
  const { process: child, ended } = start(folder, ["serve", "--port", "0", ...words]);
  const lines = createInterface({ input: child.stdout as Readable })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => {
    const { value, done } = (await lines.next()) as { value?: string; done?: boolean };
    if (done === true) throw new Error(`serve has ended: ${(await ended).err}`);
    return value ?? "";
  };
  const stop = (signal: NodeJS.Signals = "SIGINT"): Promise<Ended> => {
    child.kill(signal);
    return ended;
  };
  try {
    const address = new URL(/http:\S+/.exec(await nextLine())?.[0] ?? "");
    return await act({ ...(await letIn(address)), nextLine, stop });
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
}

async function letIn(address: URL): Promise<Omit<Serving, "nextLine" | "stop">> {
  const port = Number(address.port);
  const askAsStranger: Serving["ask"] = (path, wanted) => answerOf(port, path, wanted);
  const { headers } = await askAsStranger(address.pathname);
  const cookie = headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
  const ask: Serving["ask"] = (path, wanted = {}) =>
    answerOf(port, path, { ...wanted, headers: { cookie, ...wanted.headers } });
  const send: Serving["send"] = async (path, fields) => {
    const first = /name="action" value="([^"]+)"/.exec((await ask("/start")).text)?.[1] ?? "";
    const token = tokenIn((await ask(`/start?action=${first}`)).text);
    const pairs: Iterable<readonly [string, string]> =
      Symbol.iterator in fields ? fields : Object.entries(fields);
    const form = new URLSearchParams();
    for (const [name, value] of pairs) form.append(name, value);
    form.append("token", token);
    const body = form.toString();
    return ask(path, { method: "POST", headers: formHeaders(port), body });
  };
  const event: Serving["event"] = (path, name, isIt) => eventOf({ port, path, cookie }, name, isIt);
  const hold: Serving["hold"] = (path) => heldOpen({ port, path, cookie });
  return { ask, askAsStranger, send, event, hold, port };
}

export function formHeaders(port: number): Readonly<Record<string, string>> {
  const type = "application/x-www-form-urlencoded";
  return { origin: `http://127.0.0.1:${port}`, "content-type": type };
}

export function tokenIn(html: string): string {
  return /name="token" value="([^"]+)"/.exec(html)?.[1] ?? "";
}

function answerOf(port: number, path: string, wanted: Wanted = {}): Promise<Answer> {
  const { method = "GET", headers = {}, body } = wanted;
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, method, headers }, (response) => {
      let text = "";
      response.setEncoding("latin1").on("data", (piece: string) => (text += piece));
      response.on("error", reject).on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

function heldOpen({ port, path, cookie }: Stream): Promise<Held> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, headers: { cookie } }, (response) => {
      response.on("error", () => undefined).resume();
      resolve({ status: response.statusCode ?? 0, close: () => void asked.destroy() });
    });
    asked.on("error", reject).end();
  });
}

interface Stream {
  readonly port: number;
  readonly path: string;
  readonly cookie: string;
}

function eventOf(
  { port, path, cookie }: Stream,
  name: string,
  isIt: (data: string) => boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: "127.0.0.1", path, headers: { cookie } }, (response) => {
      let text = "";
      response.setEncoding("utf8").on("data", (piece: string) => {
        const events = (text + piece).split("\n\n");
        text = events.pop() ?? "";
        const data = events.map(
          (each) => new RegExp(`^event: ${name}\ndata: (.*)$`).exec(each)?.[1],
        );
        const found = data.find((each) => each !== undefined && isIt(each));
        if (found === undefined) return;
        asked.destroy();
        resolve(found);
      });
      response.on("end", () => {
        reject(new Error(`no such event: ${name}`));
      });
    });
    asked.on("error", reject);
    asked.end();
  });
}
