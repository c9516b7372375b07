/**
 * A server of ours that speaks Trino's client protocol, for what a real one does not do when asked: it answers each
 * statement by a script, and keeps what it was sent.
 */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** What comes of one request. */
export type Step =
  /** Rows and what is beside them. */
  | { readonly page: object }
  | { readonly error: { readonly errorName: string; readonly errorType: string; message?: string } }
  | { readonly status: number }
  /** The connection is cut when half of the answer is sent. */
  | { readonly cut: object }
  | { readonly raw: string }
  /** Nothing ever comes. */
  | { readonly silent: true };

export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface ScriptedServer {
  readonly origin: string;
  readonly port: number;
  readonly heard: readonly Heard[];
  readonly statements: () => readonly string[];
  readonly ended: () => number;
}

/** The steps of a statement: one for each time that it is begun, or a page is asked for. */
export type Script = (statement: string) => readonly Step[];

export async function withTrinoServer<T>(
  script: Script,
  act: (server: ScriptedServer) => Promise<T>,
  tls: ServerOptions | null = null,
): Promise<T> {
  const heard: Heard[] = [];
  const answer = scripted(script, heard);
  const listen = (request: IncomingMessage, response: ServerResponse): void => {
    void answer(request, response);
  };
  const server: Server = tls === null ? createServer(listen) : createTlsServer(tls, listen);
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  try {
    return await act({
      origin: `${tls === null ? "http" : "https"}://127.0.0.1:${port}`,
      port,
      heard,
      statements: () => heard.filter(({ method }) => method === "POST").map(({ body }) => body),
      ended: () => heard.filter(({ method }) => method === "DELETE").length,
    });
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function scripted(script: Script, heard: Heard[]) {
  const steps = new Map<string, Step[]>();
  const texts: string[] = [];
  const pages = new Map<string, Step>();
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", url = "", headers } = request;
    const body = await text(request);
    heard.push({ method, url, headers, body });
    if (method === "DELETE") {
      response.writeHead(204).end();
      return;
    }
    const at = /^\/page\/(\d+)\/(\d+)/.exec(url);
    const statement = at === null ? body : (texts[Number(at[1])] ?? "");
    if (at === null && !texts.includes(body)) texts.push(body);
    const left = steps.get(statement) ?? [...script(statement)];
    steps.set(statement, left);
    // A page that was given may be asked for again.
    const known = pages.get(url);
    const step = known ?? left.shift() ?? { page: {} };
    if ("page" in step && at !== null) pages.set(url, step);
    const number = Number(at?.[2] ?? 0) + 1;
    const scheme = "encrypted" in request.socket ? "https" : "http";
    const next = `${scheme}://${headers.host ?? ""}/page/${texts.indexOf(statement)}/${number}`;
    give(step, left.length > 0 ? next : null, response);
  };
}

function give(step: Step, nextUri: string | null, response: ServerResponse): void {
  if ("silent" in step) return;
  if ("status" in step) {
    response.writeHead(step.status).end("SECRET-ANSWER");
    return;
  }
  if ("raw" in step) {
    response.writeHead(200).end(step.raw);
    return;
  }
  const content = "page" in step ? step.page : "cut" in step ? step.cut : { error: step.error };
  const shown = { id: "query_1", ...(nextUri === null ? {} : { nextUri }), ...content };
  const sent = JSON.stringify(shown);
  if ("cut" in step) {
    response.writeHead(200, { "Content-Length": String(sent.length) });
    response.write(sent.slice(0, sent.length / 2), () => response.destroy());
    return;
  }
  response.writeHead(200).end(sent);
}
