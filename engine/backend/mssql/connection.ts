/** One connection: what is kept in temporary tables is kept in it, so it is never replaced by another. */
import { withRetries } from "../database/retry.ts";
import type { Patience } from "../database/retry.ts";
import { MssqlError, MssqlFault, asMssqlError } from "./mssql-error.ts";
import type { Login } from "./login.ts";
import { secureSocket } from "./secure-socket.ts";
import type { MssqlUrl } from "./mssql-url.ts";
import type { Column, Connection, Done, Refusal, Tedious } from "./tedious.ts";

export type Row = readonly unknown[];

export interface Batch {
  readonly sql: string;
  readonly onColumns: (columns: readonly Column[]) => void;
  /** False: no more rows for now. */
  readonly onRow: (row: Row) => boolean;
  /** Told before the batch begins: how rows go on. */
  readonly onBegin?: (resume: () => void) => void;
}

export interface OpenConnection {
  /** One batch after the other; rows come while it runs. Errors: `MssqlError`, `MssqlFault`. */
  readonly batch: (batch: Batch, secondsAtMost: number | null) => Promise<void>;
  readonly load: (load: Load) => Promise<void>;
  /** Ends the batch that runs, if one does. */
  readonly cancel: () => void;
  readonly close: () => void;
}

export interface Load {
  readonly table: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: keyof Tedious["TYPES"];
    /** Of a text: the longest. */
    readonly length?: number;
  }[];
  readonly rows: Iterable<Row>;
}

/** What a statement has written is taken back before the server says that it has ended. */
const CANCEL_MILLISECONDS = 600_000;

/** Within the limit of an encrypted packet. */
const PACKET = 16_000;

/** Tried again where no connection comes about. */
export async function openConnection(
  driver: Tedious,
  { url, login, patience }: { url: MssqlUrl; login: Login; patience: Patience },
): Promise<OpenConnection> {
  const connection = await withRetries(() => connected(driver, url, login), {
    patience,
    signal: new AbortController().signal,
    reason: (error) =>
      error instanceof MssqlFault && error.fault.kind === "lost"
        ? `no connection (${error.fault.code})`
        : null,
  });
  return serving(driver, connection);
}

function connected(
  { Connection }: Tedious,
  url: MssqlUrl,
  { authentication, ca }: Login,
): Promise<Connection> {
  const waitMilliseconds = url.waitSeconds * 1000;
  const connector = () => secureSocket(url.host, url.port, { waitMilliseconds });
  const connection = new Connection({
    server: url.host,
    authentication,
    options: {
      port: url.port,
      database: url.database,
      encrypt: url.isEncrypted,
      ...(url.isEncrypted ? { connector } : {}),
      trustServerCertificate: false,
      ...(url.certificateHost === null ? {} : { serverName: url.certificateHost }),
      ...(ca === null ? {} : { cryptoCredentialsDetails: { ca } }),
      appName: "cohortline",
      connectTimeout: waitMilliseconds,
      // The driver's own tries tell nobody.
      maxRetriesOnTransientErrors: 0,
      requestTimeout: 0,
      cancelTimeout: CANCEL_MILLISECONDS,
      packetSize: PACKET,
      fallbackToDefaultDb: false,
      useUTC: true,
    },
  });
  let refusal: Refusal | null = null;
  return new Promise((resolve, reject) => {
    // Told to whoever waits for a batch as well.
    connection.on("error", () => undefined);
    connection.on("errorMessage", (told) => {
      refusal = told;
    });
    connection.connect((error) => {
      if (error === undefined) {
        resolve(connection);
        return;
      }
      connection.close();
      reject(loginError(error, refusal));
    });
  });
}

/** Of a login that was refused the driver's error has no number. */
function loginError(error: Error, refusal: Refusal | null): Error {
  if (refusal === null) return asMssqlError(error);
  const { number, class: severity, message } = refusal;
  return new MssqlError(number, severity, message);
}

function serving({ Request, TYPES }: Tedious, connection: Connection): OpenConnection {
  let isLost = false;
  connection.on("end", () => {
    isLost = true;
  });
  const done =
    (resolve: () => void, reject: (error: Error) => void): Done =>
    (error) => {
      if (error === null || error === undefined) resolve();
      else reject(asMssqlError(error));
    };
  const failIfLost = (): void => {
    if (isLost) throw new MssqlFault({ kind: "lost", code: "closed" });
  };
  const batch: OpenConnection["batch"] = async (asked, secondsAtMost) => {
    failIfLost();
    await new Promise<void>((resolve, reject) => {
      const request = new Request(asked.sql, done(resolve, reject));
      request.on("columnMetadata", asked.onColumns);
      request.on("row", (cells) => {
        if (!asked.onRow(cells.map(({ value }) => value))) request.pause();
      });
      asked.onBegin?.(() => {
        request.resume();
      });
      if (secondsAtMost !== null) request.setTimeout(milliseconds(secondsAtMost));
      connection.execSqlBatch(request);
    });
  };
  const load: OpenConnection["load"] = async ({ table, columns, rows }) => {
    failIfLost();
    await new Promise<void>((resolve, reject) => {
      const bulk = connection.newBulkLoad(table, { keepNulls: true }, done(resolve, reject));
      for (const { name, type, length } of columns) {
        bulk.addColumn(name, TYPES[type], {
          nullable: true,
          ...(length === undefined ? {} : { length }),
        });
      }
      connection.execBulkLoad(bulk, rows);
    });
  };
  return {
    batch,
    load,
    cancel: () => {
      connection.cancel();
    },
    close: () => {
      connection.close();
    },
  };
}

/** A longer wait would be none: timers hold 31 bits of milliseconds. */
function milliseconds(seconds: number): number {
  return Math.min(seconds * 1000, 2_147_483_647);
}
