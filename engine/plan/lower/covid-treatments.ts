/** Treatments of COVID-19 outside hospital. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { covidTreatments } from "../../definition/functions/covid-treatments.ts";
import type { Rows } from "../model/rows.ts";
import { field, integer } from "../model/value.ts";
import type { Test } from "../model/value.ts";
import { aggregateOf, byDate, episodes, isOneOf, matching, textsOf } from "./dated-rows.ts";
import { periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

type Treatment = CheckedColumn<"with_covid_therapeutics">;

function treatmentRows({ args }: Treatment, to: Lowering): Rows {
  const therapeutics = textsOf(args.with_these_therapeutics);
  const contains = (texts: readonly string[]): Test => ({
    kind: "in-codelist",
    of: field("intervention"),
    codelist: to.codes(texts, true),
    how: "contains",
  });
  const named = therapeutics === null ? [] : [contains(therapeutics)];
  const statuses = textsOf(args.with_these_statuses)?.map((status) => status.trim()) ?? null;
  return matching(
    "covid_treatments",
    ...isOneOf("status", statuses, to),
    ...named,
    ...isOneOf("indication", args.with_these_indications, to),
  );
}

const TIES = [
  "received_on",
  "status",
  "intervention",
  "region",
  "mol1_risk",
  "sot02_risk",
  "casim05_risk",
];

function lowerTreatment(column: Treatment, to: Lowering): Lowered {
  const date = "treated_on";
  const rows = treatmentRows(column, to);
  const window = periodWindow(column, date, to);
  const { returning, episode_defined_as: definedAs } = column.args;
  if (returning === "number_of_matches_in_period") {
    return { value: aggregateOf({ rows, window }, { kind: "rows" }, to) };
  }
  if (returning === "number_of_episodes") {
    return { value: episodes(definedAs, { rows, window, date }, to) };
  }
  const isFlagOrDate = returning === "binary_flag" || returning === "date";
  const picked = to.summary(rows, window, {
    kind: "pick",
    take: { value: isFlagOrDate ? integer(1) : field(returning), date: field(date) },
    order: byDate(column, date, ...TIES.map(field)),
  });
  const shown = returning === "date" ? picked("date") : picked();
  const lowered = { value: shown, aspects: { date: picked("date") } };
  return returning === "risk_group" ? { ...lowered, tidied: "risk-group" } : lowered;
}

export const lowerCovidTreatments: LowerFamily<typeof covidTreatments> = {
  with_covid_therapeutics: lowerTreatment,
};
