/** Where the patients are registered. */
import { isoDateOf } from "../../base/dates.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { DateExpression } from "../../definition/dates/date-expression.ts";
import { parseClusterTrial } from "../../definition/functions/cluster-trials.ts";
import type { registrations } from "../../definition/functions/registrations.ts";
import type { Rows, Window } from "../model/rows.ts";
import { all, compare, field, isPresent, text } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { aggregateOf, matching } from "./dated-rows.ts";
import { inPeriod, lowerDate } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";
import { covering, currentOf, latest, lowest } from "./spells.ts";

/** From one day to another at one practice. A practice with a number must itself be known. */
function lowerRegistered(
  { starts, from, to }: { readonly starts: Value; from: DateExpression; to: DateExpression },
  lowering: Lowering,
): Lowered {
  const [first, last] = [lowerDate(from, lowering), lowerDate(to, lowering)];
  const known =
    lowering.meaning.practices === "numbers" ? [isPresent(field("known_practice_id"))] : [];
  const rows = matching("practice_registrations", ...known);
  const window = covering(starts, first, last);
  return { value: lowering.summary(rows, window, { kind: "exists" })() };
}

const begun = field("starts_at");

/** Records are complete from when the practice went live. */
const begunLive: Value = { kind: "later", of: [begun, field("practice_live_from")] };

/** The practice as of a day: the latest to begin, then the latest to end, then the lowest id. */
function lowerPractice(column: CheckedColumn<"registered_practice_as_of">, to: Lowering): Lowered {
  const day = lowerDate(column.dates.date, to);
  const { rows, value } = practiceRows(column.args.returning, to);
  if (to.meaning.places === "current") return { value: currentOf(rows, value, to) };
  const picked = to.summary(rows, covering(begun, day, day), {
    kind: "pick",
    take: { value },
    order: [latest("starts_at"), latest("ends_at"), lowest(field("registration_id"))],
  });
  return { value: picked() };
}

const practiceFields: Readonly<Record<string, string>> = {
  stp_code: "stp_code",
  msoa: "msoa",
  msoa_code: "msoa",
  nuts1_region_name: "region",
  pseudo_id: "known_practice_id",
};

function practiceRows(
  returning: string,
  to: Lowering,
): { readonly rows: Rows; readonly value: Value } {
  const from = matching("practice_registrations");
  const isCoded = returning === "pseudo_id" && to.meaning.practices === "codes";
  const known = isCoded ? "practice_code" : practiceFields[returning];
  if (known !== undefined) return { rows: from, value: field(known) };
  const trial = parseClusterTrial(returning);
  if (trial === null) throw new Error(`no practice property ${returning}`);
  const where = compare(field("trial"), "=", text(trial.trial), "folded");
  const lookUp = { kind: "looked-up", from, on: ["practice_id", "practice_id"] } as const;
  if (trial.property === "enrolled" || trial.property === "trial_arm") {
    const value = field(trial.property === "enrolled" ? "is_enrolled" : "trial_arm");
    const take = { trial_arm: "arm" };
    const found = "is_enrolled";
    return {
      rows: { ...lookUp, table: "trial_practices", where, take, order: ["arm"], found },
      value,
    };
  }
  const isProperty = compare(field("property"), "=", text(trial.property), "folded");
  const rows: Rows = {
    ...lookUp,
    table: "trial_properties",
    where: all(where, isProperty),
    take: { trial_value: "value" },
    order: ["value"],
    found: "has_property",
  };
  return { rows, value: field("trial_value") };
}

/** The last end of any registration, if it lies in the period. */
/** Registrations that have not ended end later. */
const OPEN_UNTIL = isoDateOf("3000-01-01");

function lowerDeregistration(
  column: CheckedColumn<"date_deregistered_from_all_supported_practices">,
  to: Lowering,
): Lowered {
  const window: Window = { kind: "always" };
  const asked = { rows: matching("practice_registrations"), window };
  const end = aggregateOf(asked, { kind: "greatest", of: field("ends_at") }, to);
  const last: Value = { kind: "day-of", of: end };
  const until = to.facts.concepts?.dataUntil ?? null;
  const when = all(
    inPeriod(last, { period: column.period, last: OPEN_UNTIL }, to),
    // Whoever is there on the last day of the data has not left.
    ...(until === null ? [] : [compare(last, "<=", { kind: "day", value: until }, "date")]),
  );
  return { value: { kind: "choose", cases: [{ when, then: last }], otherwise: null } };
}

export const lowerRegistrations: LowerFamily<typeof registrations> = {
  registered_as_of: ({ dates }, to) => {
    const { reference_date: day } = dates;
    return lowerRegistered({ starts: begun, from: day, to: day }, to);
  },
  registered_with_one_practice_between: ({ dates }, to) =>
    lowerRegistered({ starts: begun, from: dates.start_date, to: dates.end_date }, to),
  with_complete_gp_consultation_history_between: ({ dates }, to) =>
    lowerRegistered({ starts: begunLive, from: dates.start_date, to: dates.end_date }, to),
  with_complete_history_between: ({ name }) => {
    throw new Error(`${name}: the check refuses with_complete_history_between`);
  },
  date_deregistered_from_all_supported_practices: lowerDeregistration,
  registered_practice_as_of: lowerPractice,
};
