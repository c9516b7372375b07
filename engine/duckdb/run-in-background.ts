/**
 * A statement done by DuckDB's own threads while the caller sleeps. The usual call lends its thread to the
 * statement; when all that is left of it is being done by others, that thread turns in a loop and takes a core.
 */
import { setTimeout as pause } from "node:timers/promises";
import type { DuckDBConnection, DuckDBPendingResult } from "@duckdb/node-api";
import type { PendingResult } from "@duckdb/node-bindings";
import { withKinds } from "./duckdb-error.ts";
import { duckDbBindings } from "./library.ts";

/** Asking more often costs as much as the loop would. */
const LONGEST_PAUSE_MS = 5;

/**
 * Runs one statement and drops its result. DuckDB needs two threads at least: it counts the caller as one of
 * them, so that one thread fewer works.
 */
export async function runInBackground(
  connection: DuckDBConnection,
  statement: string,
): Promise<void> {
  await withKinds(async () => {
    const prepared = await connection.prepare(statement);
    const pending = prepared.start();
    await hasEnded(pending);
    await pending.getResult();
    prepared.destroySync();
  });
}

/** Also with an error, which getting the result reports. */
async function hasEnded(pending: DuckDBPendingResult): Promise<void> {
  const bindings = duckDbBindings();
  const { RESULT_READY, ERROR } = bindings.PendingState;
  // The library has no face for it: its own method takes part in the work.
  const { pending_result: handle } = pending as unknown as { pending_result: PendingResult };
  for (let milliseconds = 0; ; milliseconds = Math.min(LONGEST_PAUSE_MS, milliseconds + 1)) {
    const state = bindings.pending_execute_check_state(handle);
    if (state === RESULT_READY || state === ERROR) return;
    await pause(milliseconds);
  }
}
