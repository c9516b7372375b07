/** Trino as a session: one statement at a time, each a query of its own; tables that are kept are the session's. */
import type { Sql } from "../../text/sql.ts";
import type { Session, SmallRow } from "../database/session.ts";
import { chunksOf } from "./row-chunks.ts";
import { pagesOf } from "./statement.ts";
import type { Asking } from "./statement.ts";
import { TrinoFault } from "./trino-error.ts";
import { uploadStatements } from "./upload.ts";
import type { TableAndTexts, UploadTo } from "./upload.ts";

export interface TrinoSessionOptions {
  readonly asking: Asking;
  /** A statement that takes longer is ended; null for no limit. */
  readonly secondsAtMost: number | null;
  /** A kept table by its name within the session. */
  readonly keptTable: (name: string) => Sql;
  readonly text: UploadTo["text"];
  /** Drops what is still kept, and closes the connection. */
  readonly close: () => Promise<void>;
}

export interface TrinoSession extends Session {
  readonly upload: (table: TableAndTexts) => Promise<void>;
}

/** Errors: `TrinoError` of a statement, `TrinoFault` of the way to the server. */
export function trinoSession(options: TrinoSessionOptions): TrinoSession {
  const { asking, secondsAtMost, keptTable, text, close } = options;
  const running = new Set<AbortController>();
  async function* pages(statement: Sql) {
    const control = new AbortController();
    running.add(control);
    const stopAt = timer(control, secondsAtMost);
    try {
      yield* pagesOf(String(statement), asking, control.signal);
    } finally {
      clearTimeout(stopAt);
      running.delete(control);
    }
  }
  const rows: Session["rows"] = async (statement) => {
    const all: SmallRow[] = [];
    for await (const { columns, rows: page } of pages(statement)) {
      const names = (columns ?? []).map(({ name }) => name);
      for (const row of page) all.push(Object.fromEntries(names.map((name, i) => [name, row[i]])));
    }
    return all;
  };
  const run: Session["run"] = async (statement) => {
    await rows(statement);
  };
  return {
    run,
    rows,
    chunks: async function* (statement) {
      for await (const page of pages(statement)) yield* chunksOf(page);
    },
    begin: null,
    upload: async ({ name, ...table }) => {
      for (const statement of uploadStatements(table, { table: keptTable(name), text }))
        await run(statement);
    },
    interrupt: () => {
      for (const control of running) control.abort(new TrinoFault({ kind: "interrupted" }));
    },
    close,
  };
}

function timer(control: AbortController, seconds: number | null): NodeJS.Timeout | undefined {
  if (seconds === null) return undefined;
  const end = (): void => {
    control.abort(new TrinoFault({ kind: "time-limit", seconds }));
  };
  // A longer wait would be none: timers hold 31 bits of milliseconds.
  return setTimeout(end, Math.min(seconds * 1000, 2_147_483_647)).unref();
}
