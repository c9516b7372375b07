/** Who the patient is. */
import { createHash } from "node:crypto";
import { completedYears } from "../../engine/base/dates.ts";
import { argument, namedDay, ownRows, returning, rowsOf } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { flag, found } from "./found.ts";
import type { Found } from "./found.ts";
import { periodWithin } from "./in-period.ts";
import { Refused } from "./refused.ts";
import { cell, day, text, whole } from "./row.ts";
import type { Row } from "./row.ts";

export function everybody(): Found {
  return flag(true);
}

/** A keyed hash of the patient's id. */
export function randomSample(asked: Asked): Found {
  const key = `${asked.column.name}:${asked.patient}`;
  const hash = Number.parseInt(createHash("md5").update(key).digest("hex").slice(0, 8), 16);
  return flag((hash * 100) / 2 ** 32 < Number(argument(asked, "percent")));
}

export function sex(asked: Asked): Found {
  return found(text(patientRow(asked), "Sex"));
}

export function age(asked: Asked): Found {
  const birth = day(patientRow(asked), "DateOfBirth");
  const on = namedDay(asked, "reference_date");
  return found(birth === null || on === null ? null : completedYears(birth, on));
}

export function dateOfBirth(asked: Asked): Found {
  return found(day(patientRow(asked), "DateOfBirth"));
}

/** 9999-12-31 = alive: beyond the end that stands in for a missing one. */
export function deathInPrimaryCare(asked: Asked): Found {
  const died = day(patientRow(asked), "DateOfDeath");
  if (!periodWithin(asked, "1900-01-01", "3000-01-01")(died)) return found(null);
  return found(returning(asked) === "date_of_death" ? died : 1);
}

/** As recorded on 2020-02-01; nobody is known to live in two households. */
export function household(asked: Asked): Found {
  const homes: Row[] = [];
  for (const member of ownRows(asked, "HouseholdMember")) {
    for (const home of rowsOf(asked, "Household")) {
      const same = home["Household_ID"] === member["Household_ID"];
      if (same && cell(home, "NFA_Unknown") !== null && !isOn(home, "NFA_Unknown")) {
        homes.push(home);
      }
    }
  }
  if (homes.length > 1) throw new Refused("duplicate-patients", asked.column.name);
  const [home] = homes;
  return home === undefined ? found(null) : found(householdFact(home, returning(asked)));
}

function householdFact(home: Row, fact: string): string | number | null {
  switch (fact) {
    case "pseudo_id":
      return whole(home, "Household_ID");
    case "household_size":
      return whole(home, "HouseholdSize");
    case "is_prison":
      return isOn(home, "Prison") ? 1 : 0;
    case "has_members_in_other_ehr_systems":
      return isOn(home, "MixedSoftwareHousehold") ? 1 : 0;
    case "percentage_of_members_with_data_in_this_backend":
      return whole(home, "TppPercentage");
    default:
      return text(home, "MSOA");
  }
}

function isOn(row: Row, bit: string): boolean {
  return Number(cell(row, bit)) === 1;
}

function patientRow(asked: Asked): Row | null {
  return ownRows(asked, "Patient")[0] ?? null;
}
