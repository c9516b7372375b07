/** SQL Server as a session: one statement at a time in one connection, whose temporary tables are the kept ones. */
import { sql } from "../../text/sql.ts";
import type { Sql } from "../../text/sql.ts";
import type { Session, SmallRow } from "../database/session.ts";
import { withRetries } from "../database/retry.ts";
import type { Patience } from "../database/retry.ts";
import type { OpenConnection } from "./connection.ts";
import { MssqlError, MssqlFault } from "./mssql-error.ts";
import { DEADLOCK } from "./mssql-problem.ts";
import { rowPieces } from "./row-chunks.ts";
import { uploadOf } from "./upload.ts";

export interface MssqlSessionOptions {
  readonly connection: OpenConnection;
  readonly secondsAtMost: number | null;
  readonly patience: Patience;
}

/** Errors: `MssqlError` of a statement, `MssqlFault` of the way to the server. */
export function mssqlSession(options: MssqlSessionOptions): Session {
  const { connection, secondsAtMost, patience } = options;
  let last: Promise<unknown> = Promise.resolve();
  /** Begins when all before have ended, however they did. */
  const inTurn = <T>(act: () => Promise<T>): Promise<T> => {
    const turn = last.then(act, act);
    last = turn.catch(() => undefined);
    return turn;
  };
  const retried = <T>(act: () => Promise<T>): Promise<T> =>
    withRetries(act, { patience, signal: new AbortController().signal, reason: whyAgain });
  const rows = (statement: Sql): Promise<readonly SmallRow[]> =>
    inTurn(() => retried(() => smallRows(String(statement), options)));
  const run: Session["run"] = async (statement) => {
    await rows(asWhole(statement));
  };
  async function* chunks(statement: Sql) {
    const pieces = rowPieces();
    let resume = (): void => undefined;
    const end = { isHere: false };
    const ended = inTurn(() =>
      connection
        .batch(
          {
            sql: String(statement),
            onColumns: () => undefined,
            onRow: pieces.add,
            onBegin: (go) => {
              resume = go;
            },
          },
          secondsAtMost,
        )
        .then(() => null, asError)
        .then((error) => {
          end.isHere = true;
          pieces.end(error);
        }),
    );
    try {
      yield* pieces.read(() => {
        resume();
      });
    } finally {
      // Whoever stops reading ends the statement.
      if (!end.isHere) {
        connection.cancel();
        resume();
      }
      await ended;
    }
  }
  return {
    run,
    rows,
    chunks,
    begin: null,
    upload: async (table) => {
      const { create, load } = uploadOf(table);
      await run(create);
      await inTurn(() => connection.load(load));
    },
    interrupt: () => {
      connection.cancel();
    },
    close: async () => {
      connection.cancel();
      await last;
      connection.close();
    },
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new MssqlFault({ kind: "lost", code: "" });
}

async function smallRows(
  statement: string,
  { connection, secondsAtMost }: MssqlSessionOptions,
): Promise<readonly SmallRow[]> {
  const all: SmallRow[] = [];
  let names: readonly string[] = [];
  const batch = {
    sql: statement,
    onColumns: (columns: readonly { readonly colName: string }[]) => {
      names = columns.map(({ colName }) => colName);
    },
    onRow: (row: readonly unknown[]) => {
      all.push(Object.fromEntries(names.map((name, i) => [name, row[i]])));
      return true;
    },
  };
  await connection.batch(batch, secondsAtMost);
  return all;
}

/** A table that could not be filled would stay, empty, and stand in the way of the next try. */
function asWhole(statement: Sql): Sql {
  return sql`SET XACT_ABORT ON;\nBEGIN TRANSACTION;\n${statement};\nCOMMIT TRANSACTION`;
}

/** The server ends one of several statements that wait for one another. */
function whyAgain(error: unknown): string | null {
  return error instanceof MssqlError && error.number === DEADLOCK
    ? "a statement was ended so that another could go on"
    : null;
}
