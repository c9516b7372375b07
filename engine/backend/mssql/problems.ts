/** Problems of the way to a SQL Server, and of what it refuses. */
import { kind } from "../../base/problem-kind.ts";
import { problemsOf } from "../../base/problems.ts";
import { quotedList } from "../../base/wording.ts";
import { databaseProblems } from "../database-problems.ts";

function atWork(columns: readonly string[]): string {
  return columns.length === 0 ? "" : ` It was computing ${quotedList(columns)}.`;
}

const wayThere = {
  "mssql-driver": kind<object>(
    1,
    () => "The driver for SQL Server is not installed",
    () => "Install it: npm install tedious@19.",
  ),
  "mssql-url": kind<object>(
    1,
    () => "The database URL does not say which server and database hold the records",
    () => "Write mssql://USER@HOST:PORT/DATABASE, with characters such as @ or / as %40 or %2F.",
  ),
  "mssql-login-file": kind<{ readonly option: string }>(
    1,
    ({ option }) => `The file that ${JSON.stringify(option)} names cannot be read`,
    () => "It is the path of a file, from the study's folder on, that holds nothing else.",
  ),
  "mssql-login-twice": kind<{ readonly options: readonly string[] }>(
    1,
    ({ options }) => `Only one of ${quotedList(options)} can be given`,
    () => "Keep the one that the server wants; look at the environment as well as at the URL.",
  ),
  "mssql-login-missing": kind<object>(
    1,
    () => "Nothing says how to log in to the SQL Server",
    () =>
      "Give a user in the database URL, and the password in MSSQL_PASSWORD or with password_file=FILE; or a token in MSSQL_TOKEN.",
  ),
  "mssql-login": kind<object>(
    1,
    () => "The SQL Server refused the login",
    () =>
      "Check the user in the database URL, and its password or token: see engine/backend/mssql/README.md.",
  ),
  "mssql-database": kind<object>(
    1,
    () =>
      "The SQL Server has no database of the name that the database URL says, or not for this user",
    () => "Check the path, mssql://USER@HOST:PORT/DATABASE, and the rights of the user.",
  ),
  "mssql-certificate": kind<{ readonly reason: string }>(
    1,
    ({ reason }) => `No encrypted connection to the SQL Server could be made: ${reason}`,
    () =>
      "If its certificate is signed by an authority of your own, or by itself, name that certificate's file with ca=FILE in the database URL; if it is of another host name, give that with certificate_host=NAME.",
  ),
  "mssql-host": kind<object>(
    1,
    () => "The host that the database URL names is not known",
    () => "Check its name, and whether this machine may look up names.",
  ),
  "mssql-connection-lost": kind<{ readonly reason: string }>(
    3,
    ({ reason }) => `The connection to the SQL Server was lost: ${reason}`,
    () =>
      "Try again later with --skip-existing: finished cohort files are kept if the URL says version=TEXT, or with --temp-database-name, which keeps finished results at the server as well.",
  ),
} as const;

const kept = {
  "mssql-temp-database": kind<{
    readonly database: string;
    readonly trouble: "absent" | "closed" | "refused";
    readonly nearest: readonly string[];
  }>(
    1,
    ({ database, trouble }) =>
      `Results cannot be kept in the database ${JSON.stringify(database)}: ${troubles[trouble]}`,
    ({ nearest }) =>
      nearest.length === 0
        ? "Name with --temp-database-name a database of the same server in which you may make tables, or leave the option out."
        : `Is it ${quotedList(nearest)}? --temp-database-name is the name of a database of the same server.`,
  ),
  "mssql-results-in-use": kind<object>(
    3,
    () => "Another run is at work with kept results of the same cohorts",
    () =>
      "Wait until it has ended. If its connection broke, the server ends it within minutes: try again then.",
  ),
  "mssql-results-found": kind<{
    readonly database: string;
    readonly begun: string;
    readonly finished: number;
  }>(
    1,
    ({ database, begun, finished }) =>
      `Results of an earlier run are used, kept in ${JSON.stringify(database)} since ${begun.replace("T", " ")}: ${finished} of its cohorts`,
    () =>
      "What has changed in the records since is not in them. They are dropped when all files are written; a run without --temp-database-name does not use them.",
  ),
} as const;

const troubles = {
  absent: "the server has none of this name",
  closed: "it is not open to this user",
  refused: "this user may not make tables in it",
} as const;

const refusals = {
  "mssql-permission": kind<object>(
    1,
    () => "The SQL Server does not let this user read the records",
    () => "Ask for the right to select from the tables of the database.",
  ),
  "mssql-temporary-tables": kind<object>(
    1,
    () => "The SQL Server does not let this user make temporary tables",
    () =>
      "Ask for the right to create tables in tempdb, which every user has unless it was taken away.",
  ),
  "mssql-table-gone": kind<{ readonly columns: readonly string[] }>(
    4,
    () => "A table that was there is not there any more: the records are perhaps being rebuilt",
    ({ columns }) => `Try again later.${atWork(columns)}`,
  ),
  "mssql-busy": kind<object>(
    3,
    () => "A statement stood in the way of others at the SQL Server again and again, and was ended",
    () => "Try again later. Finished cohort files are kept.",
  ),
  "mssql-space": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A temporary table could not be stored: tempdb or its log is full",
    ({ columns }) =>
      `Have tempdb made larger, or take fewer patients at once with patients_at_once=500000.${atWork(columns)}`,
  ),
  "mssql-memory": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement needs more memory than the SQL Server gives it",
    ({ columns }) =>
      `Take fewer patients at once with patients_at_once=500000 in the database URL.${atWork(columns)}`,
  ),
  "mssql-too-large": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement has more columns, tables or parts than SQL Server takes",
    ({ columns }) =>
      `A table has 1,024 columns at most. Take the study apart, or ask for one index date at a time: --evaluate per-date.${atWork(columns)}`,
  ),
  "mssql-time-limit": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement took longer than it may",
    ({ columns }) => `Allow more with time_limit=SECONDS in the database URL.${atWork(columns)}`,
  ),
  "mssql-killed": kind<object>(
    5,
    () => "A statement was ended at the SQL Server by somebody",
    () => "Ask the server's administrator why, then run the command again.",
  ),
  "mssql-number-range": kind<{ readonly columns: readonly string[] }>(
    1,
    () =>
      "A whole number is beyond 9007199254740991, so that a cohort file could not hold it exactly",
    ({ columns }) => `Ids of patients are such numbers, for example.${atWork(columns)}`,
  ),
} as const;

export const { fail, problem } = problemsOf({
  ...databaseProblems,
  ...wayThere,
  ...kept,
  ...refusals,
});
