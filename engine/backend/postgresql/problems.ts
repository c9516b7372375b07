/** Problems of the way to a PostgreSQL, and of what it refuses. */
import { kind } from "../../base/problem-kind.ts";
import { problemsOf } from "../../base/problems.ts";
import { quotedList } from "../../base/wording.ts";
import { databaseProblems } from "../database-problems.ts";

function atWork(columns: readonly string[]): string {
  return columns.length === 0 ? "" : ` It was computing ${quotedList(columns)}.`;
}

const wayThere = {
  "postgresql-driver": kind<object>(
    1,
    () => "The driver for PostgreSQL is not installed",
    () => "Install it: npm install pg@8 pg-copy-streams@7.",
  ),
  "postgresql-url": kind<object>(
    1,
    () => "The database URL does not say which server and database hold the records",
    () =>
      "Write postgresql://USER@HOST:PORT/DATABASE, with characters such as @ or / as %40 or %2F.",
  ),
  "postgresql-login-file": kind<{ readonly option: string }>(
    1,
    ({ option }) => `The file that ${JSON.stringify(option)} names cannot be read`,
    () => "It is the path of a file, from the study's folder on.",
  ),
  "postgresql-login-missing": kind<object>(
    1,
    () => "The PostgreSQL asks for a password, and none is given",
    () =>
      "Give it in PGPASSWORD, with password_file=FILE in the database URL, or in a password file such as ~/.pgpass that only you may read.",
  ),
  "postgresql-login": kind<object>(
    1,
    () => "The PostgreSQL refused the login",
    () =>
      "Check the user, the password or certificate, and whether the server lets this machine in: see engine/backend/postgresql/README.md.",
  ),
  "postgresql-database": kind<object>(
    1,
    () => "The PostgreSQL has no database of the name that the database URL says",
    () => "Check the path, postgresql://USER@HOST:PORT/DATABASE.",
  ),
  "postgresql-certificate": kind<{ readonly reason: string }>(
    1,
    ({ reason }) => `No encrypted connection to the PostgreSQL could be made: ${reason}`,
    () =>
      "If its certificate is signed by an authority of your own, or by itself, name that certificate's file with sslrootcert=FILE in the database URL; if it is of another host name, say sslmode=verify-ca.",
  ),
  "postgresql-not-encrypted": kind<object>(
    1,
    () => "The PostgreSQL offers no encrypted connection",
    () =>
      "Have it offer one. Where nobody else can listen, as on one machine, say sslmode=disable in the database URL.",
  ),
  "postgresql-host": kind<object>(
    1,
    () => "The host that the database URL names is not known",
    () => "Check its name, and whether this machine may look up names.",
  ),
  "postgresql-socket": kind<object>(
    1,
    () => "There is no socket of a PostgreSQL in the folder that the database URL names",
    () => "Check host=FOLDER and the port, which is part of the socket's name.",
  ),
  "postgresql-connection-lost": kind<{ readonly reason: string }>(
    3,
    ({ reason }) => `The connection to the PostgreSQL was lost: ${reason}`,
    () =>
      "Try again later with --skip-existing. Finished cohort files are kept; what was kept on the way is gone with the connection.",
  ),
  "postgresql-pooler": kind<object>(
    1,
    () => "A connection pooler before the PostgreSQL takes no transactions",
    () =>
      "Everything is read in one transaction, so that nothing changes meanwhile. Name the server itself in the database URL, or have the pooler keep a connection for a transaction.",
  ),
  "postgresql-version": kind<{ readonly version: string }>(
    1,
    ({ version }) => `The PostgreSQL is of version ${version}; 15 is the first that is known to do`,
    () => "Use a newer server.",
  ),
} as const;

const refusals = {
  "postgresql-permission": kind<{ readonly grants: readonly string[] }>(
    1,
    () => "The PostgreSQL does not let this user read the records",
    ({ grants }) =>
      grants.length === 0
        ? "Ask for the right to select from the tables of the records, and to use their schema."
        : `Somebody who may must say: ${grants.join("; ")}.`,
  ),
  "postgresql-scratch": kind<{ readonly schema: string; readonly grant: string }>(
    1,
    ({ schema }) =>
      `No table can be made in the schema ${JSON.stringify(schema)}, which the database URL names for tables that are kept on the way`,
    ({ grant }) =>
      `Somebody who may must say: ${grant}. Without scratch= in the URL temporary tables are used, or none where none may be made.`,
  ),
  "postgresql-schema-none": kind<object>(
    2,
    () => "The database URL does not say the one schema that tables are to be written into",
    () => "Say schema=NAME in the database URL; it is made if it is not there.",
  ),
  "postgresql-tables-there": kind<{ readonly schema: string; readonly tables: readonly string[] }>(
    2,
    ({ schema, tables }) =>
      `The schema ${JSON.stringify(schema)} has ${quotedList(tables)} already`,
    () => "Name another schema, or give --force to replace these tables.",
  ),
  "postgresql-write": kind<{ readonly schema: string; readonly grants: readonly string[] }>(
    1,
    ({ schema }) =>
      `The PostgreSQL does not let this user make tables in the schema ${JSON.stringify(schema)}`,
    ({ grants }) => `Somebody who may must say: ${grants.join("; or, if the schema is there: ")}.`,
  ),
  "postgresql-table-gone": kind<{ readonly columns: readonly string[] }>(
    4,
    () => "A table that was there is not there any more: the records are perhaps being rebuilt",
    ({ columns }) => `Try again later.${atWork(columns)}`,
  ),
  "postgresql-locked": kind<{ readonly columns: readonly string[] }>(
    4,
    () => "A table is locked by somebody: the records are perhaps being rebuilt",
    ({ columns }) => `Try again later.${atWork(columns)}`,
  ),
  "postgresql-busy": kind<object>(
    3,
    () => "A statement stood in the way of others at the PostgreSQL again and again, and was ended",
    () => "Try again later. Finished cohort files are kept.",
  ),
  "postgresql-space": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "The PostgreSQL has no room left for a table or for its work",
    ({ columns }) =>
      `Have its disk or its temp_file_limit made larger, or take fewer patients at once with patients_at_once=500000.${atWork(columns)}`,
  ),
  "postgresql-memory": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement needs more memory, or another resource, than the PostgreSQL has",
    ({ columns }) =>
      `Take fewer patients at once with patients_at_once=500000 in the database URL.${atWork(columns)}`,
  ),
  "postgresql-too-large": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement has more columns, or a row more bytes, than PostgreSQL takes",
    ({ columns }) =>
      `A table has 1,600 columns at most, and a row 8,160 bytes, which are about 1,000 numbers. Take the study apart.${atWork(columns)}`,
  ),
  "postgresql-time-limit": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement took longer than it may",
    ({ columns }) => `Allow more with time_limit=SECONDS in the database URL.${atWork(columns)}`,
  ),
  "postgresql-cancelled": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "A statement was ended at the PostgreSQL, by its own time limit or by somebody",
    ({ columns }) =>
      `Ask the server's administrator about statement_timeout, then run the command again.${atWork(columns)}`,
  ),
  "postgresql-text": kind<{ readonly columns: readonly string[] }>(
    1,
    () =>
      "A text of the study or of its files holds a character that this PostgreSQL cannot hold: NUL, or one that its encoding does not have",
    ({ columns }) => `Take it out.${atWork(columns)}`,
  ),
  "postgresql-number-range": kind<{ readonly columns: readonly string[] }>(
    1,
    () =>
      "A whole number is beyond 9007199254740991, so that a cohort file could not hold it exactly",
    ({ columns }) => `Ids of patients are such numbers, for example.${atWork(columns)}`,
  ),
} as const;

export const { fail, problem } = problemsOf({ ...databaseProblems, ...wayThere, ...refusals });
