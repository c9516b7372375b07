/** A server that speaks SQL Server's protocol and answers batches as a test says. */
import { createServer } from "node:net";
import type { Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { readBulk } from "./tds-bulk.ts";
import type { Loaded } from "./tds-bulk.ts";
import { encrypted, PACKET, receive, send } from "./tds-packets.ts";
import type { Certificate, Message } from "./tds-packets.ts";
import { columnsToken, done, DONE, loggedIn, prelogin, refused, rowToken } from "./tds-tokens.ts";
import type { Column } from "./tds-tokens.ts";

export interface BatchAnswer {
  readonly columns?: readonly Column[];
  readonly rows?: Iterable<readonly unknown[]> | AsyncIterable<readonly unknown[]>;
}

/** An error of the server, by its number. */
export class ServerError extends Error {
  override readonly name = "ServerError";
  readonly number: number;

  constructor(number: number, message = "SECRET of a patient") {
    super(message);
    this.number = number;
  }
}

/** Thrown in an answer: the connection breaks. */
export class Cut extends Error {
  override readonly name = "Cut";
}

/** One for each connection. */
export interface Client {
  readonly isThere: () => boolean;
}

export interface TdsLogin {
  readonly user: string;
  readonly database: string;
  /** Instead of a password. */
  readonly token?: string;
}

export interface Answering {
  /** Throws a `ServerError` to refuse; a `Cut` breaks the connection. */
  readonly answer: (sql: string, client: Client) => BatchAnswer | Promise<BatchAnswer>;
  /** Throws a `ServerError` to refuse. */
  readonly login?: (login: TdsLogin) => void;
  readonly loaded?: (table: string, rows: Loaded) => void | Promise<void>;
  readonly certificate?: Certificate;
}

export interface TdsServer {
  readonly port: number;
  /** Batches in the order in which they came. */
  readonly statements: () => readonly string[];
  /** How often a client has asked to end what runs. */
  readonly cancels: () => number;
  readonly stop: () => Promise<void>;
}

export async function tdsServer(answering: Answering): Promise<TdsServer> {
  const statements: string[] = [];
  const sockets = new Set<Socket>();
  let cancels = 0;
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => sockets.delete(socket));
    serve(socket, answering, {
      onStatement: (sql) => statements.push(sql),
      onCancel: () => {
        cancels++;
      },
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    port: typeof address === "object" && address !== null ? address.port : 0,
    statements: () => statements,
    cancels: () => cancels,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
    },
  };
}

interface Watching {
  readonly onStatement: (sql: string) => void;
  readonly onCancel: () => void;
}

interface Running {
  isCancelled: boolean;
  /** Whole tokens, and what is left of one, that are not sent yet. */
  waiting: Buffer[];
}

function serve(socket: Socket, answering: Answering, watching: Watching): void {
  const { certificate } = answering;
  const first = ({ type, body }: Message): void => {
    if (type !== 0x12 || certificate === undefined) {
      act({ type, body });
      return;
    }
    send(socket, prelogin(1), true);
    link = encrypted(socket, certificate);
    receive(link, act);
  };
  let link: Duplex = socket;
  const client = { isThere: () => !socket.destroyed };
  const handle = handler({ link: () => link, client }, answering, watching);
  // One message after the other, but for one that ends what runs.
  const act = (message: Message): void => {
    handle(message).catch(() => socket.destroy());
  };
  receive(socket, first);
}

function handler(
  { link, client }: { readonly link: () => Duplex; readonly client: Client },
  answering: Answering,
  { onStatement, onCancel }: Watching,
) {
  let running: Running | null = null;
  let table = "";
  const reply = (...tokens: readonly Buffer[]): void => {
    send(link(), Buffer.concat(tokens), true);
  };
  const fail = (error: unknown, waiting: readonly Buffer[] = []): void => {
    if (!(error instanceof ServerError)) throw error;
    reply(...waiting, refused(error.number, 16, error.message), done(DONE.error, 0));
  };
  const batch = async (sql: string): Promise<void> => {
    // How the driver begins each connection.
    if (sql.startsWith("set ansi_nulls")) {
      reply(done(DONE.final, 0));
      return;
    }
    onStatement(sql);
    const into = /^\s*insert\s+bulk\s+(\S+)\s*\(/i.exec(sql);
    if (into !== null) {
      table = into[1] ?? "";
      reply(done(DONE.final, 0));
      return;
    }
    const mine: Running = { isCancelled: false, waiting: [] };
    running = mine;
    try {
      await stream(link(), await answering.answer(sql, client), mine);
    } catch (error) {
      if (!mine.isCancelled) fail(error, mine.waiting);
    } finally {
      running = null;
    }
  };
  return async ({ type, body }: Message): Promise<void> => {
    switch (type) {
      case 0x12:
        reply(prelogin(2));
        return;
      case 0x10:
        try {
          const login = loginIn(body);
          answering.login?.(login);
          reply(loggedIn(login.database, PACKET));
        } catch (error) {
          fail(error);
        }
        return;
      case 0x01:
        await batch(body.subarray(body.readUInt32LE(0)).toString("utf16le"));
        return;
      case 0x07: {
        const rows = readBulk(body);
        await answering.loaded?.(table, rows);
        reply(done(DONE.counted, rows.rows.length));
        return;
      }
      case 0x06:
        onCancel();
        // The answer under way ends, and then the end of it is told, as two messages.
        if (running !== null) {
          running.isCancelled = true;
          reply(...running.waiting, done(DONE.error, 0));
        }
        reply(done(DONE.cancelled, 0));
        return;
      default:
        throw new Error(`no answer to a packet of type ${type}`);
    }
  };
}

async function stream(
  link: Duplex,
  { columns = [], rows = [] }: BatchAnswer,
  running: Running,
): Promise<void> {
  if (columns.length > 0) running.waiting.push(columnsToken(columns));
  let size = 0;
  let count = 0;
  for await (const row of rows) {
    if (running.isCancelled) return;
    const token = rowToken(columns, row);
    running.waiting.push(token);
    size += token.length;
    count++;
    if (size < PACKET) continue;
    const all = Buffer.concat(running.waiting);
    const whole = all.length - (all.length % (PACKET - 8));
    const isFree = send(link, all.subarray(0, whole), false);
    running.waiting = [all.subarray(whole)];
    size = all.length - whole;
    if (!isFree) await new Promise<void>((resolve) => link.once("drain", resolve));
  }
  if (running.isCancelled) return;
  const last = done(columns.length > 0 ? DONE.counted : DONE.final, count);
  send(link, Buffer.concat([...running.waiting, last]), true);
}

function loginIn(body: Buffer): TdsLogin {
  const text = (at: number): string => {
    const from = body.readUInt16LE(at);
    return body.subarray(from, from + body.readUInt16LE(at + 2) * 2).toString("utf16le");
  };
  const token = tokenIn(body);
  return { user: text(40), database: text(68), ...(token === null ? {} : { token }) };
}

const TOKEN_FEATURE = 2;

/** Among the features behind the texts of a login, each a number, a length and its bytes. */
function tokenIn(body: Buffer): string | null {
  let at = body.readUInt32LE(body.readUInt16LE(56));
  for (; at < body.length && body[at] !== 0xff; at += 5 + body.readUInt32LE(at + 1)) {
    if (body[at] !== TOKEN_FEATURE) continue;
    const from = at + 10;
    return body.subarray(from, from + body.readUInt32LE(at + 6)).toString("utf16le");
  }
  return null;
}
