/** What an error of DuckDB means to the person who runs a study. Its text is never told: it quotes values. */
import { constants } from "node:os";
import { ProblemError } from "../../base/problems.ts";
import { problem } from "./problems.ts";
import type { Problem } from "../../base/problems.ts";
import { DuckDbError } from "../../duckdb/duckdb-error.ts";
import { problemOfStopped } from "../database/stopped-statement.ts";

/**
 * `columns` are those that the statement was at work for. An error that neither the data nor the machine can
 * cause is a bug, and is reported by its kind alone: the rest of it is SQL, and may hold a value.
 */
export function failForDatabase(error: unknown, columns: readonly string[]): never {
  if (error instanceof ProblemError || !(error instanceof DuckDbError)) throw error;
  const found = problemOf(error, columns);
  if (found !== null) throw new ProblemError([found]);
  const by = columns.length === 0 ? "" : `, at work for ${columns.join(", ")}`;
  throw new Error(`a statement was refused: ${error.kind} error${by}`);
}

function problemOf(error: DuckDbError, columns: readonly string[]): Problem | null {
  const { kind, message } = error;
  const stopped = problemOfStopped(message);
  if (stopped !== null) return stopped;
  switch (kind) {
    case "Out of Memory":
      return isFullDisk(error)
        ? problem("database-disk-full", {})
        : problem("database-memory", { columns });
    case "Conversion":
    case "Invalid Input":
    case "Out of Range":
      return problem("database-value", { error: `${kind.toLowerCase()} error`, columns });
    case "Permission":
      return problem("database-reach", { table: null });
    case "IO":
      return isFullDisk(error)
        ? problem("database-disk-full", {})
        : problem("database-damaged", { columns });
    case "Serialization":
      return problem("database-damaged", { columns });
    // Mistakes of a statement are mistakes of whoever wrote it.
    case "Parser":
    case "Binder":
    case "Catalog":
      return null;
    default:
      return problem("database-error", { error: `${kind.toLowerCase()} error`, columns });
  }
}

/** DuckDB takes a disk without room for a limit of its own, and then begins so. */
const NOT_PUT_ASIDE = "Out of Memory Error: failed to offload data block";

function isFullDisk({ errno, message }: DuckDbError): boolean {
  return errno === constants.errno.ENOSPC || message.startsWith(NOT_PUT_ASIDE);
}
