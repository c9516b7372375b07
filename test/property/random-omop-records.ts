/** Random small OMOP databases, and what their sites say of them. */
import fc from "fast-check";
import type { Cell, Records, Row } from "../naive/row.ts";
import type { Declared } from "../omop/declared.ts";
import type { RandomCase } from "./random-case.ts";
import { coded, vocabularyTables } from "./random-omop-vocabulary.ts";
import { ids, maybe, oneForEach, oneOf, range, rows } from "./random-rows.ts";
import type { Cells } from "./random-rows.ts";
import { decimals, oddTexts, quarters, recordedDay, recordedMoment } from "./random-vocabulary.ts";

/** Which of the persons, as a number that becomes an id; some have most of the rows. */
const person_id = fc.constantFrom(0, 0, 0, 0, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7);

const dayOrNone = fc.option(recordedDay, { freq: 20 });

/** The time of a day may be of another day, or not be there. */
function dated(date: string, time: string): Cells {
  return { [date]: dayOrNone, [time]: maybe(recordedMoment) };
}

function own(most: number, id: string, cells: Cells): fc.Arbitrary<readonly Row[]> {
  return rows(most, { person_id, [id]: ids(1, most), ...cells }, id);
}

const duringVisit = { visit_occurrence_id: maybe(ids(1, 20)) };

const measurement = {
  ...dated("measurement_date", "measurement_datetime"),
  ...coded("measurement"),
  value_as_number: maybe(quarters),
  unit_concept_id: maybe(oneOf(9529, 8504, 8739, 9546, 8582, 9330, 0, 8876)),
  operator_concept_id: maybe(oneOf(4172703, 4171756, 4171754, 4172704, 4171755, 0)),
  range_low: maybe(decimals),
  range_high: maybe(decimals),
};

/** A body mass index, weights and heights, in units that are known or not. */
const BODY: readonly (readonly [concept: number, value: number, unit: number | null])[] = [
  [3038553, 27.5, null],
  [3025315, 64, 9529],
  [3025315, 70250, 8504],
  [3025315, 150, 8739],
  [3025315, 90, 0],
  [3036277, 1.5, 9546],
  [3036277, 175, 8582],
  [3036277, 60, 9330],
  [3036277, 0, 9546],
  [3036277, 2, null],
];

const measured = own(30, "measurement_id", {
  ...measurement,
  of: ids(0, BODY.length),
}).map((all) => all.map(bodyMeasured));

function bodyMeasured({ of: at, ...row }: Row): Row {
  const [concept, value, unit] = BODY[Number(at)] ?? [0, 0, null];
  return {
    ...row,
    measurement_id: 100 + Number(row["measurement_id"]),
    measurement_concept_id: concept,
    value_as_number: value,
    unit_concept_id: unit,
  };
}

const tables: Readonly<Record<string, fc.Arbitrary<readonly Row[]>>> = {
  ...vocabularyTables,
  observation_period: own(16, "observation_period_id", {
    observation_period_start_date: fc.oneof(fc.constant("2015-03-31"), dayOrNone),
    observation_period_end_date: fc.oneof(
      fc.constantFrom("2020-05-15", "2021-12-31", "9999-12-31"),
      dayOrNone,
    ),
  }),
  visit_occurrence: own(20, "visit_occurrence_id", {
    visit_concept_id: oneOf(9201, 9201, 9201, 262, 262, 9203, 32037, 9202, 581477, 5083, 0),
    ...dated("visit_start_date", "visit_start_datetime"),
    visit_end_date: dayOrNone,
    admitted_from_source_value: maybe(oneOf("19", "54")),
    discharged_to_source_value: maybe(oneOf("19", "51", "306689006")),
  }),
  condition_occurrence: own(50, "condition_occurrence_id", {
    ...dated("condition_start_date", "condition_start_datetime"),
    ...coded("condition"),
    ...duringVisit,
    condition_status_concept_id: maybe(oneOf(32902, 32901, 32901, 32903, 32893)),
  }),
  measurement: fc
    .tuple(own(30, "measurement_id", measurement), measured)
    .map(([one, other]) => [...one, ...other]),
  observation: own(30, "observation_id", {
    ...dated("observation_date", "observation_datetime"),
    ...coded("observation"),
    value_as_number: maybe(quarters),
  }),
  procedure_occurrence: own(30, "procedure_occurrence_id", {
    ...dated("procedure_date", "procedure_datetime"),
    ...coded("procedure"),
    ...duringVisit,
  }),
  drug_exposure: own(50, "drug_exposure_id", {
    ...dated("drug_exposure_start_date", "drug_exposure_start_datetime"),
    ...coded("drug"),
  }),
  death: rows(16, { person_id, death_date: recordedDay, ...coded("cause") }),
  cdm_source: rows(1, {
    source_release_date: maybe(oneOf("2020-04-15", "2021-12-31")),
    cdm_version: oneOf("v5.4"),
  }),
  care_site: oneForEach("care_site_id", range(1, 3), {
    location_id: maybe(ids(1, 4)),
    care_site_name: maybe(oneOf(...oddTexts)),
    care_site_source_value: maybe(oneOf("E02000001", "E02000002")),
  }),
  location: oneForEach("location_id", range(1, 4), {
    address_1: maybe(oneOf("0", "100", "20000", "32800")),
    city: maybe(oneOf("1", "5", "8")),
    state: maybe(oneOf("E54000001", "stp'2")),
    zip: maybe(oneOf("E02000001", ...oddTexts.slice(2, 4))),
    county: maybe(oneOf(...oddTexts)),
  }),
};

const person = fc.record({
  gender_concept_id: maybe(oneOf(8507, 8532, 0, 8521)),
  year_of_birth: oneOf(1940, 1969, 1990, 2004, 2020),
  month_of_birth: maybe(oneOf(2, 2, 3, 12)),
  day_of_birth: maybe(oneOf(1, 15, 29, 31)),
  birth_datetime: maybe(recordedMoment),
  location_id: maybe(ids(1, 5)),
  care_site_id: maybe(ids(1, 4)),
  race_source_value: maybe(oneOf("A", "D0", "R", "S1", "Z", "z9", "99", "Q")),
  ethnicity_source_value: maybe(oneOf("B", "h", "White")),
});

const persons = fc.tuple(
  fc.shuffledSubarray([1, 2, 3, 7, 11, 40, 66, 1000], { minLength: 3 }),
  fc.array(person, { minLength: 8, maxLength: 8 }),
);

/** One of several columns that may hold the same. */
const column = (...of: readonly [string, ...string[]]) => fc.constantFrom(...of);

const columns = fc.record({
  "practice.region": column("location.county", "care_site.care_site_name"),
  "practice.stp": column("location.state", "person.ethnicity_source_value"),
  "practice.msoa": column("location.zip", "care_site.care_site_source_value"),
  "address.msoa": column("location.zip", "person.race_source_value"),
  "address.imd": column("location.address_1"),
  "address.rural_urban": column("location.city"),
  ethnicity: column("person.race_source_value", "person.ethnicity_source_value"),
});

const declared: fc.Arbitrary<Declared> = fc
  .record({
    columns,
    match: fc.constantFrom(undefined, undefined, undefined, "source", "standard", "source_value"),
    descendants: fc.constantFrom(undefined, undefined, true),
    icd10: fc.constantFrom({}, {}, { icd10: ["ICD10", "ICD10CM"] }),
    data_until: fc.constantFrom(undefined, "2020-03-31", "2030-01-01"),
    absent: fc.constantFrom([], [], ["observation"], ["measurement", "condition_occurrence"]),
  })
  .map(({ columns: said, match, descendants, icd10, data_until: until, absent }) => ({
    columns: said,
    // What is below a concept is asked of standard concepts only.
    ...(match === undefined ? {} : { match }),
    ...(descendants === undefined || match !== undefined ? {} : { descendants }),
    ...(until === undefined ? {} : { data_until: until }),
    vocabularies: { ctv3: ["Read"], ...icd10 },
    consultations: [9202, 581477],
    outpatients: [9202],
    absent,
    history: "complete",
  }));

export const randomOmop: fc.Arbitrary<Pick<RandomCase, "records" | "declared">> = fc
  .tuple(persons, fc.record(tables), declared, fc.boolean())
  .map(([[numbers, facts], all, said, isLong]) => {
    const people = numbers.map((id, i): Row => ({ ...facts[i], person_id: id }));
    const filled = Object.entries(all).map(
      ([name, found]) => [name, ownTo(numbers, said.absent?.includes(name) ? [] : found)] as const,
    );
    const records: Records = { person: people, ...Object.fromEntries(filled) };
    return { records: isLong ? withLongIds(records) : records, declared: said };
  });

function ownTo(people: readonly number[], all: readonly Row[]): readonly Row[] {
  return all.map((row) => {
    const number = row["person_id"];
    if (typeof number !== "number") return row;
    return { ...row, person_id: people[number % people.length] ?? 0 };
  });
}

const LONG = 9_007_199_254_740_993n;

/** Ids of 64 bits, which a number does not hold; those of concepts have 32. */
function withLongIds(records: Records): Records {
  const isLong = (name: string): boolean => name.endsWith("_id") && !name.includes("concept");
  const longer = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row).map(([name, cell]): [string, Cell] => {
        if (typeof cell !== "number" || !isLong(name)) return [name, cell];
        return [name, String(LONG + BigInt(cell))];
      }),
    );
  const isVocabulary = (name: string): boolean => name.startsWith("concept");
  return Object.fromEntries(
    Object.entries(records).map(([name, found]) => [
      name,
      isVocabulary(name) ? found : found.map(longer),
    ]),
  );
}
