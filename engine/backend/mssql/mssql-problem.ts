/** What an error of SQL Server means to the person who runs a study: told by its number, never by its text. */
import { ProblemError, unreachable } from "../../base/problems.ts";
import type { Problem } from "../../base/problems.ts";
import { problemOfStopped } from "../database/stopped-statement.ts";
import { MssqlError, MssqlFault } from "./mssql-error.ts";
import type { Fault } from "./mssql-error.ts";
import { problem } from "./problems.ts";

/** `columns` are those that the statement was at work for. What only a wrong statement can cause is a bug. */
export function failForMssql(error: unknown, columns: readonly string[]): never {
  if (error instanceof MssqlFault) throw new ProblemError([problemOfFault(error.fault, columns)]);
  if (!(error instanceof MssqlError)) throw error;
  const found = problemOfStopped(stoppedText(error.serverText)) ?? problemOf(error, columns);
  if (found !== null) throw new ProblemError([found]);
  const by = columns.length === 0 ? "" : `, at work for ${columns.join(", ")}`;
  throw new Error(`a statement was refused: error ${error.number}${by}`);
}

/** A text that could not become a number stands between quotes, and words of the server after it. */
function stoppedText(message: string): string {
  const at = message.indexOf("varchar value '");
  const end = message.lastIndexOf("' to data type");
  return at < 0 || end < at ? message : message.slice(at + "varchar value '".length, end);
}

function problemOfFault(fault: Fault, columns: readonly string[]): Problem {
  switch (fault.kind) {
    case "lost":
      return problem("mssql-connection-lost", { reason: fault.code || "it broke off" });
    case "no-such-host":
      return problem("mssql-host", {});
    case "certificate":
      return problem("mssql-certificate", { reason: fault.code });
    case "time-limit":
      return problem("mssql-time-limit", { columns });
    case "interrupted":
      return problem("database-error", { error: "the statement was interrupted", columns });
    case "number-range":
      return problem("mssql-number-range", { columns });
    default:
      return unreachable(fault);
  }
}

type Meaning =
  | "value"
  | "bug"
  | "mssql-login"
  | "mssql-database"
  | "mssql-permission"
  | "mssql-temporary-tables"
  | "mssql-table-gone"
  | "mssql-busy"
  | "mssql-space"
  | "mssql-memory"
  | "mssql-too-large"
  | "mssql-killed";

export const DEADLOCK = 1205;

const numbers: { readonly [M in Meaning]: readonly number[] } = {
  // Conversions, overflows, divisions, dates that are none, texts that do not fit.
  value: [
    ...[220, 232, 235, 236, 241, 242, 244, 245, 248, 289, 295, 517, 535, 2628, 3623, 8114, 8115],
    ...[8134, 8152, 9807, 9810],
  ],
  // Syntax, names, types, groups: a statement of ours is wrong, whatever the data.
  bug: [
    ...[102, 105, 107, 130, 145, 156, 164, 174, 189, 195, 201, 205, 206, 207, 209, 213, 214, 243],
    ...[402, 446, 447, 448, 451, 457, 468, 529, 1033, 1038, 2705, 4104, 4108, 4112, 4113, 4145],
    ...[5308, 8117, 8120, 8121, 8127, 8133, 8155, 8156, 8158, 8159, 10738, 10753],
  ],
  "mssql-login": [18401, 18452, 18456, 18470, 18486, 18487, 18488],
  "mssql-database": [911, 916, 4060, 4064],
  "mssql-permission": [229, 230, 297, 300, 15247],
  "mssql-temporary-tables": [262, 2760],
  "mssql-table-gone": [208, 3701, 3702, 4701],
  "mssql-busy": [DEADLOCK, 1222],
  "mssql-space": [1101, 1105, 9002, 3257],
  "mssql-memory": [701, 802, 8628, 8645, 8651, 8657, 8658],
  "mssql-too-large": [103, 106, 125, 191, 511, 1701, 1702, 8618, 8621, 8623, 8631, 8632],
  "mssql-killed": [596, 3617, 6107, 10930],
};

const meanings = new Map(
  Object.entries(numbers).flatMap(([meaning, all]) =>
    all.map((number) => [number, meaning as Meaning] as const),
  ),
);

function problemOf({ number, severity }: MssqlError, columns: readonly string[]): Problem | null {
  const meaning = meanings.get(number);
  switch (meaning) {
    case undefined:
      return problem("database-error", {
        error: `error ${number} of severity ${severity}`,
        columns,
      });
    case "bug":
      return null;
    case "value":
      return problem("database-value", { error: `error ${number}`, columns });
    case "mssql-table-gone":
    case "mssql-space":
    case "mssql-memory":
    case "mssql-too-large":
      return problem(meaning, { columns });
    default:
      return problem(meaning, {});
  }
}
