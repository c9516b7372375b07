/** A reply as a browser gets it: its headers, and what it may do with it. */
import type { ServerResponse } from "node:http";
import { linkedPage } from "../page/page.ts";
import { MADE_BY_ENGINE } from "../base/made-by-engine.ts";
import { MOST_WAITING_BYTES } from "./limits.ts";
import type { Reply } from "./reply.ts";

export const STYLE_PATH = "/page.css";
export const SCRIPT_PATH = "/page.js";

/** Nothing from elsewhere, no script but the one file, no form that leads elsewhere, in no frame. */
const PAGE_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "script-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** For a file that an action made, in a frame of ours: it may do nothing but be looked at. */
const FILE_POLICY = [
  "sandbox",
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'self'",
].join("; ");

const EVERY_REPLY = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=()",
} as const;

export function sendReply(response: ServerResponse, reply: Reply, more: HeaderFields = {}): void {
  const headers = { ...EVERY_REPLY, ...more };
  switch (reply.kind) {
    case "page":
      sendBytes(response, reply.status, pageBytes(reply), {
        ...headers,
        "content-type": "text/html; charset=utf-8",
        "content-security-policy": PAGE_POLICY,
      });
      return;
    case "see":
      sendBytes(response, 303, Buffer.alloc(0), { ...headers, location: reply.path });
      return;
    case "bytes":
      sendBytes(response, 200, reply.bytes, {
        ...headers,
        "content-type": reply.type,
        "content-security-policy": FILE_POLICY,
        ...savedAs(reply.saveAs),
      });
      return;
    case "events":
      sendEvents(response, reply.begin, headers);
  }
}

export type HeaderFields = Readonly<Record<string, string>>;

function pageBytes({ title, body }: Extract<Reply, { kind: "page" }>): Buffer {
  const [style, script] = [STYLE_PATH, SCRIPT_PATH];
  return Buffer.from(linkedPage({ title, generator: MADE_BY_ENGINE, body, style, script }));
}

function savedAs(name: string | null): HeaderFields {
  if (name === null) return {};
  const plain = encodeURIComponent(name).replaceAll("'", "%27");
  return { "content-disposition": `attachment; filename*=UTF-8''${plain}` };
}

function sendBytes(
  response: ServerResponse,
  status: number,
  bytes: Buffer,
  headers: HeaderFields,
): void {
  response.writeHead(status, { ...headers, "content-length": bytes.length });
  response.end(response.req.method === "HEAD" ? undefined : bytes);
}

/** Whoever does not read is let go: what waits for it would fill the memory of the run. */
function sendEvents(
  response: ServerResponse,
  begin: Extract<Reply, { kind: "events" }>["begin"],
  headers: HeaderFields,
): void {
  response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
  response.write("retry: 1000\n\n");
  const end = begin((event) => {
    if (response.writableLength > MOST_WAITING_BYTES) response.destroy();
    else response.write(event);
  });
  response.on("close", end);
}
