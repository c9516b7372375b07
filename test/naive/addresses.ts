/** Where the patient lives. */
import type { addresses } from "../../engine/definition/functions/addresses.ts";
import { dayMeant, ownRows, rowsOf } from "./asked.ts";
import type { AnswerFamily, Asked } from "./asked.ts";
import { chooseCategory } from "./condition-value.ts";
import { sameText } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { lowest } from "./order.ts";
import { latestSpells, spellsOver } from "./registrations.ts";
import { Refused } from "./refused.ts";
import { cell, text, whole } from "./row.ts";
import type { Row } from "./row.ts";

const NO_POSTCODE = "NPC";

function address(asked: Asked<"address_as_of">): Found {
  const home = addressOn(asked);
  switch (asked.column.args.returning) {
    case "index_of_multiple_deprivation":
      return found(whole(home, "ImdRankRounded"));
    case "rural_urban_classification":
      return found(whole(home, "RuralUrbanClassificationCode"));
    default:
      return found(text(home, "MSOACode"));
  }
}

/** Without an address on the day there is no answer at all, the default category included. */
function careHome(asked: Asked<"care_home_status_as_of">): Found {
  const home = addressOn(asked);
  if (home === null) return nothing;
  const matches = rowsOf(asked, "PotentialCareHomeAddress").filter(
    (row) => row["PatientAddress_ID"] === home["PatientAddress_ID"],
  );
  const match = lowest(matches, (row) => [
    text(row, "LocationRequiresNursing"),
    text(row, "LocationDoesNotRequireNursing"),
  ]);
  const terms = {
    IsPotentialCareHome: match === null ? 0 : 1,
    LocationRequiresNursing: text(match, "LocationRequiresNursing"),
    LocationDoesNotRequireNursing: text(match, "LocationDoesNotRequireNursing"),
  };
  return found(
    chooseCategory(asked.column, (name) => {
      const value = terms[name as keyof typeof terms];
      return {
        value,
        type: name === "IsPotentialCareHome" ? "bool" : "str",
        empty: emptyTerm(name),
      };
    }),
  );
}

function emptyTerm(name: string): string | number {
  return name === "IsPotentialCareHome" ? 0 : "";
}

/** The latest beginning, then the latest end, then one with a postcode, then the lowest id. */
function addressOn(asked: Asked<"address_as_of" | "care_home_status_as_of">): Row | null {
  const on = dayMeant(asked, asked.column.dates.date);
  if (on === null) return null;
  const spells = latestSpells(spellsOver(ownRows(asked, "PatientAddress"), on, on));
  return lowest(spells, (row) => [
    sameText(text(row, "MSOACode"), NO_POSTCODE) ? 1 : 0,
    whole(row, "PatientAddress_ID"),
  ]);
}

/** As recorded on 2020-02-01; nobody is known to live in two households. */
function household(asked: Asked<"household_as_of">): Found {
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
  return home === undefined ? found(null) : found(householdFact(home, asked.column.args.returning));
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

export const answerAddresses: AnswerFamily<typeof addresses> = {
  address_as_of: address,
  care_home_status_as_of: careHome,
  household_as_of: household,
};
