/** Problems of DuckDB files and folders of records. */
import { kind } from "../../base/problem-kind.ts";
import { problemsOf } from "../../base/problems.ts";
import { databaseProblems } from "../database-problems.ts";
import { recordProblems } from "./record-files/problems.ts";

const duckDbProblems = {
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
  "database-memory": kind<{ readonly columns: readonly string[] }>(
    5,
    () => "The database needs more memory than it may use",
    () =>
      "Allow more with ?memory_limit=8GiB in the database URL, or take fewer patients at once with ?patients_at_once=500000.",
  ),
} as const;

export const { fail, problem } = problemsOf({
  ...databaseProblems,
  ...duckDbProblems,
  ...recordProblems,
});
