/** Where the patient lives. */
import { namedDay, ownRows, returning, rowsOf } from "./asked.ts";
import type { Asked } from "./asked.ts";
import { chooseCategory } from "./condition-value.ts";
import { sameText } from "./fold-text.ts";
import { found, nothing } from "./found.ts";
import type { Found } from "./found.ts";
import { lowest } from "./order.ts";
import { latestSpells, spellsOver } from "./registrations.ts";
import { text, whole } from "./row.ts";
import type { Row } from "./row.ts";

const NO_POSTCODE = "NPC";

export function address(asked: Asked): Found {
  const home = addressOn(asked);
  switch (returning(asked)) {
    case "index_of_multiple_deprivation":
      return found(whole(home, "ImdRankRounded"));
    case "rural_urban_classification":
      return found(whole(home, "RuralUrbanClassificationCode"));
    default:
      return found(text(home, "MSOACode"));
  }
}

/** Without an address on the day there is no answer at all, the default category included. */
export function careHome(asked: Asked): Found {
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
function addressOn(asked: Asked): Row | null {
  const on = namedDay(asked, "date");
  if (on === null) return null;
  const spells = latestSpells(spellsOver(ownRows(asked, "PatientAddress"), on, on));
  return lowest(spells, (row) => [
    sameText(text(row, "MSOACode"), NO_POSTCODE) ? 1 : 0,
    whole(row, "PatientAddress_ID"),
  ]);
}
