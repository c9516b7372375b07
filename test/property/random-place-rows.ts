/** Random rows of patients, practices and addresses. */
import fc from "fast-check";
import type { Row } from "../naive/row.ts";
import { ids, maybe, oneForEach, oneOf, oneRowEach, ownRows, range, rows } from "./random-rows.ts";
import {
  oddTexts,
  recordedDay,
  recordedMoment,
  sentinels,
  writtenDay,
} from "./random-vocabulary.ts";

/** Most spells are still open. */
const spellEnd = fc.oneof(
  { weight: 3, arbitrary: fc.constant("9999-12-31") },
  { weight: 1, arbitrary: recordedDay },
  { weight: 1, arbitrary: recordedMoment },
);
const spellStart = fc.oneof(
  { weight: 2, arbitrary: fc.constantFrom("1900-01-01", "2015-03-31") },
  { weight: 1, arbitrary: recordedDay },
  { weight: 1, arbitrary: recordedMoment },
);

const births = fc.oneof(
  {
    weight: 6,
    arbitrary: oneOf("1940-02-01", "1969-12-01", "1990-01-01", "2004-03-01", "2020-03-01"),
  },
  { weight: 1, arbitrary: oneOf("1944-02-29", "1900-01-01") },
);

/** One row for each patient that there can be; which there are is decided later. */
export const patientFacts = fc.array(
  fc.record({
    DateOfBirth: maybe(births),
    DateOfDeath: maybe(fc.oneof(fc.constantFrom(...sentinels), writtenDay)),
    Sex: maybe(oneOf("M", "F", "I", "U")),
  }),
  { minLength: 8, maxLength: 8 },
);

export const placeTables: Readonly<Record<string, fc.Arbitrary<readonly Row[]>>> = {
  Organisation: oneForEach("Organisation_ID", range(1, 5), {
    GoLiveDate: maybe(fc.oneof(recordedDay, fc.constant("2015-03-31"))),
    STPCode: maybe(oneOf("E54000001", "stp'2")),
    MSOACode: maybe(oneOf("E02000001", ...oddTexts.slice(2, 4))),
    Region: maybe(oneOf(...oddTexts)),
  }),
  RegistrationHistory: ownRows(
    36,
    {
      Registration_ID: ids(1, 300),
      Organisation_ID: maybe(ids(1, 6)),
      StartDate: maybe(spellStart),
      EndDate: maybe(spellEnd),
    },
    "Registration_ID",
  ),
  ClusterRandomisedTrialReference: oneForEach("TrialNumber", [1, 2], {
    TrialName: oneOf("germdefence", "germdefence", "Germdefence", "other"),
  }),
  ClusterRandomisedTrial: rows(20, {
    Organisation_ID: ids(1, 5),
    TrialNumber: ids(1, 2),
    TrialArm: maybe(oneOf("int", "con", oddTexts[2])),
  }),
  ClusterRandomisedTrialDetail: rows(40, {
    Organisation_ID: ids(1, 5),
    TrialNumber: ids(1, 2),
    Property: oneOf("IMD_decile", "imd_decile", "MeanAge"),
    PropertyValue: maybe(oneOf("2.5", "", "40", oddTexts[3])),
  }),
  PatientAddress: ownRows(
    36,
    {
      PatientAddress_ID: ids(1, 60),
      StartDate: maybe(spellStart),
      EndDate: maybe(spellEnd),
      ImdRankRounded: maybe(oneOf(-1, 0, 100, 32800)),
      RuralUrbanClassificationCode: maybe(oneOf(-1, 1, 8)),
      MSOACode: maybe(oneOf("NPC", "E02000001", "npc")),
    },
    "PatientAddress_ID",
  ),
  PotentialCareHomeAddress: rows(40, {
    PatientAddress_ID: ids(1, 60),
    LocationRequiresNursing: maybe(oneOf("Y", "N")),
    LocationDoesNotRequireNursing: maybe(oneOf("Y", "N", "n ")),
  }),
  Household: oneForEach("Household_ID", range(1, 6), {
    NFA_Unknown: maybe(oneOf(false, false, false, true)),
    HouseholdSize: maybe(oneOf(0, 1, 4)),
    Prison: maybe(oneOf(true, false)),
    MixedSoftwareHousehold: maybe(oneOf(true, false)),
    TppPercentage: maybe(oneOf(0, 50, 100)),
    MSOA: maybe(oneOf("E02000001", ...oddTexts)),
  }),
  HouseholdMember: oneRowEach({ HouseholdMember_ID: ids(1, 300), Household_ID: ids(1, 7) }),
  AllowedPatientsWithTypeOneDissent: oneRowEach({}),
};
