/** Small records in the tables of an OMOP database, and what a study finds in them. */
import assert from "node:assert/strict";
import { omopTables } from "../../engine/schema/omop/omop-tables.ts";
import type { Call, Calls } from "../definition/study-of.ts";
import type { Records, Row } from "../naive/row.ts";
import { lines, stopped } from "./one-cohort.ts";

const concept = (
  concept_id: number,
  vocabulary_id: string,
  concept_code: string,
  standard_concept: "S" | null = null,
  invalid_reason: "D" | "U" | null = null,
): Row => ({ concept_id, vocabulary_id, concept_code, standard_concept, invalid_reason });

/** Concepts of the tests: a few of each vocabulary, and what they are mapped to. */
export const ASTHMA = 11;
export const CHILD_ASTHMA = 12;
export const OLD_ASTHMA = 13;
export const ASTHMA_ICD = 21;
export const STATUS_ICD = 22;
export const ASTHMA_READ = 31;
export const SALBUTAMOL_PACK = 41;
export const SALBUTAMOL = 42;
export const INHALED = 43;
export const PRESSURE = 51;

const concepts: readonly Row[] = [
  concept(0, "None", "No matching concept"),
  concept(ASTHMA, "SNOMED", "195967001", "S"),
  concept(CHILD_ASTHMA, "SNOMED", "233678006", "S"),
  concept(OLD_ASTHMA, "SNOMED", "155574008", null, "U"),
  concept(14, "SNOMED", "266364000"),
  concept(ASTHMA_ICD, "ICD10", "J45"),
  concept(STATUS_ICD, "ICD10", "J45.0"),
  concept(ASTHMA_READ, "Read", "H33..00"),
  concept(SALBUTAMOL_PACK, "dm+d", "39113611000001102"),
  concept(SALBUTAMOL, "RxNorm", "745679", "S"),
  concept(INHALED, "RxNorm", "435", "S"),
  concept(PRESSURE, "LOINC", "8480-6", "S"),
];

const link = (concept_id_1: number, concept_id_2: number, invalid_reason?: string): Row => ({
  concept_id_1,
  concept_id_2,
  relationship_id: "Maps to",
  ...(invalid_reason === undefined ? {} : { invalid_reason }),
});

const vocabulary: Records = {
  concept: concepts,
  concept_relationship: [
    ...[ASTHMA, CHILD_ASTHMA, SALBUTAMOL, INHALED, PRESSURE].map((id) => link(id, id)),
    ...[OLD_ASTHMA, ASTHMA_ICD, STATUS_ICD, ASTHMA_READ].map((id) => link(id, ASTHMA)),
    link(SALBUTAMOL_PACK, SALBUTAMOL),
    link(14, 0),
    link(ASTHMA_ICD, CHILD_ASTHMA, "D"),
    { concept_id_1: ASTHMA, concept_id_2: PRESSURE, relationship_id: "Subsumes" },
  ],
  concept_ancestor: [
    [ASTHMA, ASTHMA],
    [ASTHMA, CHILD_ASTHMA],
    [INHALED, SALBUTAMOL],
  ].map(([above = 0, below = 0]) => ({
    ancestor_concept_id: above,
    descendant_concept_id: below,
  })),
};

export const url = (options: string): string =>
  `duckdb:records.duckdb?layout=omop${options === "" ? "" : `&${options}`}`;

/** With as many persons as are told of, from 1. */
export function recordsOf(given: Records): Records {
  const ids = Object.values(given).flatMap((rows) =>
    rows.flatMap(({ person_id: id }) => (typeof id === "number" ? [id] : [])),
  );
  const persons = Array.from({ length: Math.max(1, ...ids) }, (_, i) => {
    return { person_id: i + 1, gender_concept_id: 8507, year_of_birth: 1980 };
  });
  return { person: persons, ...vocabulary, ...given };
}

/** The cohort at 1 March 2020 by column, in the order of the persons. */
export async function foundIn(
  given: Records,
  columns: Calls,
  options = "",
): Promise<Readonly<Record<string, readonly string[]>>> {
  const question = { columns, url: url(options), tables: omopTables };
  const [header = "", ...rows] = await lines(recordsOf(given), question);
  const cells = rows.map((row) => row.split(","));
  const names = header.split(",").entries();
  return Object.fromEntries(
    [...names].map(([place, name]) => [name, cells.map((row) => row[place] ?? "")]),
  );
}

export function stoppedIn(given: Records, columns: Calls, options = "") {
  return stopped(recordsOf(given), { columns, url: url(options), tables: omopTables });
}

/** That columns, each a call and then its cells, hold these. */
export async function holds(
  given: Records,
  asked: Readonly<Record<string, readonly unknown[]>>,
  options = "",
  more: Records = {},
): Promise<void> {
  const calls = Object.entries(asked).map(
    ([name, call]) => [name, call.slice(0, -1)] as unknown as readonly [string, Call],
  );
  const found = await foundIn({ ...given, ...more }, Object.fromEntries(calls), options);
  const wanted = Object.entries(asked).map(([name, call]) => [name, call.at(-1)]);
  const shown = Object.entries(found).filter(([name]) => name !== "patient_id");
  assert.deepEqual(Object.fromEntries(shown), Object.fromEntries(wanted));
}

export const day = { date_format: "YYYY-MM-DD" };

export const of = (system: string, ...codes: readonly string[]) => ({ system, codes });

export const events = (codelist: object, args: object = {}) =>
  ["with_these_clinical_events", { codelist, ...args }] as const;

/** A condition by its two concepts. */
export function condition(
  person_id: number,
  source: number | null,
  standard: number | null,
  more: Row = {},
): Row {
  return {
    condition_occurrence_id: person_id,
    person_id,
    condition_source_concept_id: source,
    condition_concept_id: standard,
    condition_start_date: "2020-01-01",
    ...more,
  };
}
