/** Which columns a column needs, from conditions, date expressions and sources. */
import { nearestNames } from "../../base/nearest.ts";
import { problem } from "../problems.ts";
import type { CategoryRule } from "../checked-study.ts";
import { conditionReads } from "../conditions/condition-reads.ts";
import type { Checking, Draft } from "./draft.ts";
import { expressionsOf } from "./read-dates.ts";
import type { ColumnDates } from "./read-dates.ts";

export interface Parsed {
  readonly draft: Draft;
  readonly dates: ColumnDates;
  readonly rules: readonly CategoryRule[] | null;
}

/** The names `care_home_status_as_of` defines for its own conditions; they are no columns. */
export const careHomeTerms = {
  IsPotentialCareHome: "bool",
  LocationRequiresNursing: "str",
  LocationDoesNotRequireNursing: "str",
} as const;

/** Names in order of first mention, each once; unknown ones too. */
export function columnReads({ draft, dates, rules }: Parsed): readonly string[] {
  const fromDates = expressionsOf(dates).flatMap((expression) =>
    expression.kind === "from" && expression.base.kind === "column" ? [expression.base.name] : [],
  );
  return [...new Set([...sourcesOf(draft), ...fromDates, ...rulesRead(draft, rules)])];
}

/** `source` or `column_names`, then extra columns are among the names already. */
export function sourcesOf({ args }: Draft): readonly string[] {
  const { source, column_names: names } = args;
  const all: readonly unknown[] = Array.isArray(names) ? names : [source];
  return all.filter((name) => typeof name === "string");
}

function rulesRead(draft: Draft, rules: readonly CategoryRule[] | null): readonly string[] {
  if (rules === null || draft.function === "care_home_status_as_of") return [];
  return rules.flatMap(({ when }) => (when === null ? [] : [...conditionReads(when)]));
}

/** Sources must exist; names in conditions and dates are checked where those are parsed. */
export function checkSources(draft: Draft, names: ReadonlySet<string>, checking: Checking): void {
  for (const source of sourcesOf(draft)) {
    if (names.has(source)) continue;
    const nearest = nearestNames(source, names);
    const facts = { study: checking.study, column: draft.name, source, nearest };
    checking.report(problem("unknown-source", facts, draft.place));
  }
}
