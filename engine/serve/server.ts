/** From a request of a browser to a reply: who may ask, which route answers, and what a problem looks like. */
import { createServer } from "node:http";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { ProblemError } from "../base/problems.ts";
import { machineFault } from "../files/machine-fault.ts";
import { cookieHeader, refuseOtherHosts, refuseOtherOrigins } from "./guard.ts";
import { refuseOtherSites, refuseStrangers } from "./guard.ts";
import * as limits from "./limits.ts";
import { openedPage } from "./pages/opened-page.ts";
import { problemPage } from "./pages/problem-page.ts";
import { fail, problem } from "./problems.ts";
import { readForm } from "./read-form.ts";
import type { Reply } from "./reply.ts";
import { findRoute } from "./routes.ts";
import type { Route } from "./routes.ts";
import { sendReply } from "./send-reply.ts";
import type { HeaderFields } from "./send-reply.ts";
import type { Session } from "./session.ts";

export interface Serving {
  readonly session: Session;
  /** For whoever has been let in. */
  readonly routes: readonly Route[];
  /** For everybody who reaches the server: nothing of the study. */
  readonly openRoutes: readonly Route[];
  readonly tellBug: (bug: unknown) => void;
}

const { HEADER_MILLISECONDS, REQUEST_MILLISECONDS, CHECK_MILLISECONDS } = limits;

export function makeServer(serving: Serving): Server {
  const server = createServer(
    {
      maxHeaderSize: limits.MOST_HEADER_BYTES,
      headersTimeout: HEADER_MILLISECONDS,
      requestTimeout: REQUEST_MILLISECONDS,
      connectionsCheckingInterval: CHECK_MILLISECONDS,
    },
    (request, response) => void answer(request, response, serving),
  );
  server.maxConnections = limits.MOST_CONNECTIONS;
  return server;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  serving: Serving,
): Promise<void> {
  try {
    const { reply, headers } = await replyTo(request, serving);
    sendReply(response, reply, headers);
  } catch (error) {
    sendReply(response, replyToFailure(error, serving));
  }
}

interface Answer {
  readonly reply: Reply;
  readonly headers?: HeaderFields;
}

async function replyTo(request: IncomingMessage, serving: Serving): Promise<Answer> {
  const { headers, url = "/" } = request;
  const { session, routes, openRoutes } = serving;
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "");
  refuseOtherHosts(headers);
  const [path = "", query = ""] = cutAt(url, "?");
  const invited = /^\/open\/([\w-]{1,100})$/.exec(path)?.[1];
  if (invited !== undefined && method === "GET") return opened(request, invited, session);
  const open = openRoutes.find((route) => route.path === path);
  if (open !== undefined && method === "GET") return { reply: await open.answer(nothingAsked) };
  refuseOtherSites(headers);
  refuseStrangers(headers, session);
  const { route, part } = findRoute(routes, method, path);
  const form = route.method === "POST" ? await trustedForm(request, session) : nothing;
  return { reply: await route.answer({ part, query: new URLSearchParams(query), form }) };
}

const nothing = new URLSearchParams();
const nothingAsked = { part: () => "", query: nothing, form: nothing };

function cutAt(text: string, mark: string): readonly string[] {
  const at = text.indexOf(mark);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** No redirect: a browser that came from elsewhere would not send a new cookie along. Problem: address-used. */
function opened({ headers }: IncomingMessage, invited: string, session: Session): Answer {
  const cookie = session.accept(invited);
  if (cookie === null) return fail("address-used", {});
  return { reply: openedPage(), headers: { "set-cookie": cookieHeader(headers, cookie) } };
}

async function trustedForm(request: IncomingMessage, session: Session): Promise<URLSearchParams> {
  refuseOtherOrigins(request.headers);
  const form = await readForm(request);
  return session.isFormToken(form.get("token") ?? "") ? form : fail("form-refused", {});
}

function replyToFailure(error: unknown, { tellBug }: Serving): Reply {
  if (error instanceof ProblemError) return problemPage(error.problems);
  const fault = machineFault(error);
  if (fault !== null) return problemPage([fault]);
  tellBug(error);
  return problemPage([problem("page-broken", {})]);
}
