/** What an error of PostgreSQL means to the person who runs a study: told by its state, never by its text. */
import { ProblemError, unreachable } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { problemOfStopped } from "../database/stopped-statement.ts";
import { PostgresqlError, PostgresqlFault } from "./postgresql-error.ts";
import type { Fault } from "./postgresql-error.ts";
import { problem } from "./problems.ts";

/** `columns` are those that the statement was at work for. What only a wrong statement can cause is a bug. */
export function failForPostgresql(error: unknown, columns: readonly string[]): never {
  if (error instanceof PostgresqlFault)
    throw new ProblemError([problemOfFault(error.fault, columns)]);
  if (!(error instanceof PostgresqlError)) throw error;
  const found = problemOfStopped(error.serverText) ?? problemOf(error, columns);
  if (found !== null) throw new ProblemError([found]);
  const by = columns.length === 0 ? "" : `, at work for ${columns.join(", ")}`;
  throw new Error(`a statement was refused: ${error.state}${by}`);
}

function problemOfFault(fault: Fault, columns: readonly string[]): Problem {
  switch (fault.kind) {
    case "lost":
      return problem("postgresql-connection-lost", { reason: fault.code || "it broke off" });
    case "no-such-host":
      return problem("postgresql-host", {});
    case "no-socket":
      return problem("postgresql-socket", {});
    case "certificate":
      return problem("postgresql-certificate", { reason: fault.code });
    case "not-encrypted":
      return problem("postgresql-not-encrypted", {});
    case "password-missing":
      return problem("postgresql-login-missing", {});
    case "time-limit":
      return problem("postgresql-time-limit", { columns });
    case "interrupted":
      return problem("database-error", { error: "the statement was interrupted", columns });
    case "number-range":
      return problem("postgresql-number-range", { columns });
    default:
      return unreachable(fault);
  }
}

/** Whether the same may be tried again; null where not, else the reason in a few words. */
export function whyAgain(error: unknown): string | null {
  if (error instanceof PostgresqlFault)
    return error.fault.kind === "lost" ? `no connection (${error.fault.code})` : null;
  return error instanceof PostgresqlError && isPassing(error.state)
    ? `no connection (${error.state})`
    : null;
}

/** The server starts, stops, or has no connection left. */
function isPassing(state: string): boolean {
  return /^08|^57P0[1-5]$|^53300$/.test(state);
}

function problemOf({ state }: PostgresqlError, columns: readonly string[]): Problem | null {
  if (isPassing(state)) return problem("postgresql-connection-lost", { reason: state });
  switch (state) {
    case "28P01":
    case "28000":
      return problem("postgresql-login", {});
    case "3D000":
      return problem("postgresql-database", {});
    case "42501":
      return problem("postgresql-permission", { grants: [] });
    case "42P01":
    case "3F000":
      return problem("postgresql-table-gone", { columns });
    case "55P03":
      return problem("postgresql-locked", { columns });
    case "57014":
      return problem("postgresql-cancelled", { columns });
    case "22021":
    case "22P05":
      return problem("postgresql-text", { columns });
    case "53100":
    case "53400":
    case "58030":
      return problem("postgresql-space", { columns });
    case "53000":
    case "53200":
      return problem("postgresql-memory", { columns });
    default:
      return problemOfClass(state, columns);
  }
}

function problemOfClass(state: string, columns: readonly string[]): Problem | null {
  switch (state.slice(0, 2)) {
    case "40":
      return problem("postgresql-busy", {});
    case "54":
      return problem("postgresql-too-large", { columns });
    case "22":
    case "21":
      return problem("database-value", { error: state, columns });
    // Syntax, names, types, groups: a statement of ours is wrong, whatever the data.
    case "42":
    case "26":
    case "34":
      return null;
    default:
      return problem("database-error", { error: state, columns });
  }
}
