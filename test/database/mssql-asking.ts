/** A session at a server of ours, for tests of what is asked and what comes back. */
import { loadTedious } from "../../engine/backend/mssql/tedious.ts";
import { openConnection } from "../../engine/backend/mssql/connection.ts";
import { failForMssql } from "../../engine/backend/mssql/mssql-problem.ts";
import { mssqlSession } from "../../engine/backend/mssql/mssql-session.ts";
import { parseMssqlUrl } from "../../engine/backend/mssql/mssql-url.ts";
import type { Session } from "../../engine/backend/database/session.ts";
import { problemsOf } from "../table/problem-of.ts";
import { tdsServer } from "./tds-server.ts";
import type { Answering, BatchAnswer, TdsServer } from "./tds-server.ts";

export interface Asked {
  readonly session: Session;
  readonly server: TdsServer;
  /** Another connection to the same server. */
  readonly another: () => Promise<Session>;
  /** What was told of tries. */
  readonly notes: readonly string[];
}

export async function asked<T>(
  answering: Answering,
  act: (asked: Asked) => Promise<T>,
  { seconds = null }: { readonly seconds?: number | null } = {},
): Promise<T> {
  const server = await tdsServer(answering);
  const notes: string[] = [];
  const patience = {
    ...{ server: "SQL Server", attempts: 3, firstWait: 1, longestWait: 2 },
    note: (text: string) => notes.push(text),
  };
  try {
    const url = parseMssqlUrl(`mssql://me:word@127.0.0.1:${server.port}/records?encrypt=false`);
    const options = { userName: "me", password: "word" };
    const login = { authentication: { type: "default", options }, ca: null };
    const sessions: Session[] = [];
    const another = async (): Promise<Session> => {
      const connection = await openConnection(await loadTedious(), { url, login, patience });
      const session = mssqlSession({ connection, secondsAtMost: seconds, patience });
      sessions.push(session);
      return session;
    };
    try {
      return await act({ session: await another(), another, server, notes });
    } finally {
      for (const session of sessions) await session.close();
    }
  } finally {
    await server.stop();
  }
}

export function numbered(rows: number): BatchAnswer {
  return {
    columns: [
      { name: "n", kind: "bigint" },
      { name: "called", kind: "nvarchar" },
    ],
    rows: Array.from({ length: rows }, (_, i) => [i, `row ${i}`]),
  };
}

/** Codes and exit codes of the problems; none of them has a word of the server. */
export async function refusedOf(act: () => Promise<unknown>) {
  const told = await problemsOf(() => act().catch((error: unknown) => failForMssql(error, [])));
  if (JSON.stringify(told).includes("SECRET")) throw new Error("a word of the server is told");
  return told.map(({ code, exitCode }) => [code, exitCode]);
}
