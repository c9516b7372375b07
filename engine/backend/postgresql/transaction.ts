/**
 * Everything that a run asks is one transaction: all of it sees the records as they were at its beginning, whatever others
 * write meanwhile, and nothing that is kept on the way outlives it, even where this process is killed. A connection pooler
 * that changes connections with each transaction keeps this one to the end.
 */
import { withRetries } from "../database/retry.ts";
import type { Patience } from "../database/retry.ts";
import type { Connection, CopiedOut } from "./connection.ts";
import type { Field, Result } from "./driver.ts";
import { isEndedForOthers, PostgresqlError } from "./postgresql-error.ts";
import { fail } from "./problems.ts";

export interface Transaction {
  /** Taken back as a whole where it fails; tried again where it was ended for others. */
  readonly query: (text: string) => Promise<Result>;
  readonly copyIn: (text: string, pieces: () => Iterable<string>) => Promise<void>;
  readonly describe: (text: string) => Promise<readonly Field[]>;
  /** Whoever reads it calls `settle` at the end. */
  readonly copyOut: (text: string) => CopiedOut;
  /** After statements that are no `query`: the transaction goes on as if a failed one had not been. */
  readonly settle: (isWhole: boolean) => Promise<void>;
  /** Of the server's process that works for it. */
  readonly processId: string;
  readonly end: () => Promise<void>;
}

/**
 * What could change a value or a wait is said here, whatever the server, the user or the database has set. A broken
 * connection is noticed by the server while it works, and compiling costs more than it gains: see bench/README.md.
 */
const settings = {
  jit: "off",
  TimeZone: "UTC",
  DateStyle: "ISO, YMD",
  extra_float_digits: "1",
  standard_conforming_strings: "on",
  client_min_messages: "warning",
  client_connection_check_interval: "2s",
  statement_timeout: "0",
  idle_in_transaction_session_timeout: "0",
} as const;

/** A lock that is not given within the seconds is somebody's who changes the tables. Problems: postgresql-pooler, postgresql-version. */
export async function beginTransaction(
  connection: Connection,
  { patience, lockSeconds }: { readonly patience: Patience; readonly lockSeconds: number },
): Promise<Transaction> {
  await connection.query("BEGIN ISOLATION LEVEL REPEATABLE READ").catch((error: unknown) => {
    if (error instanceof PostgresqlError && error.state === "08P01") fail("postgresql-pooler", {});
    throw error;
  });
  const all = { ...settings, lock_timeout: `${lockSeconds}s` };
  const said = Object.entries(all).map(([name, value]) => `SET LOCAL ${name} = '${value}'`);
  const asked = "SELECT pg_backend_pid(), current_setting('server_version_num')";
  const { rows } = await connection.query([...said, asked, SAVEPOINT].join(";\n"));
  const [processId, number] = rows[0] ?? [];
  const version = Math.floor(Number(number) / 10_000);
  if (version < FIRST_VERSION) fail("postgresql-version", { version: String(version) });
  return within(connection, patience, processId ?? "");
}

const FIRST_VERSION = 15;
const SAVEPOINT = "SAVEPOINT cohortline";
const RELEASE = "RELEASE SAVEPOINT cohortline";
const BACK = "ROLLBACK TO SAVEPOINT cohortline";

/** Between statements there is always a savepoint to go back to. */
function within(connection: Connection, patience: Patience, processId: string): Transaction {
  const settle = async (isWhole: boolean): Promise<void> => {
    await connection.query(isWhole ? `${RELEASE};\n${SAVEPOINT}` : BACK);
  };
  const whole = <T>(act: () => Promise<T>): Promise<T> =>
    withRetries(
      async () => {
        try {
          return await act();
        } catch (error) {
          // Where this fails too there is no connection, which the error tells already.
          await settle(false).catch(() => undefined);
          throw error;
        }
      },
      { patience, signal: new AbortController().signal, reason: whyAgain },
    );
  return {
    processId,
    query: (text) => whole(() => connection.query(`${text};\n${RELEASE};\n${SAVEPOINT}`)),
    copyIn: (text, pieces) =>
      whole(async () => {
        await connection.copyIn(text, pieces());
        await settle(true);
      }),
    describe: connection.describe,
    copyOut: connection.copyOut,
    settle,
    end: async () => {
      await connection.query("ROLLBACK").catch(() => undefined);
      await connection.close();
    },
  };
}

function whyAgain(error: unknown): string | null {
  return isEndedForOthers(error) ? "a statement was ended so that another could go on" : null;
}
