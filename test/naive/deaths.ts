/** Deaths as ONS and CPNS record them. */
import type { Codelist } from "../../engine/definition/model.ts";
import { argument, ownRows, returning } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { codesOf, isAmong } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { periodOf } from "./in-period.ts";
import { extreme } from "./order.ts";
import { Refused } from "./refused.ts";
import { day, text } from "./row.ts";
import type { Row } from "./row.ts";

const CAUSES = Array.from({ length: 15 }, (_, i) => `ICD10${String(i + 1).padStart(3, "0")}`);

export function diedFromAnyCause(asked: Asked): Found {
  return registered(asked, () => true);
}

/** Whole codes only, no beginnings. */
export function codesOnDeathCertificate(asked: Asked): Found {
  const codes = codesOf(argument(asked, "codelist") as Codelist);
  const underlyingOnly = argument(asked, "match_only_underlying_cause") === true;
  const columns = underlyingOnly ? ["icd10u"] : ["icd10u", ...CAUSES];
  return registered(asked, (row) => columns.some((name) => isAmong(text(row, name), codes)));
}

/** Each fact by itself is the smallest over all rows that suit. */
function registered(asked: Asked, suits: (row: Row) => boolean): Found {
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
  switch (returning(asked)) {
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

export function deathInCpns(asked: Asked): Found {
  const inPeriod = periodOf(asked);
  const rows = ownRows(asked, "CPNS").filter((row) => inPeriod(day(row, "DateOfDeath")));
  if (rows.length === 0) return nothing;
  const days = rows.map((row) => day(row, "DateOfDeath"));
  const died = extreme(days, true);
  if (died !== extreme(days, false)) throw new Refused("cpns-dates-disagree", asked.column.name);
  return found(returning(asked) === "date_of_death" ? died : 1);
}
