/** A way to a real Trino server that breaks where a test says, told by the statements that go over it. */
import { createServer, request as ask } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export type Fault =
  /** The answer arrives. */
  | "none"
  /** The connection is cut when half of the answer has arrived. */
  | "cut"
  /** The same, and nobody listens any more. */
  | "gone";

export interface Way {
  /** Before a statement is sent on. */
  readonly statement?: (text: string) => Promise<void>;
  /** Before rows of a statement arrive. */
  readonly rows?: (statement: string) => Fault | Promise<Fault>;
}

export async function overWay<T>(
  origin: string,
  { statement = () => Promise.resolve(), rows = () => "none" }: Way,
  act: (origin: string) => Promise<T>,
): Promise<T> {
  const statements = new Map<string, string>();
  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(request);
    if (request.method === "POST") await statement(body);
    const answer = await sent(origin, request, body);
    const [id = ""] = /\d{8}_\d{6}_\d{5}_[a-z0-9]{5}/.exec(answer.body) ?? [];
    if (request.method === "POST") statements.set(id, body);
    const hasRows = answer.body.includes('"data":[[');
    const fault = hasRows ? await rows(statements.get(id) ?? "") : "none";
    if (fault === "gone") server.close();
    if (fault === "none") {
      response.writeHead(answer.status, { "Content-Type": "application/json" }).end(answer.body);
      return;
    }
    response.writeHead(200, { "Content-Length": String(Buffer.byteLength(answer.body)) });
    response.write(answer.body.slice(0, answer.body.length / 2), () => response.destroy());
    if (fault === "gone") server.closeAllConnections();
  };
  const server = createServer((request, response) => {
    forward(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  try {
    return await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** With the host that was asked, so that the addresses in the answer lead here again. */
function sent(
  origin: string,
  { method = "", url = "", headers }: IncomingMessage,
  body: string,
): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const asked = ask(`${origin}${url}`, { method, headers }, (answer) => {
      text(answer).then((all) => {
        resolve({ status: answer.statusCode ?? 0, body: all });
      }, reject);
    });
    asked.on("error", reject);
    asked.end(body);
  });
}
