/** A session with a server of Trino's protocol that answers by a script. */
import type { Session } from "../../engine/backend/database/session.ts";
import { askServer } from "../../engine/backend/trino/ask-server.ts";
import { trinoSession } from "../../engine/backend/trino/trino-session.ts";
import { failForTrino } from "../../engine/backend/trino/trino-problem.ts";
import { parseTrinoUrl } from "../../engine/backend/trino/trino-url.ts";
import { literal, sql, word } from "../../engine/text/sql.ts";
import assert from "node:assert/strict";
import { problemsOf } from "../table/problem-of.ts";
import { withTrinoServer } from "./trino-server.ts";
import type { ScriptedServer, Step } from "./trino-server.ts";

export const columns = [
  { name: "id", type: "bigint" },
  { name: "value", type: "double" },
  { name: "called", type: "varchar" },
];
export const rows = (...data: readonly (readonly unknown[])[]): Step => ({
  page: { columns, data },
});
export const failing = (errorName: string, errorType: string, message = "SECRET-VALUE"): Step => ({
  error: { errorName, errorType, message },
});

export interface Seen {
  readonly session: Session;
  readonly server: ScriptedServer;
  readonly notes: readonly string[];
}

/** A session with a server that answers every statement by these steps. */
export async function asked<T>(
  steps: readonly Step[],
  act: (seen: Seen) => Promise<T>,
  options = "attempts=3",
): Promise<T> {
  return withTrinoServer(
    () => steps,
    async (server) => {
      const notes: string[] = [];
      const url = parseTrinoUrl(`trino://me@127.0.0.1:${server.port}/hive/records?${options}`);
      const { asking, close } = askServer(
        url,
        { environment: {}, workspace: "." },
        (text) => void notes.push(text),
      );
      const patience = { ...asking.patience, firstWait: 2, longestWait: 4 };
      const session = trinoSession({
        asking: { ...asking, patience },
        secondsAtMost: url.secondsAtMost,
        keptTable: word,
        text: literal,
        close: () => {
          close();
          return Promise.resolve();
        },
      });
      return act({ session, server, notes }).finally(() => session.close());
    },
  );
}

/** The problems that a statement stops with, by code and exit code. */
export async function told(steps: readonly Step[], statement = sql`SELECT 1`, options?: string) {
  const found = await asked(
    steps,
    ({ session }) =>
      problemsOf(() =>
        session.rows(statement).catch((error: unknown) => failForTrino(error, ["a"])),
      ),
    options,
  );
  assert.ok(!JSON.stringify(found).includes("SECRET"));
  return found.map(({ code, exitCode }) => [code, exitCode]);
}
