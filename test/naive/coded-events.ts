/** `with_these_clinical_events` and `with_these_medications`. */
import type { codedEvents } from "../../engine/definition/functions/coded-events.ts";
import { findsFirst } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { countEpisodes } from "./episodes.ts";
import { clinicalEvents, medicationIssues, withoutIgnoredDays } from "./events-by-code.ts";
import type { CodedRow } from "./events-by-code.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme, pick } from "./order.ts";
import { dayOf } from "./row.ts";

export type Coded = Asked<keyof typeof codedEvents>;

function theseClinicalEvents(asked: Asked<"with_these_clinical_events">): Found {
  const { codelist, ignore_missing_values: skipsMissing } = asked.column.args;
  const inPeriod = periodOf(asked);
  const all = clinicalEvents(asked, codelist, inPeriod);
  const valued = skipsMissing === true ? all.filter(hasValue) : all;
  return answerOfMatches(asked, withoutIgnoredDays(asked, valued, inPeriod));
}

function theseMedications(asked: Asked<"with_these_medications">): Found {
  const { codelist } = asked.column.args;
  const inPeriod = periodOf(asked);
  const all = medicationIssues(asked, codelist, inPeriod);
  return answerOfMatches(asked, withoutIgnoredDays(asked, all, inPeriod));
}

/** Neither missing nor 0. */
export function hasValue({ value }: CodedRow): boolean {
  return value !== null && value !== 0;
}

/** What is asked for of the rows that match. */
export function answerOfMatches(asked: Coded, matches: readonly CodedRow[]): Found {
  if (matches.length === 0) return nothing;
  const first = findsFirst(asked);
  const days = matches.map(({ at }) => dayOf(at));
  const date = extreme(days, first);
  switch (asked.column.args.returning) {
    case "binary_flag":
      return found(1, date);
    case "date":
      return found(date, date);
    case "number_of_matches_in_period":
      return found(matches.length, date);
    case "number_of_episodes":
      return found(
        countEpisodes(
          matches.map(({ at }) => at),
          asked.column.args.episode_defined_as,
        ),
      );
    default:
      return ofWinner(asked, matches, first);
  }
}

function ofWinner(asked: Coded, matches: readonly CodedRow[], first: boolean): Found {
  const winner = pick(matches, { first, at: ({ at }) => at, ties: ({ ties }) => ties });
  if (winner === null) return nothing;
  const date = dayOf(winner.at);
  const values: Readonly<Record<string, string | number | null>> = {
    code: winner.code,
    category: winner.category,
    numeric_value: winner.value,
  };
  return { value: values[asked.column.args.returning] ?? null, date, event: winner.row };
}

export const answerCodedEvents: AnswerFamily<typeof codedEvents> = {
  with_these_clinical_events: theseClinicalEvents,
  with_these_medications: theseMedications,
};
