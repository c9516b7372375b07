/** What the expectations of a study say of its dummy data, as shares of all patients. */
import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { EffectiveExpectations } from "../../definition/expectations/expectation-facts.ts";
import { checkStudyExpectations } from "../../definition/expectations/expectation-study.ts";
import type { ExpectedColumn } from "../../profile/profile.ts";

/** A column whose expectations are wrong, or that has none, is left out. */
export function expectedShares(study: CheckedStudy): ReadonlyMap<string, ExpectedColumn> {
  const { columns } = checkStudyExpectations(study);
  return new Map([...columns].map(([name, expectations]) => [name, sharesOf(expectations)]));
}

function sharesOf({ incidence, values }: EffectiveExpectations): ExpectedColumn {
  if (values.kind === "bool") return { filled: incidence, bars: new Map([["yes", incidence]]) };
  if (values.kind !== "category") return { filled: incidence, bars: new Map() };
  const { words, shares } = values;
  const bars = new Map(words.map((word, at) => [word, (shares[at] ?? 0) * incidence]));
  return { filled: incidence - (bars.get("") ?? 0), bars };
}
