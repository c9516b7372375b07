/** Deaths, as four sources record them. */
import type { deaths } from "../../engine/definition/functions/deaths.ts";
import { ownRows, patientRow } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { codesOf, isAmong } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf, periodWithin } from "./in-period.ts";
import { extreme } from "./order.ts";
import { Refused } from "./refused.ts";
import { day, text } from "./row.ts";
import type { Row } from "./row.ts";

const CAUSES = Array.from({ length: 15 }, (_, i) => `ICD10${String(i + 1).padStart(3, "0")}`);

type Registered = Asked<"died_from_any_cause" | "with_these_codes_on_death_certificate">;

/** Whole codes only, no beginnings. */
function codesOnCertificate(asked: Asked<"with_these_codes_on_death_certificate">): Found {
  const { codelist, match_only_underlying_cause: underlyingOnly } = asked.column.args;
  const codes = codesOf(codelist);
  const columns = underlyingOnly === true ? ["icd10u"] : ["icd10u", ...CAUSES];
  return registered(asked, (row) => columns.some((name) => isAmong(text(row, name), codes)));
}

/** Each fact by itself is the smallest over all rows that suit. */
function registered(asked: Registered, suits: (row: Row) => boolean): Found {
  const inPeriod = periodOf(asked);
  const rows = ownRows(asked, "ONS_Deaths").filter(
    (row) => inPeriod(day(row, "dod")) && suits(row),
  );
  if (rows.length === 0) return nothing;
  const smallest = (name: string) =>
    extreme(
      rows.map((row) => text(row, name)),
      true,
    );
  switch (asked.column.args.returning) {
    case "date_of_death":
      return found(
        extreme(
          rows.map((row) => day(row, "dod")),
          true,
        ),
      );
    case "underlying_cause_of_death":
      return found(smallest("icd10u"));
    case "place_of_death":
      return found(smallest("Place_of_occurrence"));
    default:
      return found(1);
  }
}

function deathInCpns(asked: Asked<"with_death_recorded_in_cpns">): Found {
  const inPeriod = periodOf(asked);
  const rows = ownRows(asked, "CPNS").filter((row) => inPeriod(day(row, "DateOfDeath")));
  if (rows.length === 0) return nothing;
  const days = rows.map((row) => day(row, "DateOfDeath"));
  const died = extreme(days, true);
  if (died !== extreme(days, false)) throw new Refused("cpns-dates-disagree", asked.column.name);
  return found(asked.column.args.returning === "date_of_death" ? died : 1);
}

/** 9999-12-31 = alive: beyond the end that stands in for a missing one. */
function deathInPrimaryCare(asked: Asked<"with_death_recorded_in_primary_care">): Found {
  const died = day(patientRow(asked), "DateOfDeath");
  if (!periodWithin(asked, "1900-01-01", "3000-01-01")(died)) return found(null);
  return found(asked.column.args.returning === "date_of_death" ? died : 1);
}

export const answerDeaths: AnswerFamily<typeof deaths> = {
  died_from_any_cause: (asked) => registered(asked, () => true),
  with_these_codes_on_death_certificate: codesOnCertificate,
  with_death_recorded_in_cpns: deathInCpns,
  with_death_recorded_in_primary_care: deathInPrimaryCare,
};
