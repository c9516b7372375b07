/**
 * One statement by the client protocol: POST /v1/statement, then GET nextUri until there is none; DELETE nextUri
 * ends it early. A page may be asked for again until the one behind it is, and a statement that was sent runs only
 * when its first page is asked for: so each request can be repeated.
 */
import { pageOf } from "./exact-page.ts";
import type { Page } from "./exact-page.ts";
import { withRetries } from "../database/retry.ts";
import type { Patience } from "../database/retry.ts";
import { TrinoError, TrinoFault } from "./trino-error.ts";
import type { Send, Sent } from "./transport.ts";

export interface Asking {
  readonly send: Send;
  readonly origin: string;
  readonly patience: Patience;
  /** How much of a result one page holds, about. */
  readonly pageSize: string;
}

/** Pages with their rows; asked for one ahead. Whoever stops reading ends the statement. */
export async function* pagesOf(
  statement: string,
  asking: Asking,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const isWriting = !/^\s*(?:SELECT|WITH|SHOW|EXPLAIN|DESCRIBE)\b/i.test(statement);
  const end = new AbortController();
  const ahead = AbortSignal.any([signal, end.signal]);
  let next: string | null = null;
  try {
    let page = await firstPage(statement, { asking, isWriting, signal: ahead });
    for (;;) {
      next = page.nextUri;
      if (page.error !== null) {
        next = null;
        throw new TrinoError(page.error, isWriting);
      }
      const coming = next === null ? null : nextPage(next, asking, ahead);
      // A failure is told where the page is used.
      coming?.catch(() => undefined);
      if (page.rows.length > 0 || page.columns !== null) yield page;
      if (coming === null) return;
      page = await coming;
    }
  } finally {
    end.abort(new TrinoFault({ kind: "interrupted" }));
    if (next !== null) await forget(next, asking);
  }
}

interface Beginning {
  readonly asking: Asking;
  readonly isWriting: boolean;
  readonly signal: AbortSignal;
}

/** Up to the first page with rows or the end; where the server has no room for a statement, it is sent again. */
function firstPage(statement: string, { asking, isWriting, signal }: Beginning): Promise<Page> {
  const { origin, patience } = asking;
  const begin = async (): Promise<Page> => {
    const sent = {
      method: "POST",
      url: `${origin}/v1/statement`,
      body: statement,
      signal,
    } as const;
    let page = await ask(sent, asking);
    try {
      while (page.error === null && page.nextUri !== null && page.rows.length === 0)
        page = await nextPage(page.nextUri, asking, signal);
    } catch (error) {
      if (page.nextUri !== null) await forget(page.nextUri, asking);
      throw error;
    }
    if (page.error !== null) throw new TrinoError(page.error, isWriting);
    return page;
  };
  return withRetries(begin, { patience, signal, reason: (error) => passing(error, isWriting) });
}

/** What passes by itself, and comes before anything is done. */
const BEFORE_ANYTHING = new Set([
  ...["NO_NODES_AVAILABLE", "SERVER_STARTING_UP", "SERVER_SHUTTING_DOWN", "QUERY_QUEUE_FULL"],
]);

/** What passes by itself, but may come when rows of a statement that writes are written: not every connector takes them back. */
const MIDWAY = new Set([
  ...["CLUSTER_OUT_OF_MEMORY", "TOO_MANY_REQUESTS_FAILED", "PAGE_TRANSPORT_ERROR"],
  ...["PAGE_TRANSPORT_TIMEOUT", "REMOTE_TASK_ERROR", "REMOTE_HOST_GONE"],
]);

function passing(error: unknown, isWriting: boolean): string | null {
  if (!(error instanceof TrinoError)) return null;
  const { errorName } = error;
  return BEFORE_ANYTHING.has(errorName) || (!isWriting && MIDWAY.has(errorName)) ? errorName : null;
}

function nextPage(uri: string, asking: Asking, signal: AbortSignal): Promise<Page> {
  const more = uri.includes("?") ? "&" : "?";
  const url = `${uri}${more}targetResultSize=${asking.pageSize}`;
  return ask({ method: "GET", url, signal }, asking);
}

function ask(sent: Sent, { send, patience }: Asking): Promise<Page> {
  const { signal } = sent;
  return withRetries(async () => checkedPage(await send(sent)), {
    patience,
    signal,
    reason: brokenOff,
  });
}

function checkedPage({ status, text }: { readonly status: number; readonly text: string }): Page {
  if (status === 401 || status === 403) throw new TrinoFault({ kind: "login", status });
  if (status === 404 || status === 410) throw new TrinoFault({ kind: "forgotten" });
  if (status < 200 || status > 299) throw new TrinoFault({ kind: "status", status });
  return pageOf(text);
}

const BUSY = new Set([429, 502, 503, 504]);

function brokenOff(error: unknown): string | null {
  if (!(error instanceof TrinoFault)) return null;
  const { fault } = error;
  if (fault.kind === "lost") return `no connection${fault.code === "" ? "" : ` (${fault.code})`}`;
  return fault.kind === "status" && BUSY.has(fault.status) ? `HTTP status ${fault.status}` : null;
}

/** The server would notice by itself, later. */
async function forget(uri: string, { send }: Asking): Promise<void> {
  const signal = AbortSignal.timeout(5000);
  await send({ method: "DELETE", url: uri, signal }).catch(() => undefined);
}
