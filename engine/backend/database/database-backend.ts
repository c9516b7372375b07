/** Health records in a database of any kind as an answer to studies. */
import { createHash, randomUUID } from "node:crypto";
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { Backend, Cohort, CohortGroups, KeptCohorts } from "../backend.ts";
import type { GroupsWanted } from "../../table/cohort-groups.ts";
import { areLongIds } from "../../schema/provision.ts";
import { cohortSchema } from "../cohort-columns.ts";
import type { DatabaseBackendOptions } from "./backend-options.ts";
import { eachDate } from "./each-date.ts";
import type { Answering } from "./each-date.ts";
import { keptCohorts } from "./kept-cohorts.ts";
import type { Results } from "./results.ts";
import { studyFor } from "./study-for.ts";
import type { Records } from "./records.ts";

/** Its closing closes the records. Problems when asked: those of `evaluate`, database-changed. */
export async function databaseBackend(
  records: Records,
  options: DatabaseBackendOptions,
): Promise<Backend> {
  const { session, includeOptedOut } = records;
  const version = await records.version();
  const results =
    options.resultsOf === undefined ? null : await resultsIn(records, options.resultsOf);
  const interrupt = (): void => {
    session.interrupt();
  };
  options.signal?.addEventListener("abort", interrupt);
  const forProvider = (study: CheckedStudy): CheckedStudy => studyFor(study, records.provider);
  const { name } = records.dialect;
  const begun = results === null ? `not known ${randomUUID()}` : `kept since ${results.begun}`;
  const known = version ?? `${name} ${begun}`;
  return {
    warnings: [...records.warnings, ...(results?.warnings ?? [])],
    dataVersion: `${known}${readAs(records)}${includeOptedOut ? " with opted-out patients" : ""}`,
    cohorts: (study, indexDates, onCodelists, onVocabulary) => {
      const hearing = { onCodelists, onVocabulary };
      return cohorts(forProvider(study), indexDates, { records, version, options, ...hearing });
    },
    ...(results === null ? {} : { kept: keptIn(results, { records, version, options }) }),
    groups: (study, indexDates, wanted, onVocabulary) =>
      groups(forProvider(study), indexDates, { records, version, options, wanted, onVocabulary }),
    close: async () => {
      options.signal?.removeEventListener("abort", interrupt);
      await session.close();
    },
  };
}

/** The same rows mean something else by another mapping file, or where a site declares something else of them. */
function readAs({ provider: { mapping, provides, vocabularies } }: Records): string {
  if (mapping !== undefined) return ` mapped by ${mapping.hash.slice(0, 16)}`;
  if (vocabularies === undefined) return "";
  const told = JSON.stringify([provides, vocabularies]);
  return ` declared ${createHash("sha256").update(told).digest("hex").slice(0, 16)}`;
}

function keptIn(results: Results, answering: Answering): KeptCohorts {
  const { records } = answering;
  return {
    cohorts: (study, indexDates, onCodelists, onVocabulary) => {
      const keeping = { ...answering, results, onCodelists, onVocabulary };
      return keptCohorts(studyFor(study, records.provider), indexDates, keeping);
    },
    forget: () => results.forget().catch((error: unknown) => records.fail(error, [])),
  };
}

async function resultsIn({ results, fail }: Records, of: string): Promise<Results | null> {
  return results === undefined ? null : results(of).catch((error: unknown) => fail(error, []));
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
    const schema = cohortSchema(study, areLongIds(answering.records.provider));
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
