/** Random vocabularies of an OMOP database, and concepts that its rows have. */
import fc from "fast-check";
import type { Row } from "../naive/row.ts";
import { oneOf, rows } from "./random-rows.ts";
import type { Cells } from "./random-rows.ts";
import { ctv3Codes, diagnosisCodes, dmdCodes, snomedCodes } from "./random-vocabulary.ts";

export const icd10Dotted = ["U07.1", "J12", "J12.9", "I21.9"] as const;
export const opcs4Dotted = ["W37.1", "K40", "K40.2"] as const;
export const loincCodes = ["8480-6", "8462-4"] as const;
export const rxnormCodes = ["745679", "435"] as const;

/** Codes by vocabulary, their concepts numbered from a number on. */
const vocabularies: readonly (readonly [string, number, readonly string[]])[] = [
  // One code twice: once perhaps dead, once alive.
  ["SNOMED", 101, [...snomedCodes, ...diagnosisCodes, snomedCodes[0]]],
  ["ICD10", 201, icd10Dotted],
  ["ICD10CM", 211, ["J12.9", "j12.9"]],
  ["OPCS4", 301, opcs4Dotted],
  ["Read", 401, ctv3Codes],
  ["dm+d", 501, [...dmdCodes, snomedCodes[1]]],
  ["RxNorm", 601, rxnormCodes],
  ["RxNorm Extension", 611, ["OMOP1"]],
  ["LOINC", 701, loincCodes],
];

const all: readonly Row[] = vocabularies.flatMap(([vocabulary_id, from, codes]) =>
  codes.map((concept_code, i) => ({ concept_id: from + i, vocabulary_id, concept_code })),
);

export const conceptIds = all.map((row) => Number(row["concept_id"]));

const invalid = fc.constantFrom(null, null, null, "", "U", "D");

/** Most concepts, some of which are retired. */
const concept = fc
  .tuple(
    ...all.map((row) =>
      fc.option(
        fc
          .record({ standard_concept: fc.constantFrom("S", null), invalid_reason: invalid })
          .map((more): Row => ({ ...row, ...more })),
        { freq: 12 },
      ),
    ),
  )
  .map((found) => [
    { concept_id: 0, vocabulary_id: "None", concept_code: "No matching concept" },
    ...found.filter((row) => row !== null),
  ]);

export const vocabularyTables = {
  concept,
  concept_relationship: rows(60, {
    concept_id_1: oneOf(...conceptIds),
    concept_id_2: oneOf(0, ...conceptIds),
    relationship_id: oneOf("Maps to", "Maps to", "Maps to", "Subsumes"),
    invalid_reason: invalid,
  }),
  concept_ancestor: rows(20, {
    ancestor_concept_id: oneOf(...conceptIds),
    descendant_concept_id: oneOf(...conceptIds),
  }),
};

/** Most codes of a table are one of a few, so that studies find them. */
const usual: Readonly<Record<string, readonly number[]>> = {
  condition: [101, 102, 107, 201, 202, 203],
  measurement: [101, 102, 401, 403, 701],
  observation: [101, 102, 401, 403],
  procedure: [301, 302, 303, 401],
  drug: [501, 502, 503, 601, 602],
  cause: [201, 202, 203, 101],
};

/** In no vocabulary, or in one that nobody has. */
const none = fc.constantFrom(null, 0, 0, 999);

const recordedText = oneOf(
  ...[...snomedCodes, ...ctv3Codes, ...dmdCodes, ...icd10Dotted, ...opcs4Dotted],
  ...["j129", "J129", "u07.1", "k402", "26929004.0"],
);

/** The three codings of a row, which need not agree. */
export function coded(prefix: string): Cells {
  const some = oneOf(...(usual[prefix] ?? []));
  const others = oneOf(...conceptIds);
  return {
    [`${prefix}_source_concept_id`]: fc.oneof(
      { weight: 6, arbitrary: some },
      { weight: 1, arbitrary: others },
      { weight: 3, arbitrary: none },
    ),
    [`${prefix}_concept_id`]: fc.oneof(
      { weight: 6, arbitrary: some },
      { weight: 2, arbitrary: others },
      { weight: 1, arbitrary: none },
    ),
    [`${prefix}_source_value`]: fc.option(recordedText, { freq: 8 }),
  };
}
