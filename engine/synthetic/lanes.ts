/** Sequences of statements side by side, each on a connection of its own. */
import type { DuckDb } from "../duckdb/duckdb.ts";
import type { Sql } from "../text/sql.ts";
import { working } from "./make-database.ts";

export interface Lanes {
  /** Runs as many sequences at a time as there are lanes. The first error is thrown when none runs any more. */
  run(sequences: readonly (readonly Sql[])[], onStatement: () => void): Promise<void>;
  /** Ends what runs; nothing is begun any more. */
  interrupt(): void;
  close(): void;
}

/** More than this fill no gap that fewer leave, and each holds memory. */
const MOST_LANES = 6;

/** One more than threads: there is something to begin whenever a thread is free. One thread does it all by itself. */
export async function openLanes(db: DuckDb, threads: number): Promise<Lanes> {
  const connections: DuckDb[] = [];
  const lanes = threads === 1 ? 1 : Math.min(MOST_LANES, threads + 1);
  while (connections.length < lanes) connections.push(await db.connect());
  let ended = false;
  const interrupt = (): void => {
    ended = true;
    for (const connection of connections) connection.interrupt();
  };
  return {
    interrupt,
    run: async (sequences, onStatement) => {
      const queue = sequences.values();
      const lane = async (connection: DuckDb): Promise<void> => {
        const run = working(connection, threads);
        for (const sequence of queue) {
          for (const statement of sequence) {
            if (ended) return;
            await run(statement);
            onStatement();
          }
        }
      };
      const results = await Promise.allSettled(
        connections.map((connection) =>
          lane(connection).catch((error: unknown) => {
            interrupt();
            throw error;
          }),
        ),
      );
      const failed = results.find((result) => result.status === "rejected");
      if (failed !== undefined) throw failed.reason;
    },
    close: () => {
      for (const connection of connections) connection.close();
    },
  };
}
