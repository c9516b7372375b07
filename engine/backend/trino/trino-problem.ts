/** What an error of Trino means to the person who runs a study: told by its name, never by its text. */
import { ProblemError, unreachable } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { problemOfStopped } from "../database/stopped-statement.ts";
import { fail, problem } from "./problems.ts";
import { TrinoError, TrinoFault } from "./trino-error.ts";
import type { TransportFault } from "./trino-error.ts";

/** `columns` are those that the statement was at work for. What only a wrong statement can cause is a bug. */
export function failForTrino(error: unknown, columns: readonly string[]): never {
  if (error instanceof TrinoFault) throw new ProblemError([problemOfFault(error.fault, columns)]);
  if (!(error instanceof TrinoError)) throw error;
  const found = problemOfStopped(error.serverText) ?? problemOf(error, columns);
  if (found !== null) throw new ProblemError([found]);
  const by = columns.length === 0 ? "" : `, at work for ${columns.join(", ")}`;
  throw new Error(`a statement was refused: ${error.errorName}${by}`);
}

function problemOfFault(fault: TransportFault, columns: readonly string[]): Problem {
  switch (fault.kind) {
    case "lost":
      return problem("trino-connection-lost", { reason: fault.code || "it broke off" });
    case "status":
      return problem("trino-connection-lost", { reason: `HTTP status ${fault.status}` });
    case "forgotten":
      return problem("trino-connection-lost", {
        reason: "the server no longer knows the statement",
      });
    case "no-such-host":
      return problem("trino-host", {});
    case "certificate":
      return problem("trino-certificate", { reason: fault.code });
    case "login":
      return problem("trino-login", { status: fault.status });
    case "protocol":
      return problem("trino-protocol", {});
    case "time-limit":
      return problem("trino-time-limit", { columns });
    case "interrupted":
      return problem("database-error", { error: "the statement was interrupted", columns });
    case "number-range":
      return problem("trino-number-range", { columns });
    default:
      return unreachable(fault);
  }
}

/** Of the first table that is made in the scratch schema: connectors tell in many ways that they cannot. */
export function failForScratch(error: unknown): never {
  if (!(error instanceof TrinoError)) return failForTrino(error, []);
  const { errorName, errorType } = error;
  if (/^(?:CATALOG_)?NOT_FOUND$|^SCHEMA_NOT_FOUND$/.test(errorName))
    return fail("trino-not-found", { what: errorName.startsWith("CAT") ? "catalog" : "schema" });
  if (errorType === "INSUFFICIENT_RESOURCES" || isOfStorage(errorName)) failForTrino(error, []);
  return fail("trino-scratch", {});
}

/** Mistakes of a statement are mistakes of whoever wrote it. */
const BUGS = new Set([
  ...["SYNTAX_ERROR", "TYPE_MISMATCH", "FUNCTION_NOT_FOUND", "COLUMN_NOT_FOUND", "TYPE_NOT_FOUND"],
  ...["AMBIGUOUS_NAME", "EXPRESSION_NOT_AGGREGATE", "DUPLICATE_COLUMN_NAME", "MISSING_GROUP_BY"],
  ...["QUERY_TEXT_TOO_LARGE", "DUPLICATE_NAMED_QUERY", "NESTED_AGGREGATION", "NESTED_WINDOW"],
]);

function problemOf(error: TrinoError, columns: readonly string[]): Problem | null {
  const { errorName, errorType, isWriting } = error;
  if (BUGS.has(errorName)) return null;
  switch (errorName) {
    case "CATALOG_NOT_FOUND":
    case "MISSING_CATALOG_NAME":
      return problem("trino-not-found", { what: "catalog" });
    case "SCHEMA_NOT_FOUND":
    case "MISSING_SCHEMA_NAME":
      return problem("trino-not-found", { what: "schema" });
    case "TABLE_NOT_FOUND":
      return problem("trino-table-gone", { columns });
    case "PERMISSION_DENIED":
      return problem(isWriting ? "trino-scratch" : "trino-permission", {});
    case "EXCEEDED_TIME_LIMIT":
      return problem("trino-time-limit", { columns });
    case "ADMINISTRATIVELY_KILLED":
    case "ADMINISTRATIVELY_PREEMPTED":
    case "USER_CANCELED":
      return problem("trino-killed", {});
    case "NOT_SUPPORTED":
    case "READ_ONLY_VIOLATION":
      return isWriting ? problem("trino-scratch", {}) : null;
    default:
      break;
  }
  if (isOfStorage(errorName) && isWriting) return problem("trino-space", { columns });
  if (errorType === "INSUFFICIENT_RESOURCES") return problem("trino-memory", { columns });
  const shown = errorName.toLowerCase().replaceAll("_", " ");
  const code = errorType === "USER_ERROR" ? "database-value" : "database-error";
  return problem(code, { error: shown, columns });
}

/** Where the tables are files, and where they are held in memory. */
function isOfStorage(errorName: string): boolean {
  return (
    /WRITER_|_WRITE_|FILESYSTEM_ERROR$|NO_SPACE/.test(errorName) ||
    errorName === "MEMORY_LIMIT_EXCEEDED"
  );
}
