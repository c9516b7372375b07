/** `with_covid_therapeutics`. */
import type { covidTreatments } from "../../engine/definition/functions/covid-treatments.ts";
import { findsFirst, ownRows } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { countEpisodes } from "./episodes.ts";
import { lower, suits, textsOf } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { pick } from "./order.ts";
import { riskGroup, withoutPhrases } from "./risk-group.ts";
import { day, midnight, text } from "./row.ts";
import type { Row } from "./row.ts";

const RISK_COHORTS = ["MOL1_high_risk_cohort", "SOT02_risk_cohorts", "CASIM05_risk_cohort"];
/** What makes two rows the same record. */
const TOLD = [
  "Intervention",
  "CurrentStatus",
  "COVID_indication",
  "Region",
  "AgeAtReceivedDate",
  "FormName",
  "MOL1_onset_of_symptoms",
  "SOT02_onset_of_symptoms",
  "Count",
  "Der_LoadDate",
];

interface Treatment {
  readonly row: Row;
  readonly start: ReturnType<typeof day>;
  readonly received: string | null;
  readonly cohorts: readonly (string | null)[];
}

function covidTherapeutics(asked: Asked<"with_covid_therapeutics">): Found {
  const inPeriod = periodOf(asked);
  const matches = distinct(ownRows(asked, "Therapeutics").map(treatment)).filter(
    (each) => inPeriod(each.start) && isWanted(asked, each.row),
  );
  switch (asked.column.args.returning) {
    case "number_of_matches_in_period":
      return found(matches.length);
    case "number_of_episodes": {
      const starts = matches.map(({ start }) => (start === null ? null : midnight(start)));
      return found(countEpisodes(starts, asked.column.args.episode_defined_as));
    }
    default: {
      const winner = pick(matches, {
        first: findsFirst(asked),
        at: ({ start }) => start,
        ties: tiesOf,
      });
      return winner === null
        ? nothing
        : found(fact(winner, asked.column.args.returning), winner.start);
    }
  }
}

function treatment(row: Row): Treatment {
  const cohorts = RISK_COHORTS.map((name) => withoutPhrases(text(row, name)));
  return { row, start: day(row, "TreatmentStartDate"), received: day(row, "Received"), cohorts };
}

function distinct(treatments: readonly Treatment[]): readonly Treatment[] {
  const kept = new Map<string, Treatment>();
  for (const each of treatments) {
    const told = TOLD.map((name) => text(each.row, name));
    kept.set(JSON.stringify([each.start, each.received, each.cohorts, told]), each);
  }
  return [...kept.values()];
}

function isWanted(asked: Asked<"with_covid_therapeutics">, row: Row): boolean {
  const statuses = textsOf(asked.column.args.with_these_statuses)?.map((each) => each.trim());
  const drugs = textsOf(asked.column.args.with_these_therapeutics);
  const intervention = lower(text(row, "Intervention") ?? "");
  return (
    suits(text(row, "CurrentStatus"), statuses) &&
    suits(text(row, "COVID_indication"), asked.column.args.with_these_indications) &&
    (drugs === null || drugs.some((drug) => intervention.includes(lower(drug))))
  );
}

function tiesOf({ row, received, cohorts }: Treatment): readonly (string | null)[] {
  return [
    received,
    text(row, "CurrentStatus"),
    text(row, "Intervention"),
    text(row, "Region"),
    ...cohorts,
  ];
}

function fact({ row, start, cohorts }: Treatment, name: string): string | number | null {
  switch (name) {
    case "binary_flag":
      return 1;
    case "date":
      return start;
    case "therapeutic":
      return text(row, "Intervention")?.trim().replaceAll(" and ", ",") ?? null;
    case "risk_group":
      return riskGroup(cohorts);
    default:
      return text(row, "Region");
  }
}

export const answerCovidTreatments: AnswerFamily<typeof covidTreatments> = {
  with_covid_therapeutics: covidTherapeutics,
};
