/** Problems of the way to a Trino server, and of what it refuses. */
import { kind } from "../../base/problem-kind.ts";
import { problemsOf } from "../../base/problems.ts";
import { quotedList } from "../../base/wording.ts";
import { databaseProblems } from "../database-problems.ts";

function atWork(columns: readonly string[]): string {
  return columns.length === 0 ? "" : ` It was computing ${quotedList(columns)}.`;
}

const wayThere = {
  "trino-url": kind<object>(
    1,
    () => "The database URL does not say which server, catalog and schema hold the records",
    () =>
      "Write trino://USER@HOST:PORT/CATALOG/SCHEMA, with characters such as @ or / as %40 or %2F.",
  ),
  "trino-login-file": kind<{ readonly option: string }>(
    1,
    ({ option }) => `The file that ${JSON.stringify(option)} names cannot be read`,
    () => "It is the path of a file, from the study's folder on, that holds nothing else.",
  ),
  "trino-login-twice": kind<{ readonly options: readonly string[] }>(
    1,
    ({ options }) => `Only one of ${quotedList(options)} can be given`,
    () => "Keep the one that the server wants; look at the environment as well as at the URL.",
  ),
  "trino-plain-login": kind<object>(
    1,
    () => "A password, token or certificate would be sent over a connection that is not encrypted",
    () => "Add https=true to the database URL.",
  ),
  "trino-login": kind<{ readonly status: number }>(
    1,
    ({ status }) => `The Trino server refused the login (HTTP status ${status})`,
    () =>
      "Check the user in the database URL, and its password, token or certificate: see engine/backend/trino/README.md.",
  ),
  "trino-certificate": kind<{ readonly reason: string }>(
    1,
    ({ reason }) => `No encrypted connection to the Trino server could be made: ${reason}`,
    () =>
      "If its certificate is signed by an authority of your own, name its file with ca=FILE in the database URL. A client certificate and its key must belong together.",
  ),
  "trino-host": kind<object>(
    1,
    () => "The host that the database URL names is not known",
    () => "Check its name, and whether this machine may look up names.",
  ),
  "trino-protocol": kind<object>(
    1,
    () => "What answers at the database URL does not speak Trino's protocol",
    () => "Check host and port, and https. An old server, of Presto, may need headers=presto.",
  ),
  "trino-connection-lost": kind<{ readonly reason: string }>(
    3,
    ({ reason }) => `The connection to the Trino server was lost: ${reason}`,
    () => "Try again later. Finished cohort files are kept.",
  ),
} as const;

const refusals = {
  "organisation-unknown": kind<{ readonly variable: string }>(
    1,
    ({ variable }) =>
      `The variable ${JSON.stringify(variable)} of the environment is not set, so that no table can be kept on the server`,
    () => "It is the hash of the organisation that asks, which every table there must hold.",
  ),
  "trino-not-found": kind<{ readonly what: "catalog" | "schema" }>(
    1,
    ({ what }) => `The Trino server has no ${what} of the name that the database URL says`,
    () => "Check the path, trino://USER@HOST:PORT/CATALOG/SCHEMA, and scratch=CATALOG.SCHEMA.",
  ),
  "trino-permission": kind<object>(
    1,
    () => "The Trino server does not let this user read the records",
    () => "Ask for the right to select from the tables of the schema.",
  ),
  "trino-scratch": kind<object>(
    1,
    () => "The schema for tables that are kept on the way cannot be written to",
    () =>
      "Name another with scratch=CATALOG.SCHEMA in the database URL, or ask for the right to create, fill and drop tables in it.",
  ),
  "trino-space": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A table that is kept on the way could not be stored: its disk is perhaps full",
    ({ columns }) =>
      `Free some space behind the scratch schema, or take fewer patients at once with patients_at_once=500000.${atWork(columns)}`,
  ),
  "trino-memory": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement needs more memory than the Trino server gives it",
    ({ columns }) =>
      `Take fewer patients at once with patients_at_once=500000 in the database URL.${atWork(columns)}`,
  ),
  "trino-time-limit": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement took longer than it may",
    ({ columns }) =>
      `Allow more with time_limit=SECONDS in the database URL, and at the server.${atWork(columns)}`,
  ),
  "trino-killed": kind<object>(
    5,
    () => "A statement was ended at the Trino server by somebody",
    () => "Ask the server's administrator why, then run the command again.",
  ),
  "trino-table-gone": kind<{ readonly columns: readonly string[] }>(
    4,
    () => "A table that was there is not there any more: the records are perhaps being rebuilt",
    ({ columns }) => `Try again later.${atWork(columns)}`,
  ),
  "trino-number-range": kind<{ readonly columns: readonly string[] }>(
    1,
    () =>
      "A whole number is beyond 9007199254740991, so that a cohort file could not hold it exactly",
    ({ columns }) => `Ids of patients are such numbers, for example.${atWork(columns)}`,
  ),
} as const;

export const { fail, problem } = problemsOf({ ...databaseProblems, ...wayThere, ...refusals });
