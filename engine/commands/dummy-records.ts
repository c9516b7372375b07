/** Where synthetic records are written, and how, by their layout and the name that they get. */
import { dirname, join } from "node:path";
import type { StudyCodes } from "../synthetic/study-codes.ts";
import { writeRecords } from "../synthetic/write-records.ts";
import type { RecordsWritten } from "../synthetic/make-database.ts";
import type { RequestOf } from "../options/command-table.ts";
import type { RunContext } from "./context.ts";
import { fail } from "./problems.ts";
import { databasePlace, refuseExistingDatabase } from "./whole-database.ts";
import type { DatabasePlace } from "./whole-database.ts";
import { recordsFolderPlace, refuseExistingFolder } from "./whole-records-folder.ts";

/** Of what is written as files. */
export type DummyFiles = RequestOf<"generate_dummy_tables"> & { readonly outputFile: string };

export interface Making {
  readonly codes: StudyCodes;
  readonly threads: number;
  readonly memoryLimit: string;
}

const PARQUET = /^[a-z_]+\.parquet$/;

export function isFolder({ outputFile }: DummyFiles): boolean {
  return !outputFile.endsWith(".duckdb");
}

/** Problem: usage. */
export function refuseOtherName({ outputFile, layout }: DummyFiles): void {
  if (/[^/\\]\.duckdb$/.test(outputFile)) return;
  const isFolderName = /(^|[/\\])[^./\\][^./\\]*[/\\]?$/.test(outputFile);
  if (layout === "omop" && isFolderName) return;
  const folder = layout === "omop" ? ", or be a folder's name without a dot" : "";
  const sentence = `--output-file '${outputFile}' must end in .duckdb${folder}`;
  fail("usage", { sentence, wayOut: "Write --output-file dummy.duckdb." });
}

/** Problems: database-exists, file-is-a-folder, records-folder-foreign. */
export function refuseExisting(request: DummyFiles, path: string): void {
  const { outputFile, force } = request;
  if (isFolder(request)) {
    const isOurs = (name: string): boolean => PARQUET.test(name);
    refuseExistingFolder(path, outputFile, { force, isOurs });
  } else if (!force) refuseExistingDatabase(path, outputFile);
}

export interface Place extends DatabasePlace {
  readonly tables?: string;
}

export function placeOf(request: DummyFiles, path: string): Promise<Place> {
  return isFolder(request) ? recordsFolderPlace(path) : databasePlace(path);
}

export async function writeLayout(
  request: DummyFiles,
  { place, making }: { readonly place: Place; readonly making: Making },
  context: RunContext,
): Promise<RecordsWritten> {
  if (request.layout === "tpp")
    return writeTpp(request, { to: place.file, place, making }, context);
  const from = join(dirname(place.file), "tpp.duckdb");
  const { rows, complete } = await writeTpp(request, { to: from, place, making }, context);
  return complete ? writeOmopFrom(from, request, { place, making }, context) : { rows, complete };
}

async function writeTpp(
  { outputFile, patients, seed, eventsPerPatient }: DummyFiles,
  { to, place, making }: { readonly to: string; readonly place: Place; readonly making: Making },
  { reporter, signal }: RunContext,
): Promise<RecordsWritten> {
  const progress = reporter.progress({ label: outputFile, unit: "patients", total: patients });
  try {
    return await writeRecords({
      ...{ path: to, temporaryFolder: place.temporaryFolder },
      ...{ patients, seed, eventsPerPatient, ...making, signal },
      onPatients: (count) => {
        progress.advance(count);
      },
    });
  } finally {
    progress.end();
  }
}

async function writeOmopFrom(
  from: string,
  { outputFile, seed }: DummyFiles,
  { place, making }: { readonly place: Place; readonly making: Making },
  { reporter, signal }: RunContext,
): Promise<RecordsWritten> {
  const { omopSteps, writeOmop } = await import("../synthetic/omop/write-omop.ts");
  const label = `${outputFile} as OMOP`;
  const progress = reporter.progress({ label, unit: "steps", total: omopSteps });
  try {
    return await writeOmop({
      ...{
        from,
        path: place.file,
        temporaryFolder: place.temporaryFolder,
        seed,
        ...making,
        signal,
      },
      ...(place.tables === undefined ? {} : { parquetFolder: place.tables }),
      onStep: () => {
        progress.advance(1);
      },
    });
  } finally {
    progress.end();
  }
}
