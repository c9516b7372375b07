/** Practices. */
import type { registrations } from "../../engine/definition/functions/registrations.ts";
import { parseClusterTrial } from "../../engine/definition/functions/cluster-trials.ts";
import { dayMeant, ownRows, rowsOf } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { sameText } from "./fold-text.ts";
import { flag, found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodWithin } from "./in-period.ts";
import { extreme, latest, lowest } from "./order.ts";
import { day, midnight, moment, text, whole } from "./row.ts";
import type { Row } from "./row.ts";

/** Rows whose spell began by the midnight of `from` and ended after that of `to`. */
export function spellsOver(rows: readonly Row[], from: string, to: string): readonly Row[] {
  return rows.filter((row) => {
    const [start, end] = [moment(row, "StartDate"), moment(row, "EndDate")];
    return start !== null && end !== null && start <= midnight(from) && end > midnight(to);
  });
}

type Registration = Asked<
  | "registered_as_of"
  | "registered_with_one_practice_between"
  | "with_complete_gp_consultation_history_between"
>;

function registered(asked: Registration): Found {
  const { dates } = asked.column;
  const isSpan = "start_date" in dates;
  const from = dayMeant(asked, isSpan ? dates.start_date : dates.reference_date);
  const to = dayMeant(asked, isSpan ? dates.end_date : dates.reference_date);
  if (from === null || to === null) return nothing;
  const wantsHistory = asked.column.function === "with_complete_gp_consultation_history_between";
  return flag(
    spellsOver(ownRows(asked, "RegistrationHistory"), from, to).some((row) =>
      organisations(asked, row).some((practice) => {
        const live = moment(practice, "GoLiveDate");
        return !wantsHistory || (live !== null && live <= midnight(from));
      }),
    ),
  );
}

type Deregistration = "date_deregistered_from_all_supported_practices";

/** The last end of all registrations, if it is in the period; 9999-12-31 = still registered. */
function deregistered(asked: Asked<Deregistration>): Found {
  const ends = ownRows(asked, "RegistrationHistory").map((row) => day(row, "EndDate"));
  const last = extreme(ends, false);
  return periodWithin(asked, "1900-01-01", "3000-01-01")(last) ? found(last) : nothing;
}

function practice(asked: Asked<"registered_practice_as_of">): Found {
  const on = dayMeant(asked, asked.column.dates.date);
  if (on === null) return nothing;
  const spells = latestSpells(spellsOver(ownRows(asked, "RegistrationHistory"), on, on));
  const spell = lowest(spells, (row) => [whole(row, "Registration_ID")]);
  if (spell === null) return nothing;
  const { returning } = asked.column.args;
  const trial = parseClusterTrial(returning);
  if (trial !== null) return clusterTrial(asked, spell, trial);
  return found(practiceFact(organisations(asked, spell)[0] ?? null, returning));
}

/** Of the spells that began last, those that end last. */
export function latestSpells(spells: readonly Row[]): readonly Row[] {
  const begunLast = latest(spells, (row) => moment(row, "StartDate"));
  return latest(begunLast, (row) => moment(row, "EndDate"));
}

function practiceFact(organisation: Row | null, fact: string): string | number | null {
  switch (fact) {
    case "stp_code":
      return text(organisation, "STPCode");
    case "msoa":
    case "msoa_code":
      return text(organisation, "MSOACode");
    case "nuts1_region_name":
      return text(organisation, "Region");
    default:
      return whole(organisation, "Organisation_ID");
  }
}

function clusterTrial(
  asked: Asked,
  spell: Row,
  { trial, property }: NonNullable<ReturnType<typeof parseClusterTrial>>,
): Found {
  const numbers = rowsOf(asked, "ClusterRandomisedTrialReference")
    .filter((row) => sameText(text(row, "TrialName"), trial))
    .map((row) => whole(row, "TrialNumber"));
  const ofPractice = (table: string): readonly Row[] =>
    rowsOf(asked, table).filter(
      (row) =>
        row["Organisation_ID"] === spell["Organisation_ID"] &&
        numbers.includes(whole(row, "TrialNumber")),
    );
  const taking = ofPractice("ClusterRandomisedTrial");
  if (property === "enrolled") return flag(taking.length > 0);
  if (property === "trial_arm") return found(lowestText(taking, "TrialArm"));
  const details = ofPractice("ClusterRandomisedTrialDetail");
  const told = details.filter((row) => sameText(text(row, "Property"), property));
  return found(lowestText(told, "PropertyValue"));
}

function lowestText(rows: readonly Row[], name: string): string | null {
  return text(
    lowest(rows, (row) => [text(row, name)]),
    name,
  );
}

function organisations(asked: Asked, spell: Row): readonly Row[] {
  return rowsOf(asked, "Organisation").filter(
    (row) => row["Organisation_ID"] === spell["Organisation_ID"],
  );
}

export const answerRegistrations: AnswerFamily<typeof registrations> = {
  registered_as_of: registered,
  registered_with_one_practice_between: registered,
  with_complete_gp_consultation_history_between: registered,
  with_complete_history_between: ({ column }) => {
    throw new Error(`${column.name}: the check refuses with_complete_history_between`);
  },
  date_deregistered_from_all_supported_practices: deregistered,
  registered_practice_as_of: practice,
};
