/** Random columns of who patients are, where they are registered and where they live. */
import fc from "fast-check";
import { datedDraft, fixedDraft, format, returning, windowedDraft } from "./random-draft.ts";
import type { Draft } from "./random-draft.ts";
import { randomDate } from "./random-window.ts";

const trialFacts = ["enrolled", "trial_arm", "imd_decile", "MeanAge"].map(
  (property) => `rct__germdefence__${property}`,
);

const CARE_HOME = {
  $pairs: [
    ["home, nursing", "IsPotentialCareHome AND LocationDoesNotRequireNursing='n'"],
    ["no nursing", "LocationRequiresNursing = 'N' OR NOT LocationRequiresNursing = 'Y'"],
    ["", "DEFAULT"],
    ["home", "IsPotentialCareHome"],
  ],
};

const careHome = datedDraft(
  "care_home_status_as_of",
  { date: randomDate },
  fc.constantFrom<Readonly<Record<string, unknown>>>({}, { categorised_as: CARE_HOME }),
);

const spell = { start_date: randomDate, end_date: randomDate };

const households = fixedDraft(
  "household_as_of",
  fc.constant({ reference_date: "2020-02-01" }),
  returning(
    "pseudo_id",
    "household_size",
    "is_prison",
    "has_members_in_other_ehr_systems",
    "percentage_of_members_with_data_in_this_backend",
    "msoa",
  ),
);

export const addressColumns = fc.oneof(
  datedDraft(
    "address_as_of",
    { date: randomDate },
    fc.constant({ returning: "index_of_multiple_deprivation", round_to_nearest: 100 }),
  ),
  datedDraft(
    "address_as_of",
    { date: randomDate },
    returning("rural_urban_classification", "msoa"),
  ),
);

export const registrationFlags: fc.Arbitrary<Draft> = fc.oneof(
  datedDraft("registered_as_of", { reference_date: randomDate }),
  datedDraft("registered_with_one_practice_between", spell),
  datedDraft("with_complete_gp_consultation_history_between", spell),
);

type Columns = readonly (readonly [weight: number, fc.Arbitrary<Draft>])[];

/** Of people, whichever tables tell of them. */
export const whoColumns: Columns = [
  [1, fixedDraft("sex")],
  [1, fixedDraft("all")],
  [
    1,
    fixedDraft(
      "random_sample",
      fc.constantFrom(10, 50, 99.5).map((percent) => ({ percent })),
    ),
  ],
  [2, datedDraft("age_as_of", { reference_date: randomDate })],
  [
    1,
    fixedDraft(
      "date_of_birth",
      fc.constantFrom("YYYY", "YYYY-MM").map((each) => ({ date_format: each })),
    ),
  ],
  [3, registrationFlags],
  [1, windowedDraft("date_deregistered_from_all_supported_practices", format)],
  [
    1,
    windowedDraft(
      "with_death_recorded_in_primary_care",
      returning("binary_flag", "date_of_death"),
      format,
    ),
  ],
];

export const placeColumns: Columns = [
  ...whoColumns,
  [
    6,
    datedDraft(
      "registered_practice_as_of",
      { date: randomDate },
      returning("stp_code", "msoa", "msoa_code", "nuts1_region_name", "pseudo_id", ...trialFacts),
    ),
  ],
  [2, addressColumns],
  [2, careHome],
  [4, households],
];
