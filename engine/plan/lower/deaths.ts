/** Deaths, as four sources record them. */
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { deaths } from "../../definition/functions/deaths.ts";
import { CAUSES_OF_DEATH } from "../../schema/contract.ts";
import type { Rows } from "../model/rows.ts";
import { any, compare, field, flag, integer } from "../model/value.ts";
import type { Value } from "../model/value.ts";
import { conceptCodes } from "./concept-codes.ts";
import { aggregateOf, foundFlag, inCodelist, matching } from "./dated-rows.ts";
import { inPeriod, periodWindow } from "./lower-date.ts";
import type { Lowered, LowerFamily, Lowering } from "./lowering.ts";

/** Rows of one patient are reduced after the filter, each answer for itself: the least of each. */
function lowerRegisteredDeath(
  column: CheckedColumn<"died_from_any_cause" | "with_these_codes_on_death_certificate">,
  rows: Rows,
  to: Lowering,
): Lowered {
  const asked = { rows, window: periodWindow(column, "died_on", to) };
  const least = (name: string): Value => aggregateOf(asked, { kind: "least", of: field(name) }, to);
  switch (column.args.returning) {
    case "date_of_death":
      return { value: least("died_on") };
    case "underlying_cause_of_death":
      return { value: least("underlying_cause") };
    case "place_of_death":
      return { value: least("place") };
    default:
      return { value: to.summary(rows, asked.window, { kind: "exists" })() };
  }
}

function lowerDeathCertificate(
  column: CheckedColumn<"with_these_codes_on_death_certificate">,
  to: Lowering,
): Lowered {
  const { codelist, match_only_underlying_cause: underlyingOnly } = column.args;
  if (to.meaning.eventCodes === "concepts") return lowerCodedDeath(column, to);
  const list = to.codelist(codelist, true);
  const others = Array.from({ length: CAUSES_OF_DEATH }, (_, i) => `cause_${i + 1}`);
  const causes = underlyingOnly === true ? [] : others;
  const listed = ["underlying_cause", ...causes].map((name) => inCodelist(field(name), list));
  return lowerRegisteredDeath(column, matching("registered_deaths", any(...listed)), to);
}

/** Each cause is a row, and unless the site says that it is the underlying one, nothing tells which of them is. */
function lowerCodedDeath(
  column: CheckedColumn<"with_these_codes_on_death_certificate">,
  to: Lowering,
): Lowered {
  const { codelist, match_only_underlying_cause: underlyingOnly } = column.args;
  if (underlyingOnly === true && to.meaning.causeIsUnderlying !== true)
    to.refuse(column, "match_only_underlying_cause", SAY_UNDERLYING);
  const { test } = conceptCodes(column, codelist, {}, to);
  return lowerRegisteredDeath(column, matching("concept_deaths", test), to);
}

/** Of whom anybody has recorded a death. */
function anyDeath(to: Lowering): Rows {
  return matching(to.meaning.eventCodes === "concepts" ? "concept_deaths" : "registered_deaths");
}

/** Rows that disagree on the day stop the run. */
function lowerPatientNotification(
  column: CheckedColumn<"with_death_recorded_in_cpns">,
  to: Lowering,
): Lowered {
  const window = periodWindow(column, "died_on", to);
  const agreed = to.summary(matching("covid_patient_notifications"), window, {
    kind: "agreed",
    of: field("died_on"),
  });
  const wantsFlag = column.args.returning === "binary_flag";
  return { value: wantsFlag ? foundFlag(agreed("found")) : agreed() };
}

const SAY_UNDERLYING =
  "If the cause of each death is the underlying one, say deaths: {cause_is_underlying: true} in a mapping file based on omop-5.4.";

/** Where nothing tells who recorded a death, any of the period counts. */
function lowerDeathAsRecorded(
  column: CheckedColumn<"with_death_recorded_in_primary_care">,
  to: Lowering,
): Lowered {
  const tells = to.meaning.tellsPrimaryCareDeaths === true;
  const rows = tells
    ? matching("concept_deaths", compare(field("by_primary_care"), "=", integer(1)))
    : anyDeath(to);
  const asked = { rows, window: periodWindow(column, "died_on", to) };
  const first = aggregateOf(asked, { kind: "least", of: field("died_on") }, to);
  return { value: column.args.returning === "binary_flag" ? foundFlag(first) : first };
}

/** 9999-12-31 is alive, which an open end leaves out. */
function lowerDeathInPrimaryCare(
  column: CheckedColumn<"with_death_recorded_in_primary_care">,
  to: Lowering,
): Lowered {
  if (to.meaning.eventCodes === "concepts") return lowerDeathAsRecorded(column, to);
  const died: Value = { kind: "patient", name: "died_on" };
  const when = inPeriod(died, { period: column.period, last: to.meaning.lastDeath }, to);
  if (column.args.returning === "binary_flag") return { value: flag(when) };
  return { value: { kind: "choose", cases: [{ when, then: died }], otherwise: null } };
}

export const lowerDeaths: LowerFamily<typeof deaths> = {
  died_from_any_cause: (column, to) => lowerRegisteredDeath(column, anyDeath(to), to),
  with_these_codes_on_death_certificate: lowerDeathCertificate,
  with_death_recorded_in_cpns: lowerPatientNotification,
  with_death_recorded_in_primary_care: lowerDeathInPrimaryCare,
};
