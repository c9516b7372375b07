/** Problems of database URLs, connections and what databases hold. A URL is never told: it may hold a password. */
import { kind } from "../base/problem-kind.ts";
import { nearestHint, quotedList } from "../base/wording.ts";

const connectionProblems = {
  "unknown-database-kind": kind<{
    readonly kind: string;
    readonly known: readonly string[];
    /** A file or folder of that name, where no kind is said. */
    readonly file: string | null;
  }>(
    2,
    ({ kind: scheme }) =>
      scheme === ""
        ? "The database URL does not begin with the kind of database"
        : `No backend for databases of kind ${JSON.stringify(scheme)}`,
    ({ known, file }) =>
      file === null
        ? `Databases of kind ${quotedList(known)} can be used: duckdb:FILE or duckdb:FOLDER.`
        : `Write duckdb:${file}`,
  ),
  "database-kind-not-built": kind<{ readonly kind: string }>(
    2,
    ({ kind: scheme }) => `Databases of kind ${JSON.stringify(scheme)} are not supported yet`,
    () => "Use duckdb:FILE or duckdb:FOLDER, or dummy data: --expectations-population 1000.",
  ),
  "database-option": kind<{
    readonly option: string;
    readonly nearest: readonly string[];
    readonly known: readonly string[];
  }>(
    1,
    ({ option }) => `The database URL has an option ${JSON.stringify(option)} that is not known`,
    ({ nearest, known }) => nearestHint(nearest) || `Known: ${quotedList(known)}.`,
  ),
  "database-option-value": kind<{ readonly option: string; readonly wanted: string }>(
    1,
    ({ option, wanted }) =>
      `The option ${JSON.stringify(option)} of the database URL must be ${wanted}`,
    ({ option }) => `For example duckdb:records.duckdb?${option}=…`,
  ),
  "database-option-repeated": kind<{ readonly option: string }>(
    1,
    ({ option }) =>
      `The option ${JSON.stringify(option)} of the database URL must not be supplied more than once`,
    () => "Keep one.",
  ),
  "database-not-found": kind<object>(
    1,
    () => "The database URL names a file or folder that is not there",
    () => "Check the path behind duckdb: in --database-url or DATABASE_URL.",
  ),
  "database-not-readable": kind<{ readonly reason: string }>(
    1,
    ({ reason }) => `The database cannot be opened: ${reason}`,
    () =>
      "It must be a DuckDB file that no other program writes to, or a folder of Parquet or CSV files.",
  ),
  "database-not-a-file": kind<object>(
    1,
    () => "The database URL names neither a file nor a folder",
    () =>
      "Pipes and devices are not read: name a DuckDB file, or a folder of Parquet or CSV files.",
  ),
  "database-allowed-folder": kind<object>(
    1,
    () => 'The option "allow" of the database URL names a folder that is not there',
    () => "It is a folder, from the study's folder on, in which files of the database's views lie.",
  ),
  "database-version-unknown": kind<object>(
    1,
    () =>
      "Views of the database read files whose names cannot be known, so that no change of them is seen",
    () =>
      "Cohort files are regenerated each time, even with --skip-existing. Name the files in the views, as in read_parquet('events/*.parquet').",
  ),
  "database-folder-empty": kind<object>(
    1,
    () => "The folder that the database URL names holds no Parquet or CSV file",
    () =>
      "Each table is a file TABLE.parquet, TABLE.csv or TABLE.csv.gz, or a folder TABLE of such files.",
  ),
  "database-changed": kind<object>(
    1,
    () => "The database changed while it was read",
    () =>
      "Finished cohort files are kept; run the command again to make all of them from the same data.",
  ),
} as const;

const contentProblems = {
  "patients-without-id": kind<{ readonly count: number }>(
    1,
    ({ count }) =>
      `${count} ${count === 1 ? "row" : "rows"} of the table "Patient" ${count === 1 ? "has" : "have"} no Patient_ID`,
    () => "Nobody can tell whose they are: give each an id, or take them away.",
  ),
  "database-view": kind<{ readonly table: string }>(
    1,
    ({ table }) => `The view ${JSON.stringify(table)} of the database cannot be read`,
    () =>
      "What it reads is perhaps gone or has changed since it was made. Ask it with DuckDB itself, and make it again.",
  ),
  "database-reach": kind<{ readonly table: string | null }>(
    1,
    ({ table }) =>
      table === null
        ? "A view of the database reads a place that it may not read"
        : `The view ${JSON.stringify(table)} of the database reads a place that it may not read`,
    () =>
      "Views may read files below the folder of the database. Allow another folder, if you trust the database, with ?allow=FOLDER in its URL.",
  ),
  "database-damaged": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "The database cannot be read to its end: it is damaged, or a file of it is gone",
    () => "Make or copy its files again.",
  ),
  "database-disk-full": kind<object>(
    5,
    () => "No disk space is left for the database's temporary files",
    () =>
      "Free some space in the temporary folder, choose another with TMPDIR, or need less of it: allow more memory with ?memory_limit=8GiB, or take fewer patients at once with ?patients_at_once=500000.",
  ),
  "database-value": kind<{ readonly columns: readonly string[]; readonly error: string }>(
    5,
    ({ error }) => `The database could not compute a value: ${error}`,
    ({ columns }) =>
      columns.length === 0
        ? "Values are not shown, because they may be of patients."
        : `It was computing ${quotedList(columns)}. Values are not shown, because they may be of patients.`,
  ),
  "database-memory": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "The database needs more memory than it may use",
    () =>
      "Allow more with ?memory_limit=8GiB in the database URL, or take fewer patients at once with ?patients_at_once=500000.",
  ),
  "database-error": kind<{ readonly error: string; readonly columns: readonly string[] }>(
    5,
    ({ error }) => `The database refused: ${error}`,
    ({ columns }) => (columns.length === 0 ? "" : `It was computing ${quotedList(columns)}.`),
  ),
  "cpns-dates-disagree": kind<{ readonly columns: readonly string[] }>(
    5,
    () =>
      "Some patient's rows of the table of Covid-19 patient notifications disagree on the date of death",
    ({ columns }) =>
      `${quotedList(columns)} cannot be told. Have the data corrected, or narrow the period.`,
  ),
  "division-by-zero": kind<{ readonly column: string }>(
    1,
    ({ column }) => `Column ${JSON.stringify(column)} divides by zero for some patient`,
    () => "Put a condition before it that leaves zero out.",
  ),
} as const;

export const databaseProblems = { ...connectionProblems, ...contentProblems } as const;
