/** The command `generate_dummy_tables`: a synthetic database to try a study on. */
import { posix, resolve } from "node:path";
import { fail } from "./problems.ts";
import { fail as failOfFiles } from "../files/problems.ts";
import { noCodes, studyCodes } from "../synthetic/study-codes.ts";
import type { StudyCodes } from "../synthetic/study-codes.ts";
import type { RequestOf } from "../options/command-table.ts";
import { loadStudies } from "./studies/load-study.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { discoverStudies, selectStudies } from "./studies/study-discovery.ts";
import {
  isFolder,
  placeOf,
  refuseExisting,
  refuseOtherName,
  writeLayout,
} from "./dummy-records.ts";
import type { DummyFiles, Making } from "./dummy-records.ts";

type GenerateDummyTables = RequestOf<"generate_dummy_tables">;

/** What DuckDB fills with pages of the database. Beside it threads need some, 630 MiB with 16: 2 GiB together. */
const MEMORY_LIMIT = "1280MiB";

/** Each thread needs memory of its own: so many fit, whatever number is asked for. */
const MOST_THREADS = 32;

/**
 * Writes the database; it gets its name when it is complete. Problems: usage, those of the study named,
 * database-exists, records-folder-foreign, folder and file problems, disk-full, interrupted-database.
 */
export async function generateDummyTables(
  request: GenerateDummyTables,
  context: RunContext,
): Promise<RunSummary> {
  const { outputFile, databaseUrl } = request;
  if ((outputFile === undefined) === (databaseUrl === undefined)) refusePlaces(outputFile);
  if (outputFile !== undefined) return inFiles({ ...request, outputFile }, context);
  const { dummyTablesInDatabase } = await import("./dummy-tables-in-database.ts");
  const making = await makingOf(request, context);
  return dummyTablesInDatabase({ ...request, databaseUrl: databaseUrl ?? "" }, making, context);
}

function refusePlaces(outputFile: string | undefined): never {
  const sentence =
    outputFile === undefined
      ? "generate_dummy_tables needs --output-file, or --database-url with --layout omop"
      : "--output-file and --database-url exclude each other";
  return fail("usage", { sentence, wayOut: "Write --output-file dummy.duckdb." });
}

async function makingOf(request: GenerateDummyTables, context: RunContext): Promise<Making> {
  const codes = await codesOf(request, context);
  return { codes, threads: threadsFor(request, context), memoryLimit: MEMORY_LIMIT };
}

async function inFiles(request: DummyFiles, context: RunContext): Promise<RunSummary> {
  const { outputFile } = request;
  refuseOtherName(request);
  const path = resolve(context.workspace, outputFile);
  refuseExisting(request, path);
  const making = await makingOf(request, context);
  const place = await placeOf(request, path);
  try {
    const { rows, complete } = await writeLayout(request, { place, making }, context);
    if (!complete) fail("interrupted-database", { file: outputFile });
    // Another command may have made one meanwhile.
    refuseExisting(request, path);
    tell(outputFile, rows, await place.commit(), context);
    return { written: writtenFiles(request, rows), kept: [] };
  } catch (error) {
    return failForDisk(error, outputFile);
  } finally {
    await place.clear();
  }
}

function writtenFiles(request: DummyFiles, rows: ReadonlyMap<string, number>): readonly string[] {
  const { outputFile } = request;
  return isFolder(request)
    ? [...rows.keys()].map((table) => posix.join(outputFile, `${table}.parquet`))
    : [outputFile];
}

function threadsFor({ jobs }: GenerateDummyTables, { cores, reporter }: RunContext): number {
  const threads = Math.min(jobs ?? cores, MOST_THREADS);
  if (jobs !== undefined && jobs > threads) {
    const text = `works with ${threads} threads: more do not fit in the memory it may take`;
    reporter.report({ kind: "message", text });
  }
  return threads;
}

async function codesOf(
  { studyDefinition, param }: GenerateDummyTables,
  context: RunContext,
): Promise<StudyCodes> {
  if (studyDefinition === undefined) return noCodes;
  const studies = selectStudies(discoverStudies(context.workspace), studyDefinition);
  const loaded = await loadStudies(
    studies,
    { command: "generate_dummy_tables", params: param },
    context,
  );
  return studyCodes(loaded.map(({ study }) => study));
}

function tell(
  file: string,
  tables: ReadonlyMap<string, number>,
  bytes: number,
  { reporter }: RunContext,
): void {
  for (const [table, rows] of tables) {
    reporter.report({ kind: "message", text: `${table}: ${rows} rows` });
  }
  const rows = [...tables.values()].reduce((sum, count) => sum + count, 0);
  reporter.report({ kind: "written", file, rows, bytes });
}

/** DuckDB's words for a full disk. Any other error of its is a bug here. */
function failForDisk(error: unknown, file: string): never {
  const isFull = error instanceof Error && /No space left on device|ENOSPC/i.test(error.message);
  if (isFull) failOfFiles("disk-full", { file });
  throw error;
}
