/** The server that a URL names, ready to be asked. */
import { loginOf } from "./login.ts";
import type { LoginFrom } from "../database/login-files.ts";
import type { Asking } from "./statement.ts";
import { transport } from "./transport.ts";
import type { TrinoUrl } from "./trino-url.ts";

export interface Server {
  readonly asking: Asking;
  readonly close: () => void;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;
const PORT = 8080;
const TLS_PORT = 443;

/** `note` hears of every try that failed. Problems: those of `loginOf`. */
export function askServer(url: TrinoUrl, from: LoginFrom, note: (text: string) => void): Server {
  const login = loginOf(url, from);
  const scheme = login.isEncrypted ? "https" : "http";
  const port = url.port ?? (login.isEncrypted ? TLS_PORT : PORT);
  const { origin } = new URL(`${scheme}://${url.host}:${port}`);
  const { send, close } = transport({
    origin,
    headers: headersOf(url, login.authorization),
    certificates: login.certificates,
    waitMilliseconds: url.waitSeconds * 1000,
  });
  const patience = {
    server: "Trino",
    attempts: url.attempts,
    firstWait: FIRST_WAIT,
    longestWait: LONGEST_WAIT,
    note,
  };
  return { asking: { send, origin, patience, pageSize: "16MB" }, close };
}

/** Times come rounded to milliseconds without the capability; answers in gzip halve the rows a second of a near server. */
function headersOf(url: TrinoUrl, authorization: string | null): Record<string, string> {
  const prefix = url.headers === "presto" ? "X-Presto" : "X-Trino";
  return {
    [`${prefix}-User`]: url.user,
    [`${prefix}-Source`]: "cohortline",
    [`${prefix}-Catalog`]: encodeURIComponent(url.scratch.catalog),
    [`${prefix}-Schema`]: encodeURIComponent(url.scratch.schema),
    [`${prefix}-Time-Zone`]: "UTC",
    [`${prefix}-Client-Capabilities`]: "PARAMETRIC_DATETIME",
    "User-Agent": "cohortline",
    "Content-Type": "text/plain; charset=utf-8",
    "Accept-Encoding": url.isCompressed ? "gzip" : "identity",
    ...(authorization === null ? {} : { Authorization: authorization }),
  };
}
