/** `with_these_clinical_events` and `with_these_medications`. */
import type { Codelist } from "../../engine/definition/model.ts";
import { argument, findsFirst, returning } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { countEpisodes } from "./episodes.ts";
import { clinicalEvents, medicationIssues, withoutIgnoredDays } from "./events-by-code.ts";
import type { CodedRow } from "./events-by-code.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme, pick } from "./order.ts";
import { dayOf } from "./row.ts";

export function theseClinicalEvents(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const all = clinicalEvents(asked, argument(asked, "codelist") as Codelist, inPeriod);
  const valued =
    argument(asked, "ignore_missing_values") === true
      ? all.filter(({ value }) => value !== null && value !== 0)
      : all;
  return answer(asked, withoutIgnoredDays(asked, valued, inPeriod));
}

export function theseMedications(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const all = medicationIssues(asked, argument(asked, "codelist") as Codelist, inPeriod);
  return answer(asked, withoutIgnoredDays(asked, all, inPeriod));
}

function answer(asked: Asked, matches: readonly CodedRow[]): Found {
  if (matches.length === 0) return nothing;
  const first = findsFirst(asked);
  const days = matches.map(({ at }) => dayOf(at));
  const date = extreme(days, first);
  switch (returning(asked)) {
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
          argument(asked, "episode_defined_as"),
        ),
      );
    default:
      return ofWinner(asked, matches, first);
  }
}

function ofWinner(asked: Asked, matches: readonly CodedRow[], first: boolean): Found {
  const winner = pick(matches, { first, at: ({ at }) => at, ties: ({ id }) => [id] });
  if (winner === null) return nothing;
  const date = dayOf(winner.at);
  const values: Readonly<Record<string, string | number | null>> = {
    code: winner.code,
    category: winner.category,
    numeric_value: winner.value,
  };
  return { value: values[returning(asked)] ?? null, date, event: winner.row };
}
