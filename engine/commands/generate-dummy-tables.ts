/** The command `generate_dummy_tables`: a synthetic database to try a study on. */
import { resolve } from "node:path";
import { fail } from "./problems.ts";
import { fail as failOfFiles } from "../files/problems.ts";
import { noCodes, studyCodes } from "../synthetic/study-codes.ts";
import type { StudyCodes } from "../synthetic/study-codes.ts";
import { writeRecords } from "../synthetic/write-records.ts";
import type { RequestOf } from "../options/command-table.ts";
import { loadStudies } from "./studies/load-study.ts";
import type { RunContext, RunSummary } from "./context.ts";
import { discoverStudies, selectStudies } from "./studies/study-discovery.ts";
import { databasePlace, refuseExistingDatabase } from "./whole-database.ts";

type GenerateDummyTables = RequestOf<"generate_dummy_tables">;

/** What DuckDB may take of the memory; a little more is needed beside it. */
const MEMORY_LIMIT = "2GiB";

/** Each thread needs memory of its own: so many fit, whatever number is asked for. */
const MOST_THREADS = 64;

/**
 * Writes the database; it gets its name when it is complete. Problems: usage, those of the study named,
 * database-exists, folder and file problems, disk-full, interrupted-database.
 */
export async function generateDummyTables(
  request: GenerateDummyTables,
  context: RunContext,
): Promise<RunSummary> {
  const { patients, outputFile, force } = request;
  refuseOtherName(outputFile);
  const path = resolve(context.workspace, outputFile);
  if (!force) refuseExistingDatabase(path, outputFile);
  const codes = await codesOf(request, context);
  const place = await databasePlace(path);
  const progress = context.reporter.progress({
    label: outputFile,
    unit: "patients",
    total: patients,
  });
  try {
    const { rows, complete } = await writeRecords({
      path: place.file,
      temporaryFolder: place.temporaryFolder,
      ...recordsRequested(request, codes, context),
      onPatients: (count) => {
        progress.advance(count);
      },
    });
    if (!complete) fail("interrupted-database", { file: outputFile });
    // Another command may have made one meanwhile.
    if (!force) refuseExistingDatabase(path, outputFile);
    tell(outputFile, rows, await place.commit(), context);
  } catch (error) {
    failForDisk(error, outputFile);
  } finally {
    progress.end();
    await place.clear();
  }
  return { written: [outputFile], kept: [] };
}

function recordsRequested(
  { patients, seed, eventsPerPatient, jobs }: GenerateDummyTables,
  codes: StudyCodes,
  { cores, signal, reporter }: RunContext,
) {
  const threads = Math.min(jobs ?? cores, MOST_THREADS);
  if (jobs !== undefined && jobs > threads) {
    const text = `works with ${threads} threads: more do not fit in ${MEMORY_LIMIT} of memory`;
    reporter.report({ kind: "message", text });
  }
  return {
    patients,
    seed,
    eventsPerPatient,
    codes,
    threads,
    memoryLimit: MEMORY_LIMIT,
    signal,
  };
}

function refuseOtherName(outputFile: string): void {
  if (/[^/\\]\.duckdb$/.test(outputFile)) return;
  const sentence = `--output-file '${outputFile}' must end in .duckdb`;
  fail("usage", { sentence, wayOut: "Write --output-file dummy.duckdb." });
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
