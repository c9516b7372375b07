/** Health records in a database of any kind as an answer to studies. */
import { randomUUID } from "node:crypto";
import type { IsoDate } from "../../base/dates.ts";
import { fail } from "../problems.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { Backend, Cohort, CohortGroups, GroupsWanted, HearCodelists } from "../backend.ts";
import { hashedIds } from "../../schema/provision.ts";
import { cohortSchema } from "../cohort-columns.ts";
import type { Bounds } from "../../sql/gather.ts";
import type { ReadFile } from "../supplied-file/patient-file.ts";
import { evaluate } from "./evaluation.ts";
import type { Evaluation, PartMade } from "./evaluation.ts";
import { studyFor } from "./study-for.ts";
import type { Records } from "./records.ts";

/** `one-pass` answers all index dates together; `per-date` one after the other, as an oracle. */
export type Evaluate = "one-pass" | "per-date";

export interface DatabaseBackendOptions {
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

/** Its closing closes the records. Problems when asked: those of `evaluate`, database-changed. */
export async function databaseBackend(
  records: Records,
  options: DatabaseBackendOptions,
): Promise<Backend> {
  const { session, includeOptedOut } = records;
  const version = await records.version();
  const interrupt = (): void => {
    session.interrupt();
  };
  options.signal?.addEventListener("abort", interrupt);
  const forProvider = (study: CheckedStudy): CheckedStudy => studyFor(study, records.provider);
  const known = version ?? `${records.dialect.name} not known ${randomUUID()}`;
  return {
    warnings: records.warnings,
    dataVersion: `${known}${includeOptedOut ? " with opted-out patients" : ""}`,
    cohorts: (study, indexDates, onCodelists) =>
      cohorts(forProvider(study), indexDates, { records, version, options, onCodelists }),
    groups: (study, indexDates, wanted) =>
      groups(forProvider(study), indexDates, { records, version, options, wanted }),
    close: async () => {
      options.signal?.removeEventListener("abort", interrupt);
      await session.close();
    },
  };
}

interface Answering {
  readonly records: Records;
  readonly version: string | null;
  readonly options: DatabaseBackendOptions & { readonly wordsAtMost?: number };
  readonly onCodelists?: HearCodelists | undefined;
}

/** Where it cannot be known, nothing can be said of changes. Problem: database-changed. */
async function sameVersion({ records, version }: Answering): Promise<void> {
  if (version === null) return;
  const now = await records.version().catch((error: unknown) => records.fail(error, []));
  if (now !== version) fail("database-changed", {});
}

async function* cohorts(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  answering: Answering,
): AsyncGenerator<Cohort> {
  for await (const { evaluation, indexDate, date, next } of eachDate(
    study,
    indexDates,
    answering,
  )) {
    const batches = evaluation.batches(date, next);
    const { attrition } = evaluation;
    const counts = attrition === null ? {} : { attrition: () => attrition(date) };
    const schema = cohortSchema(study, hashedIds(answering.records.provider) !== null);
    yield { indexDate, schema, batches, ...counts };
  }
}

/** Of a column with more texts than categories have, those of groups leave the database alone, and not all that records hold. */
const WORDS_AT_MOST = 65_536;

async function* groups(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  { wanted, ...answering }: Answering & { readonly wanted: GroupsWanted },
): AsyncGenerator<CohortGroups> {
  // Nothing is worked out that no group needs.
  const needed = new Set([...wanted.keys, ...wanted.numbers]);
  const narrow = { ...study, output: study.output.filter((name) => needed.has(name)) };
  const options = { ...answering.options, wordsAtMost: Math.min(wanted.most, WORDS_AT_MOST) };
  const narrowly = { ...answering, options };
  for await (const { evaluation, indexDate, date } of eachDate(narrow, indexDates, narrowly)) {
    yield { indexDate, groups: await evaluation.groups(wanted)(date) };
  }
}

interface AtDate {
  readonly evaluation: Evaluation;
  /** As asked for. */
  readonly indexDate: IsoDate | null;
  readonly date: IsoDate | null;
  readonly next: IsoDate | null;
}

async function* eachDate(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  answering: Answering,
): AsyncGenerator<AtDate> {
  const dates = indexDates.map((indexDate) => indexDate ?? study.indexDate);
  const { records, options, onCodelists } = answering;
  const together = options.evaluate === "per-date" ? dates.map((date) => [date]) : [dates];
  let done = 0;
  for (const group of together) {
    const known = group.filter((date) => date !== null);
    const evaluation = await evaluate(records, study, known, { ...options, onCodelists });
    try {
      for (const [i, date] of group.entries()) {
        await sameVersion(answering);
        yield {
          ...{ evaluation, date, next: group[i + 1] ?? null },
          indexDate: indexDates[done++] ?? null,
        };
      }
    } finally {
      await evaluation.end();
    }
  }
}
