/** The kinds of databases, and which of them a URL names. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { ReadCatalogue } from "./database/catalogue.ts";
import type { OpenRecords } from "./database/records.ts";
import type { TablesWriter } from "./database/tables-writer.ts";
import { fail } from "./problems.ts";

export interface DatabaseKind {
  /** What its URLs look like, for messages. */
  readonly urls: readonly string[];
  /** The kind's code is loaded when a URL names it. */
  readonly load: () => Promise<OpenRecords>;
  /** How all its tables are listed; null where that is not known. */
  readonly catalogue: (() => Promise<ReadCatalogue>) | null;
  /** Absent where tables of ours cannot be written. */
  readonly writer?: () => Promise<TablesWriter>;
}

const trinoKind: DatabaseKind = {
  urls: ["trino://USER@HOST:PORT/CATALOG/SCHEMA"],
  load: async () => (await import("./trino/open-records.ts")).openTrinoRecords,
  catalogue: null,
};

const mssqlKind: DatabaseKind = {
  urls: ["mssql://USER@HOST:PORT/DATABASE"],
  load: async () => (await import("./mssql/open-records.ts")).openMssqlRecords,
  catalogue: null,
};

const postgresqlKind: DatabaseKind = {
  urls: ["postgresql://USER@HOST:PORT/DATABASE"],
  load: async () => (await import("./postgresql/open-records.ts")).openPostgresqlRecords,
  catalogue: async () => (await import("./postgresql/catalogue.ts")).postgresqlCatalogue,
  writer: async () => (await import("./postgresql/write-tables.ts")).postgresqlWriter,
};

/** By the scheme of their URLs. */
const kinds: Readonly<Record<string, DatabaseKind>> = {
  duckdb: {
    urls: ["duckdb:FILE", "duckdb:FOLDER"],
    load: async () => (await import("./duckdb/open-records.ts")).openDuckDbRecords,
    catalogue: async () => (await import("./duckdb/catalogue.ts")).duckDbCatalogue,
  },
  mssql: mssqlKind,
  "mssql+pyodbc": mssqlKind,
  "mssql+pymssql": mssqlKind,
  postgresql: postgresqlKind,
  postgres: postgresqlKind,
  "postgresql+psycopg2": postgresqlKind,
  "postgresql+psycopg": postgresqlKind,
  trino: trinoKind,
  presto: trinoKind,
};

/**
 * The URL may hold a password: problems tell its scheme only, or what is a file's name and no URL.
 * Problem: unknown-database-kind.
 */
export function databaseKind(url: string, workspace: string): DatabaseKind {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  const kind = Object.hasOwn(kinds, scheme) ? kinds[scheme] : undefined;
  if (kind !== undefined) return kind;
  const known = Object.keys(kinds);
  const urls = [...new Set(Object.values(kinds).flatMap((each) => each.urls))];
  const path = url.split("?")[0] ?? "";
  const isFile = scheme === "" && path !== "" && isFileName(path, workspace);
  return fail("unknown-database-kind", { kind: scheme, known, urls, file: isFile ? path : null });
}

/** One that is there, or would be a DuckDB file's if it were: a name with an @ may hold a password. */
function isFileName(path: string, workspace: string): boolean {
  if (existsSync(resolve(workspace, path))) return true;
  return /\.(?:duckdb|ddb|db)$/i.test(path) && !path.includes("@");
}
