/** From a database URL to the backend that answers. */
import type { Backend } from "./backend.ts";
import { databaseKind } from "./database-kind.ts";
import type { DatabaseKind } from "./database-kind.ts";
import { duckDbBackend } from "./duckdb/duckdb-backend.ts";
import type { DuckDbBackendOptions } from "./duckdb/duckdb-backend.ts";

export type ConnectOptions = DuckDbBackendOptions;

type Open = (url: string, options: ConnectOptions) => Promise<Backend>;

const backends: { readonly [Kind in DatabaseKind]: Open } = { duckdb: duckDbBackend };

/** Opens the backend that a URL names. Problems: those of `databaseKind` and those of the kind. */
export async function connect(url: string, options: ConnectOptions): Promise<Backend> {
  return backends[databaseKind(url, options.workspace)](url, options);
}
