/** From a database URL to the backend that answers. */
import { fail } from "../base/problems.ts";
import type { Backend } from "./backend.ts";

/** Kinds of database by URL scheme; null = known, not built yet. */
const kinds: Readonly<Record<string, ((url: string) => Backend) | null>> = {
  duckdb: null,
  mssql: null,
  "mssql+pyodbc": null,
  "mssql+pymssql": null,
  trino: null,
  presto: null,
};

/**
 * Opens the backend that a URL names. The URL holds a password: problems tell its scheme only.
 * Problems: unknown-database-kind, database-kind-not-built.
 */
export function connect(url: string): Backend {
  const kind = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  const open = Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
  if (open === undefined) {
    return fail("unknown-database-kind", { kind, known: Object.keys(kinds) });
  }
  return open === null ? fail("database-kind-not-built", { kind }) : open(url);
}
