/** A study's index dates, each with the evaluation that answers it: one of all of them, or one of each. */
import type { IsoDate } from "../../base/dates.ts";
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { HearCodelists, HearVocabulary } from "../backend.ts";
import { fail } from "../problems.ts";
import type { DatabaseBackendOptions } from "./backend-options.ts";
import { evaluate } from "./evaluation.ts";
import type { Evaluation } from "./evaluation.ts";
import type { Records } from "./records.ts";

export interface Answering {
  readonly records: Records;
  readonly version: string | null;
  readonly options: DatabaseBackendOptions & { readonly wordsAtMost?: number };
  readonly onCodelists?: HearCodelists | undefined;
  readonly onVocabulary?: HearVocabulary | undefined;
}

/** Where it cannot be known, nothing can be said of changes. Problem: database-changed. */
async function sameVersion({ records, version }: Answering): Promise<void> {
  if (version === null) return;
  const now = await records.version().catch((error: unknown) => records.fail(error, []));
  if (now !== version) fail("database-changed", {});
}

export interface AtDate {
  readonly evaluation: Evaluation;
  /** As asked for. */
  readonly indexDate: IsoDate | null;
  readonly date: IsoDate | null;
  readonly next: IsoDate | null;
}

export async function* eachDate(
  study: CheckedStudy,
  indexDates: readonly (IsoDate | null)[],
  answering: Answering,
): AsyncGenerator<AtDate> {
  const dates = indexDates.map((indexDate) => indexDate ?? study.indexDate);
  const { records, options, onCodelists, onVocabulary } = answering;
  const isEach = options.evaluate === "per-date" || records.evaluates === "per-date";
  const together = isEach ? dates.map((date) => [date]) : [dates];
  let done = 0;
  for (const group of together) {
    const known = group.filter((date) => date !== null);
    // Vocabularies say the same at every date.
    const hearing = done === 0 ? { onCodelists, onVocabulary } : { onCodelists };
    const evaluation = await evaluate(records, study, known, { ...options, ...hearing });
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
