/** `duckdb:PATH?option=value`: what to open and how. */
import type { LayoutSaid } from "../database/layout-said.ts";
import type { OptOutsSaid } from "../database/opt-out-option.ts";
import { LAYOUT_OPTIONS, layoutSaid } from "../database/layout-options.ts";
import { urlOptions } from "../database/url-options.ts";
import { fail } from "./problems.ts";

export interface DuckDbUrl extends OptOutsSaid {
  /** As written; relative to the workspace. */
  readonly path: string;
  readonly layout: LayoutSaid;
  readonly threads: number | null;
  /** As DuckDB writes it: "4GiB". */
  readonly memoryLimit: string | null;
  /** How many patients are worked on at once. */
  readonly patientsAtOnce: number | null;
  /** Folders besides that of the database in which files of its views may lie; as `path`. */
  readonly allowed: readonly string[];
}

const taken = {
  options: [...LAYOUT_OPTIONS, "threads", "memory_limit", "patients_at_once", "allow"],
  several: ["allow"],
  example: "duckdb:records.duckdb",
};

const SIZE = /^\d+(\.\d+)?\s*(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i;

/** Problems: those of `urlOptions`, database-not-found. */
export function parseDuckDbUrl(text: string): DuckDbUrl {
  const options = urlOptions<string>(text, taken);
  const { address, all, wholeNumber, matching } = options;
  const path = decoded(address.replace(/^duckdb:(\/\/(?=\/))?/i, ""));
  if (path === "") return fail("database-not-found", {});
  return {
    path,
    includeOptedOut: options.includeOptedOut,
    saysOptOuts: options.saysOptOuts,
    layout: layoutSaid(options, taken.example),
    threads: wholeNumber("threads"),
    patientsAtOnce: wholeNumber("patients_at_once"),
    memoryLimit: matching("memory_limit", SIZE, "a size such as 4GiB"),
    allowed: all("allow"),
  };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A path with a bare per cent sign is meant as it stands.
    return path;
  }
}
