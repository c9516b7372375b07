/** `duckdb:PATH?option=value`: what to open and how. */
import { nearestNames } from "../../base/nearest.ts";
import { fail } from "../problems.ts";
import { takeOptOutOption } from "../database/opt-out-option.ts";

export interface DuckDbUrl {
  /** As written; relative to the workspace. */
  readonly path: string;
  readonly includeOptedOut: boolean;
  readonly threads: number | null;
  /** As DuckDB writes it: "4GiB". */
  readonly memoryLimit: string | null;
  /** How many patients are worked on at once. */
  readonly patientsAtOnce: number | null;
  /** Folders besides that of the database in which files of its views may lie; as `path`. */
  readonly allowed: readonly string[];
}

const known = ["threads", "memory_limit", "patients_at_once", "allow"] as const;

/** Problems: database-option, database-option-value, database-option-repeated, database-not-found. */
export function parseDuckDbUrl(text: string): DuckDbUrl {
  const { url, includeOptedOut } = takeOptOutOption(text);
  const [address = "", query = ""] = url.split(/\?(.*)/s);
  const path = decoded(address.replace(/^duckdb:(\/\/(?=\/))?/i, ""));
  if (path === "") return fail("database-not-found", {});
  const options = new URLSearchParams(query);
  for (const option of new Set(options.keys())) {
    if (option !== "allow" && options.getAll(option).length > 1) {
      fail("database-option-repeated", { option });
    }
    if (!known.some((name) => name === option)) {
      fail("database-option", { option, known, nearest: nearestNames(option, known) });
    }
  }
  const threads = wholeNumber(options, "threads");
  const patientsAtOnce = wholeNumber(options, "patients_at_once");
  const memoryLimit = memory(options);
  const allowed = options.getAll("allow");
  return { path, includeOptedOut, threads, patientsAtOnce, memoryLimit, allowed };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    // A path with a bare per cent sign is meant as it stands.
    return path;
  }
}

function wholeNumber(options: URLSearchParams, option: string): number | null {
  const text = options.get(option);
  if (text === null) return null;
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  return fail("database-option-value", { option, wanted: "a whole number from 1" });
}

function memory(options: URLSearchParams): string | null {
  const text = options.get("memory_limit");
  if (text === null || /^\d+(\.\d+)?\s*(KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i.test(text)) return text;
  return fail("database-option-value", { option: "memory_limit", wanted: "a size such as 4GiB" });
}
