/** The command `serve`: shows the study's runs in a browser until the person asks to stop. */
import type { Server } from "node:http";
import { resolve } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { visibleJson } from "../base/visible-text.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { PipelineContext } from "../pipeline/context.ts";
import { listenAt } from "./listen.ts";
import { workspacePage } from "./pages/workspace-page.ts";
import { openServedStudy } from "./served-study.ts";
import type { ServedStudy } from "./served-study.ts";
import { makeServer } from "./server.ts";
import { openSession } from "./session.ts";
import { openRoutes, studyRoutes } from "./study-routes.ts";

const INTERRUPTED = 130;

/**
 * The exit code: 0, or 130 where a run was stopped. Problems: port-taken, port-refused, socket-taken.
 */
export async function serve(
  request: RequestOf<"serve">,
  context: PipelineContext,
): Promise<number> {
  const tellBug = (bug: unknown): void => {
    const stack = bug instanceof Error ? (bug.stack ?? bug.message) : String(bug);
    for (const line of stack.split("\n")) context.stderr(line);
  };
  const study = openServedStudy(request, context, tellBug);
  const session = openSession(() => {
    tellAddress();
  });
  const routes = studyRoutes(study, session.formToken);
  const server = makeServer({ session, routes, openRoutes, tellBug });
  const { socket, port } = request;
  const path = socket === undefined ? null : resolve(context.folder, socket);
  const listens = await listenAt(
    server,
    path === null ? { kind: "port", port } : { kind: "socket", path },
  );
  const tellAddress = (): void => {
    const address = `http://127.0.0.1:${listens ?? port}/open/${session.invitation()}`;
    for (const line of addressLines(address, path, request)) context.stdout(line);
  };
  tellAddress();
  void readAhead(study);
  await stopped(context.signal);
  await Promise.all([study.desk.idle(), study.releases.stop()]);
  await closed(server);
  return study.desk.wasStopped() ? INTERRUPTED : 0;
}

/** The first page is made once while the person turns to the browser; what goes wrong is told when they ask for it. */
async function readAhead(study: ServedStudy): Promise<void> {
  await nextTurn();
  await workspacePage(study, new URLSearchParams()).catch(() => undefined);
}

/** Each opens once: after that the next one is told. */
function addressLines(
  address: string,
  socket: string | null,
  { json, quiet, port }: RequestOf<"serve">,
): readonly string[] {
  if (json) return [visibleJson({ kind: "address", address, socket })];
  if (socket === null) return quiet ? [address] : [`Open in a browser (once): ${address}`];
  return [
    `Listening on ${socket}. From your own machine: ssh -L ${port}:${socket} HOST`,
    `Then open in a browser (once): ${address}`,
  ];
}

function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => {
      resolve();
    });
  });
}

/** Open pages are told by the end of their connection. */
function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}
