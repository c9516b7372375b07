/** The kind of database that a URL names. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { fail } from "./problems.ts";

/** Kinds that are answered, and those that are known by name only. */
const BUILT = ["duckdb"] as const;
const NOT_BUILT: readonly string[] = ["mssql", "mssql+pyodbc", "mssql+pymssql", "trino", "presto"];

export type DatabaseKind = (typeof BUILT)[number];

/**
 * The URL may hold a password: problems tell its scheme only, or what is a file's name and no URL.
 * Problems: unknown-database-kind, database-kind-not-built.
 */
export function databaseKind(url: string, workspace: string): DatabaseKind {
  const kind = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? "";
  const built = BUILT.find((each) => each === kind);
  if (built !== undefined) return built;
  if (NOT_BUILT.includes(kind)) fail("database-kind-not-built", { kind });
  const path = url.split("?")[0] ?? "";
  const isFile = kind === "" && path !== "" && isFileName(path, workspace);
  return fail("unknown-database-kind", { kind, known: BUILT, file: isFile ? path : null });
}

/** One that is there, or would be a DuckDB file's if it were: a name with an @ may hold a password. */
function isFileName(path: string, workspace: string): boolean {
  if (existsSync(resolve(workspace, path))) return true;
  return /\.(?:duckdb|ddb|db)$/i.test(path) && !path.includes("@");
}
