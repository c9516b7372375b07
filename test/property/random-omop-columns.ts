/** Random columns over all that OMOP records answer. */
import fc from "fast-check";
import { codedColumns, codes, grouped } from "./random-coded-columns.ts";
import { combinedColumns } from "./random-combined-columns.ts";
import { fileColumns, icd10List } from "./random-dataset-columns.ts";
import {
  datedDraft,
  find,
  fixedDraft,
  format,
  optional,
  returning,
  windowedDraft,
} from "./random-draft.ts";
import type { Args, Draft } from "./random-draft.ts";
import {
  conceptIds,
  icd10Dotted,
  loincCodes,
  opcs4Dotted,
  rxnormCodes,
} from "./random-omop-vocabulary.ts";
import { addressColumns, whoColumns } from "./random-place-columns.ts";
import type { Columns } from "./random-study.ts";
import {
  ctv3Codes,
  diagnosisCodes,
  dmdCodes,
  opcs4Codes,
  snomedCodes,
  someOf,
} from "./random-vocabulary.ts";
import { randomDate, randomWindow } from "./random-window.ts";

const concepts = conceptIds.map(String);

const eventLists = [
  ["snomed", snomedCodes],
  ["ctv3", ctv3Codes],
  ["read2", ctv3Codes],
  ["icd10", [...icd10Dotted, "j129"]],
  ["icd10cm", ["J12.9"]],
  ["opcs4", opcs4Dotted],
  ["loinc", loincCodes],
  ["omop", concepts],
] as const;

const medicineLists = [
  ["snomed", dmdCodes],
  ["rxnorm", [...rxnormCodes, "OMOP1"]],
  ["omop", concepts],
] as const;

type Systems = readonly (readonly [string, readonly string[]])[];

const lookUp = fc.constantFrom(
  ...[{}, {}, {}, {}, { match: "source" }, { match: "source_value" }],
  ...[{ match: "standard" }, { match: "standard", descendants: true }],
  ...[{ match: "source-then-standard" }, { descendants: false }],
);

/** Now and then looked up in a way of its own. */
function ofSystems(
  systems: Systems,
  made: (system: string, known: readonly string[]) => fc.Arbitrary<unknown>,
): fc.Arbitrary<unknown> {
  const list = fc.oneof(...systems.map(([system, known]) => made(system, known)));
  return fc
    .tuple(list, lookUp)
    .map(([each, how]): unknown => ({ ...(each as Readonly<Record<string, unknown>>), ...how }));
}

const { events, medications, bmi, summaries, consultations } = codedColumns({
  plain: ofSystems(eventLists, codes),
  grouped: ofSystems(eventLists, grouped),
  ignored: ofSystems(eventLists, codes),
  medicines: ofSystems(medicineLists, codes),
  groupedMedicines: ofSystems(medicineLists, grouped),
});

const opcs4List = someOf(opcs4Codes, 2).map((list) => ({ system: "opcs4", codes: list }));

const stayFilter = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Args>({}) },
  { weight: 2, arbitrary: icd10List.map((list): Args => ({ with_these_diagnoses: list })) },
  { weight: 2, arbitrary: icd10List.map((list): Args => ({ with_these_primary_diagnoses: list })) },
  { weight: 2, arbitrary: opcs4List.map((list): Args => ({ with_these_procedures: list })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Args>(
      { with_source_of_admission: ["19"] },
      { with_discharge_destination: ["19", "51"] },
    ),
  },
);

const stays = fc.oneof(
  {
    weight: 4,
    arbitrary: windowedDraft(
      "admitted_to_hospital",
      returning(
        ...["binary_flag", "date_admitted", "date_discharged", "number_of_matches_in_period"],
        ...["source_of_admission", "discharge_destination"],
      ),
      stayFilter,
      find,
      format,
    ),
  },
  {
    weight: 1,
    arbitrary: windowedDraft(
      "admitted_to_hospital",
      returning("total_bed_days_in_period"),
      stayFilter,
    ),
  },
);

const attendances = windowedDraft(
  "attended_emergency_care",
  returning("binary_flag", "date_arrived", "number_of_matches_in_period", "discharge_destination"),
  optional({
    with_these_diagnoses: someOf(diagnosisCodes, 2),
    discharged_to: someOf(["306689006", "19"], 2),
  }),
  find,
  format,
);

const intensiveCare = windowedDraft(
  "admitted_to_icu",
  returning("binary_flag", "date_admitted"),
  find,
  format,
);

/** There is no `on_or_before`. */
const appointments = fc
  .tuple(
    randomWindow,
    returning("binary_flag", "date", "number_of_matches_in_period"),
    optional({ find_first_match_in_period: fc.boolean() }),
  )
  .map(([window, value, first]): Draft => (before) => {
    const { from, to } = window(before);
    const period =
      to !== null ? { between: [from, to] } : from === null ? {} : { on_or_after: from };
    return { function: "outpatient_appointment_date", args: { ...value, ...first, ...period } };
  });

const deathFacts = returning("binary_flag", "date_of_death", "underlying_cause_of_death");

const deaths = fc.oneof(
  windowedDraft("died_from_any_cause", deathFacts, format),
  windowedDraft(
    "with_these_codes_on_death_certificate",
    icd10List.map((codelist) => ({ codelist })),
    deathFacts,
    format,
  ),
);

const practices = datedDraft(
  "registered_practice_as_of",
  { date: randomDate },
  returning("stp_code", "msoa", "msoa_code", "nuts1_region_name", "pseudo_id"),
);

const ethnicity = fixedDraft(
  "with_ethnicity_from_sus",
  fc.constant({ use_most_frequent_code: true }),
  returning("code", "group_6", "group_16"),
);

export const omopColumns: Columns = [
  [40, events],
  [8, medications],
  [9, bmi],
  [6, summaries],
  [2, consultations],
  [18, stays],
  [7, attendances],
  [2, intensiveCare],
  [2, appointments],
  [6, deaths],
  [3, practices],
  [2, addressColumns],
  [1, ethnicity],
  [1, fileColumns],
  ...whoColumns,
  ...combinedColumns,
];
