/** Random rows of events, medications, consultations and vaccinations. */
import fc from "fast-check";
import type { Row } from "../naive/row.ts";
import { ids, maybe, oneForEach, oneOf, ownRows, rows } from "./random-rows.ts";
import {
  bmiCodes,
  ctv3Codes,
  decimals,
  diseases,
  dmdCodes,
  oddTexts,
  products,
  quarters,
  recordedMoment,
  snomedCodes,
} from "./random-vocabulary.ts";

const drugIds = ["M1", "M2", "M3", "M4", "M5", "M6"];

/** Heights whose square is exact, 0 among them. */
const heights = fc.constantFrom(0, 1.5, 1.75, 2);

const codedEvents = fc
  .tuple(
    ownRows(
      60,
      {
        CodedEvent_ID: ids(1, 70),
        CTV3Code: oneOf(...ctv3Codes, "other"),
        NumericValue: maybe(quarters),
        ConsultationDate: maybe(recordedMoment),
      },
      "CodedEvent_ID",
    ),
    ownRows(
      30,
      {
        CodedEvent_ID: ids(101, 40),
        CTV3Code: oneOf(...bmiCodes),
        NumericValue: fc.oneof(quarters, heights),
        ConsultationDate: maybe(recordedMoment),
      },
      "CodedEvent_ID",
    ),
  )
  .map(([events, measurements]) => [...measurements, ...events]);

export const eventTables: Readonly<Record<string, fc.Arbitrary<readonly Row[]>>> = {
  CodedEvent: codedEvents,
  CodedEvent_SNOMED: ownRows(
    30,
    {
      CodedEvent_ID: ids(1001, 40),
      ConceptID: oneOf(...snomedCodes, "ABC03"),
      NumericValue: maybe(quarters),
      ConsultationDate: maybe(recordedMoment),
    },
    "CodedEvent_ID",
  ),
  // Several ranges of one event, and ranges of events that are not there.
  CodedEventRange: fc
    .tuple(rangesOf(1, 80, 80), rangesOf(1001, 50, 50))
    .map(([ctv3, snomed]) => [...ctv3, ...snomed]),
  MedicationDictionary: oneForEach("MultilexDrug_ID", drugIds, {
    DMD_ID: maybe(oneOf(...dmdCodes, "DM4X", "3244")),
  }),
  MedicationIssue: ownRows(
    50,
    {
      MedicationIssue_ID: ids(1, 90),
      MultilexDrug_ID: oneOf(...drugIds),
      ConsultationDate: maybe(recordedMoment),
      // Not the date that counts.
      StartDate: maybe(recordedMoment),
    },
    "MedicationIssue_ID",
  ),
  VmpMapping: rows(4, {
    id: oneOf("3211", "3222", "3233", "3244"),
    prev_id: oneOf("3211", "3222", "3244", "gone"),
  }),
  Appointment: ownRows(
    24,
    {
      Appointment_ID: ids(1, 200),
      Status: oneOf(0, 1, 2, 3, 4, 5, 8, 9, 16),
      SeenDate: maybe(recordedMoment),
    },
    "Appointment_ID",
  ),
  DecisionSupportValue: ownRows(24, {
    AlgorithmType: oneOf(1, 1, 1, 2),
    CalculationDateTime: maybe(recordedMoment),
    NumericValue: maybe(decimals),
  }),
  VaccinationReference: rows(14, {
    VaccinationName_ID: ids(1, 4),
    VaccinationName: maybe(oneOf(...products, ...oddTexts)),
    VaccinationContent: maybe(oneOf(...diseases, "hepatitis a ")),
  }),
  Vaccination: ownRows(
    30,
    {
      Vaccination_ID: ids(1, 200),
      VaccinationName_ID: ids(1, 4),
      VaccinationDate: maybe(recordedMoment),
    },
    "Vaccination_ID",
  ),
  HighCostDrugs: ownRows(24, {
    DrugName: maybe(oneOf("ABATACEPT", "Abatacept ", "Drug [x]", "o'drug", "other")),
    FinancialYear: maybe(oneOf("201819", "201920", "202021")),
    FinancialMonth: maybe(oneOf("1", "3", "9", "10", "11", "12")),
  }),
  HealthCareWorker: ownRows(10, { HealthCareWorker: maybe(oneOf("Y", "N", "y ")) }),
};

function rangesOf(from: number, count: number, most: number) {
  return rows(most, {
    CodedEvent_ID: ids(from, count),
    LowerBound: maybe(decimals),
    UpperBound: maybe(decimals),
    Comparator: maybe(oneOf(3, 4, 5, 6, 7, 8, 99)),
  });
}
