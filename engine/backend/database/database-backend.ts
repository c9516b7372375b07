/** Health records in an embedded DuckDB as an answer to studies. */
import type { IsoDate } from "../../base/dates.ts";
import { fail } from "../problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { Backend, Cohort } from "../backend.ts";
import { cohortSchema } from "../cohort-columns.ts";
import type { Bounds } from "../../sql/gather.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { failForDatabase } from "../duckdb/database-problem.ts";
import { parseDuckDbUrl } from "../duckdb/duckdb-url.ts";
import { evaluate } from "./evaluation.ts";
import type { Evaluation, PartMade } from "./evaluation.ts";
import { openRecords } from "../duckdb/open-records.ts";
import type { Records } from "../duckdb/open-records.ts";

/** `one-pass` answers all index dates together; `per-date` one after the other, as an oracle. */
export type Evaluate = "one-pass" | "per-date";

export interface DuckDbBackendOptions {
  readonly workspace: string;
  readonly today: IsoDate;
  /** For files that studies read values from. */
  readonly readFile: ReadFile;
  readonly evaluate: Evaluate;
  readonly onPart?: (made: PartMade) => void;
  /** How much one statement joins; no result depends on it. */
  readonly bounds?: Bounds;
  /** Ends a statement that runs. */
  readonly signal?: AbortSignal;
}

/** Without an option of the URL that says otherwise. */
export const PATIENTS_AT_ONCE = 1_000_000;

/** Problems: those of the URL and of opening the database; when asked, those of `evaluate`. */
export async function duckDbBackend(url: string, options: DuckDbBackendOptions): Promise<Backend> {
  const parsed = parseDuckDbUrl(url);
  const records = await openRecords(parsed, options.workspace);
  const version = await records.version().catch((error: unknown) => {
    records.close();
    throw error;
  });
  const interrupt = (): void => {
    records.db.interrupt();
  };
  options.signal?.addEventListener("abort", interrupt);
  const { includeOptedOut, patientsAtOnce } = parsed;
  const asked = {
    ...options,
    includeOptedOut,
    patientsAtOnce: patientsAtOnce ?? PATIENTS_AT_ONCE,
  };
  const all = (study: CheckedStudy, dates: readonly IsoDate[]): Promise<Evaluation> =>
    evaluate(records, study, dates, asked);
  return {
    warnings: records.warnings,
    dataVersion: `${version}${includeOptedOut ? " with opted-out patients" : ""}`,
    cohorts: (study, indexDates) =>
      cohorts(study, indexDates, { records, version, evaluate: all, options }),
    close: () => {
      options.signal?.removeEventListener("abort", interrupt);
      records.close();
      return Promise.resolve();
    },
  };
}

interface Answering {
  readonly records: Records;
  readonly version: string;
  readonly evaluate: (study: CheckedStudy, dates: readonly IsoDate[]) => Promise<Evaluation>;
  readonly options: DuckDbBackendOptions;
}

/** Where nothing is known of what is read, nothing can be said of its changes. Problem: database-changed. */
async function sameVersion({ records, version }: Answering): Promise<void> {
  if (records.warnings.length > 0) return;
  const now = await records.version().catch((error: unknown) => failForDatabase(error, []));
  if (now !== version) fail("database-changed", {});
}

async function* cohorts(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  answering: Answering,
): AsyncGenerator<Cohort> {
  const dates = indexDates.map((indexDate) => indexDate ?? study.indexDate);
  const groups = answering.options.evaluate === "per-date" ? dates.map((date) => [date]) : [dates];
  let done = 0;
  for (const group of groups) {
    const known = group.filter((date) => date !== null);
    const evaluation = await answering.evaluate(study, known);
    try {
      for (const [i, date] of group.entries()) {
        await sameVersion(answering);
        const indexDate = indexDates[done++] ?? null;
        const batches = evaluation.batches(date, group[i + 1] ?? null);
        yield { indexDate, schema: cohortSchema(study), batches };
      }
    } finally {
      await evaluation.end();
    }
  }
}
