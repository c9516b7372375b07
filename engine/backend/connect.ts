/** From a database URL to the backend that answers. */
import { fail } from "../base/problems.ts";
import type { Backend } from "./backend.ts";
import { duckDbBackend } from "./duckdb/duckdb-backend.ts";
import type { DuckDbBackendOptions } from "./duckdb/duckdb-backend.ts";

export type ConnectOptions = DuckDbBackendOptions;

type Open = (url: string, options: ConnectOptions) => Promise<Backend>;

/** Kinds of database by URL scheme; null = known, not built yet. */
const kinds: Readonly<Record<string, Open | null>> = {
  duckdb: duckDbBackend,
  mssql: null,
  "mssql+pyodbc": null,
  "mssql+pymssql": null,
  trino: null,
  presto: null,
};

/**
 * Opens the backend that a URL names. The URL may hold a password: problems tell its scheme only.
 * Problems: unknown-database-kind, database-kind-not-built, those of the kind.
 */
export async function connect(url: string, options: ConnectOptions): Promise<Backend> {
  const kind = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  const open = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (open === undefined) {
    return fail("unknown-database-kind", { kind, known: Object.keys(kinds) });
  }
  return open === null ? fail("database-kind-not-built", { kind }) : open(url, options);
}
