/** What an error of DuckDB means to the person who runs a study. Its text is never told: it quotes values. */
import { problem, ProblemError } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { STOPPED } from "../../sql/render-value.ts";

const DIVISION = `${STOPPED}division by zero: `;

/** `columns` are those that the statement was at work for. Anything that is no error of DuckDB is a bug. */
export function failForDatabase(error: unknown, columns: readonly string[]): never {
  if (error instanceof ProblemError || !(error instanceof Error)) throw error;
  const found = problemOf(error.message, columns);
  if (found === null) throw error;
  throw new ProblemError([found]);
}

function problemOf(message: string, columns: readonly string[]): Problem | null {
  const stop = message.indexOf(DIVISION);
  if (stop >= 0) {
    const column = message.slice(stop + DIVISION.length).split("\n")[0] ?? "";
    return problem("division-by-zero", { column });
  }
  const kind = /^([A-Z][A-Za-z ]+) Error:/.exec(message)?.[1];
  switch (kind) {
    case undefined:
      return null;
    case "Out of Memory":
      return problem("database-memory", { columns });
    case "Conversion":
    case "Invalid Input":
    case "Out of Range":
      return problem("database-value", { error: `${kind.toLowerCase()} error`, columns });
    case "IO":
    case "Serialization":
    case "FATAL":
      return problem("database-error", { error: `${kind} error`, columns });
    // Mistakes of a statement are mistakes of whoever wrote it.
    case "Parser":
    case "Binder":
    case "Catalog":
      return null;
    default:
      return problem("database-error", { error: `${kind.toLowerCase()} error`, columns });
  }
}
