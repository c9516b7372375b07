/** One connection: what is kept in temporary tables is kept in it, so it is never replaced by another. */
import { checkServerIdentity } from "node:tls";
import { withRetries } from "../database/retry.ts";
import type { Patience } from "../database/retry.ts";
import type { Client, CopyIn, CopyOut, Driver, Field, Result } from "./driver.ts";
import type { Login } from "./login.ts";
import { asPostgresqlError, PostgresqlFault } from "./postgresql-error.ts";
import { whyAgain } from "./postgresql-problem.ts";
import type { PostgresqlUrl } from "./postgresql-url.ts";

export interface To {
  readonly url: PostgresqlUrl;
  readonly login: Login;
}

/** Statements one after the other. Errors: `PostgresqlError`, `PostgresqlFault`. */
export interface Connection {
  /** The result of the last of the statements that has one. */
  readonly query: (text: string) => Promise<Result>;
  /** What the columns of a query are, without running it. */
  readonly describe: (text: string) => Promise<readonly Field[]>;
  readonly copyOut: (text: string) => CopiedOut;
  /** Sends pieces of text, or their bytes, to a COPY statement. */
  readonly copyIn: (text: string, pieces: Iterable<string | Uint8Array>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The bytes that a COPY statement sends. */
export interface CopiedOut {
  readonly pieces: AsyncIterable<Buffer>;
  /** Passes over what is left: a statement may only be left at its end. */
  readonly drain: () => Promise<void>;
}

/** Tried again where no connection comes about. */
export function openConnection(driver: Driver, to: To, patience: Patience): Promise<Connection> {
  return withRetries(() => connected(driver, to), {
    patience,
    signal: new AbortController().signal,
    reason: whyAgain,
  });
}

/** One try. */
export async function connected(driver: Driver, to: To): Promise<Connection> {
  const client = new driver.Client(configOf(to));
  const state = { isLost: false };
  // Told to whoever waits for a statement as well; without a listener the process would end.
  client.on("error", () => {
    state.isLost = true;
  });
  client.on("end", () => {
    state.isLost = true;
  });
  try {
    await client.connect();
  } catch (error) {
    void client.end().catch(() => undefined);
    throw asPostgresqlError(error);
  }
  return serving(driver, client, state);
}

function configOf({ url, login }: To): object {
  const { host, port, user, database, waitSeconds } = url;
  const isSocket = host.startsWith("/");
  return {
    ...{ host, port, user, database },
    // Asked for where the server wants one; otherwise the driver would look for files of its own.
    password: () => {
      if (login.password === null) throw new PostgresqlFault({ kind: "password-missing" });
      return login.password;
    },
    ssl: isSocket || url.ssl === "disable" ? false : encryption(url, login),
    application_name: "cohortline",
    client_encoding: "UTF8",
    connectionTimeoutMillis: waitSeconds * 1000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  };
}

/** The driver's own words for this change their meaning from version to version. */
function encryption({ host, ssl }: PostgresqlUrl, { ca, cert, key }: Login): object {
  return {
    host,
    rejectUnauthorized: true,
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
    checkServerIdentity: (_: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
      ssl === "verify-full" ? checkServerIdentity(host, certificate) : undefined,
  };
}

/** Every value as the server writes it. */
const asTexts = { getTypeParser: () => (text: string) => text };

function serving(driver: Driver, client: Client, state: { readonly isLost: boolean }): Connection {
  const failIfLost = (): void => {
    if (state.isLost) throw new PostgresqlFault({ kind: "lost", code: "closed" });
  };
  const asked = async <T>(act: () => Promise<T>): Promise<T> => {
    failIfLost();
    return act().catch((error: unknown) => {
      throw asPostgresqlError(error);
    });
  };
  return {
    query: (text) =>
      asked(async () => {
        const found = await client.query({ text, rowMode: "array", types: asTexts });
        return lastOf(found);
      }),
    describe: (text) => asked(() => described(client, text)),
    copyOut: (text) => {
      failIfLost();
      return copiedOut(client.query(driver.copyTo(text, { highWaterMark: BYTES_AHEAD })));
    },
    copyIn: (text, pieces) => asked(() => written(client.query(driver.copyFrom(text)), pieces)),
    close: () => client.end().catch(() => undefined),
  };
}

const BYTES_AHEAD = 262_144;

function copiedOut(stream: CopyOut): CopiedOut {
  const ended = new Promise<void>((resolve) => {
    stream.once("close", resolve).once("error", () => {
      resolve();
    });
  });
  return {
    pieces: told(stream),
    drain: async () => {
      stream.resume();
      await ended;
    },
  };
}

async function* told(stream: CopyOut): AsyncGenerator<Buffer> {
  try {
    for await (const piece of stream.iterator({ destroyOnReturn: false })) yield piece as Buffer;
  } catch (error) {
    throw asPostgresqlError(error);
  }
}

function lastOf(found: Result | readonly Result[]): Result {
  const all = "fields" in found ? [found] : found;
  return all.findLast(({ fields }) => fields.length > 0) ?? { fields: [], rows: [] };
}

function described(client: Client, text: string): Promise<readonly Field[]> {
  return new Promise((resolve, reject) => {
    let known: readonly Field[] = [];
    client.query({
      submit: (wire) => {
        wire.parse({ text });
        wire.describe({ type: "S" });
        wire.sync();
      },
      handleRowDescription: ({ fields }) => {
        known = fields;
      },
      handleError: reject,
      handleReadyForQuery: () => {
        resolve(known);
      },
    });
  });
}

function written(stream: CopyIn, pieces: Iterable<string | Uint8Array>): Promise<void> {
  return new Promise((resolve, reject) => {
    const all = pieces[Symbol.iterator]();
    const write = (): void => {
      for (;;) {
        const next = nextOf(all, stream);
        if (next === null) return;
        if (next.done === true) {
          stream.end();
          return;
        }
        if (!stream.write(next.value)) {
          stream.once("drain", write);
          return;
        }
      }
    };
    stream.once("error", reject);
    stream.once("finish", resolve);
    write();
  });
}

/** Null where there is none: then the statement fails with the error. */
function nextOf<T>(pieces: Iterator<T>, stream: CopyIn): IteratorResult<T> | null {
  try {
    return pieces.next();
  } catch (error) {
    stream.destroy(error instanceof Error ? error : new Error("no further piece"));
    return null;
  }
}

/** Ends what the server's process of a number is at work for; where it cannot be told so, the connection is given up. */
export function cancelling(driver: Driver, to: To, busy: Connection) {
  return async (processId: string): Promise<void> => {
    try {
      const other = await connected(driver, to);
      try {
        await other.query(`SELECT pg_cancel_backend(${Number(processId)})`);
      } finally {
        await other.close();
      }
    } catch {
      await busy.close();
    }
  };
}
