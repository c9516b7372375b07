/**
 * A statement done by DuckDB's own threads while the caller sleeps. The usual call lends its thread to the
 * statement; when all that is left of it is being done by others, that thread turns in a loop and takes a core.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { Connection, PendingResult } from "@duckdb/node-bindings";
import { withKinds } from "./duckdb-error.ts";
import { duckDbBindings } from "./library.ts";

/** Asking more often costs as much as the loop would. */
const LONGEST_PAUSE_MS = 5;

/**
 * Runs one statement and drops its result. DuckDB needs two threads at least: it counts the caller as one of
 * them, so that one thread fewer works.
 */
export async function runInBackground(connection: Connection, statement: string): Promise<void> {
  const bindings = duckDbBindings();
  await withKinds(async () => {
    const prepared = await bindings.prepare(connection, statement);
    const pending = bindings.pending_prepared(prepared);
    await hasEnded(pending);
    await bindings.execute_pending(pending);
    bindings.destroy_prepare_sync(prepared);
  });
}

/** Also with an error, which getting the result reports. */
async function hasEnded(pending: PendingResult): Promise<void> {
  const bindings = duckDbBindings();
  const { RESULT_READY, ERROR } = bindings.PendingState;
  for (let milliseconds = 0; ; milliseconds = Math.min(LONGEST_PAUSE_MS, milliseconds + 1)) {
    const state = bindings.pending_execute_check_state(pending);
    if (state === RESULT_READY || state === ERROR) return;
    await pause(milliseconds);
  }
}
