/** PostgreSQL as a session: one statement at a time in one transaction. */
import type { Sql } from "../../text/sql.ts";
import type { Session, SmallRow, UploadedTable } from "../database/session.ts";
import { pieceReader } from "./binary-rows.ts";
import { PostgresqlError, PostgresqlFault } from "./postgresql-error.ts";
import type { Transaction } from "./transaction.ts";

export interface PostgresqlSessionOptions {
  readonly transaction: Transaction;
  readonly secondsAtMost: number | null;
  /** Ends what the server's process of the number is at work for, over another connection. */
  readonly cancel: (processId: string) => Promise<void>;
  /** Makes a table with these rows. */
  readonly upload: (table: UploadedTable) => Promise<void>;
  /** What is done with a statement before it is sent; null where it is not sent at all. */
  readonly sent: (statement: Sql) => Promise<Sql | null>;
}

type Reason = "time-limit" | "interrupted";

/** Errors: `PostgresqlError` of a statement, `PostgresqlFault` of the way to the server. */
export function postgresqlSession(options: PostgresqlSessionOptions): Session {
  const { transaction, sent } = options;
  const turns = turnTaking(options);
  const rows = (statement: Sql): Promise<readonly SmallRow[]> =>
    turns.inTurn(async () => {
      const said = await sent(statement);
      if (said === null) return [];
      const found = await transaction.query(String(said));
      const names = found.fields.map(({ name }) => name);
      return found.rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])));
    });
  return {
    run: async (statement) => {
      await rows(statement);
    },
    rows,
    chunks: async function* (statement) {
      const leave = await turns.take();
      try {
        const query = String((await sent(statement)) ?? "");
        yield* piecesOf(query, transaction, turns.interrupt);
      } catch (error) {
        throw turns.toldOf(error);
      } finally {
        await leave();
      }
    },
    begin: null,
    upload: (table) => turns.inTurn(() => options.upload(table)),
    interrupt: () => {
      turns.interrupt();
    },
    close: async () => {
      turns.interrupt();
      await turns.take();
      await transaction.end();
    },
  };
}

/** Whoever stops reading ends the statement. */
async function* piecesOf(query: string, transaction: Transaction, interrupt: () => void) {
  const end = { isWhole: false, isReached: false };
  let copied: ReturnType<Transaction["copyOut"]> | null = null;
  try {
    const fields = await transaction.describe(query);
    const reader = pieceReader(fields.map(({ dataTypeID }) => dataTypeID));
    copied = transaction.copyOut(`COPY (${query}) TO STDOUT (FORMAT binary)`);
    for await (const bytes of copied.pieces) yield* reader.read(bytes);
    end.isWhole = true;
    end.isReached = true;
    yield* reader.end();
  } catch (error) {
    // An error of the server ends the statement; one of ours does not.
    end.isReached ||= error instanceof PostgresqlError || isLost(error);
    throw error;
  } finally {
    if (!end.isReached) {
      interrupt();
      await copied?.drain();
    }
    await transaction.settle(end.isWhole).catch(() => undefined);
  }
}

function isLost(error: unknown): boolean {
  return error instanceof PostgresqlFault && error.fault.kind === "lost";
}

interface Turns {
  readonly inTurn: <T>(act: () => Promise<T>) => Promise<T>;
  /** Begins when all before have ended; gives what ends it. */
  readonly take: () => Promise<() => Promise<void>>;
  readonly interrupt: () => void;
  /** The error of a statement that was cancelled, by why it was. */
  readonly toldOf: (error: unknown) => unknown;
}

function turnTaking({
  transaction,
  secondsAtMost,
  cancel,
}: Pick<PostgresqlSessionOptions, "transaction" | "secondsAtMost" | "cancel">): Turns {
  let last: Promise<void> = Promise.resolve();
  let isRunning = false;
  let reason: Reason | null = null;
  let cancelling: Promise<void> | null = null;
  const end = (why: Reason): void => {
    if (!isRunning || cancelling !== null) return;
    reason = why;
    cancelling = cancel(transaction.processId);
  };
  const take: Turns["take"] = async () => {
    const before = last;
    let free = (): void => undefined;
    last = new Promise((resolve) => {
      free = resolve;
    });
    await before;
    isRunning = true;
    reason = null;
    const stopAt = timer(secondsAtMost, () => {
      end("time-limit");
    });
    return async () => {
      clearTimeout(stopAt);
      isRunning = false;
      // A cancelling that comes late would end the next statement.
      await cancelling;
      cancelling = null;
      free();
    };
  };
  const toldOf = (error: unknown): unknown =>
    reason !== null && error instanceof PostgresqlError && error.state === "57014"
      ? new PostgresqlFault({ kind: reason })
      : error;
  return {
    take,
    toldOf,
    inTurn: async (act) => {
      const leave = await take();
      try {
        return await act();
      } catch (error) {
        throw toldOf(error);
      } finally {
        await leave();
      }
    },
    interrupt: () => {
      end("interrupted");
    },
  };
}

function timer(seconds: number | null, act: () => void): NodeJS.Timeout | undefined {
  // A longer wait would be none: timers hold 31 bits of milliseconds.
  return seconds === null
    ? undefined
    : setTimeout(act, Math.min(seconds * 1000, 2_147_483_647)).unref();
}
