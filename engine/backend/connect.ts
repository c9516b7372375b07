/** From a database URL to the backend that answers. */
import type { Backend } from "./backend.ts";
import { databaseKind } from "./database-kind.ts";
import type { DatabaseKind } from "./database-kind.ts";
import type { DuckDbBackendOptions } from "./database/database-backend.ts";

export type ConnectOptions = DuckDbBackendOptions;

type Open = (url: string, options: ConnectOptions) => Promise<Backend>;

/** Loaded when it is asked for: dummy data need no plan and no SQL. */
const backends: { readonly [Kind in DatabaseKind]: () => Promise<Open> } = {
  duckdb: async () => (await import("./database/database-backend.ts")).duckDbBackend,
};

/** Opens the backend that a URL names. Problems: those of `databaseKind` and those of the kind. */
export async function connect(url: string, options: ConnectOptions): Promise<Backend> {
  const open = await backends[databaseKind(url, options.workspace)]();
  return open(url, options);
}
