import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { stopped } from "./one-cohort.ts";
import {
  ASTHMA,
  ASTHMA_ICD,
  CHILD_ASTHMA,
  condition,
  events,
  holds,
  OLD_ASTHMA,
  of,
  PRESSURE,
  SALBUTAMOL,
  SALBUTAMOL_PACK,
  STATUS_ICD,
  stoppedIn,
} from "./omop-records.ts";

const asthma = of("snomed", "195967001");

/** Rows by what their source and standard concepts are; a person for each. */
const coded = {
  condition_occurrence: [
    condition(1, ASTHMA, ASTHMA, { condition_source_value: "195967001" }),
    condition(2, OLD_ASTHMA, ASTHMA, { condition_source_value: "155574008" }),
    condition(3, ASTHMA_ICD, ASTHMA, { condition_source_value: "J45" }),
    condition(4, 0, ASTHMA),
    condition(5, null, ASTHMA),
    condition(6, CHILD_ASTHMA, CHILD_ASTHMA, { condition_source_value: "233678006" }),
    condition(7, 0, 0, { condition_source_value: "J45.0" }),
    condition(8, STATUS_ICD, ASTHMA, { condition_source_value: "J45.0" }),
    condition(9, null, null),
    condition(10, 0, CHILD_ASTHMA),
  ],
};

const flags = (...persons: readonly number[]): readonly string[] =>
  Array.from({ length: 10 }, (_, i) => (persons.includes(i + 1) ? "1" : "0"));

const listed = (persons: Readonly<Record<number, string>>): readonly string[] =>
  Array.from({ length: 10 }, (_, i) => persons[i + 1] ?? "");

describe("codelists on OMOP records", () => {
  it("count a row by its own code where that is of the list's vocabulary, otherwise by its standard concept", () =>
    holds(
      coded,
      {
        asthma: [...events(asthma), flags(1, 3, 4, 5, 8)],
        retired: [...events(of("snomed", "155574008")), flags(2, 3, 4, 5, 8)],
        icd10cm: [...events({ ...of("icd10cm", "J45") }), flags()],
        read: [...events(of("read2", "H33..00")), flags(1, 2, 3, 4, 5, 8)],
        written: [
          ...events(of("icd10", "j45", "J45.0"), { returning: "code" }),
          listed({ 1: "j45", 2: "j45", 3: "j45", 4: "j45", 5: "j45", 8: "J45.0" }),
        ],
        unmapped: [...events(of("snomed", "266364000")), flags()],
        code: [
          ...events(of("snomed", "195967001", "155574008"), { returning: "code" }),
          listed({
            1: "195967001",
            2: "155574008",
            3: "155574008",
            4: "155574008",
            5: "155574008",
            8: "155574008",
          }),
        ],
        category: [
          ...events(
            {
              system: "snomed",
              codes: [
                ["195967001", "now"],
                ["155574008", "once"],
              ],
            },
            { returning: "category" },
          ),
          listed({ 1: "now", 2: "once", 3: "once", 4: "once", 5: "once", 8: "once" }),
        ],
      },
      "allow_empty=true",
    ));

  const ways: Readonly<
    Record<string, readonly (readonly [codelist: object, persons: readonly number[]])[]>
  > = {
    "": [
      [of("omop", String(ASTHMA)), [1, 3, 4, 5, 8]],
      [{ ...asthma, match: "source" }, [1]],
      [{ ...asthma, match: "source_value" }, [1]],
      [{ ...asthma, match: "standard" }, [1, 2, 3, 4, 5, 8]],
      [{ ...asthma, descendants: true }, [1, 2, 3, 4, 5, 6, 8, 10]],
    ],
    "match=source": [[asthma, [1]]],
    "match=source_value": [[of("icd10cm", "j450"), [7, 8]]],
    "match=standard&descendants=true": [
      [asthma, [1, 2, 3, 4, 5, 6, 8, 10]],
      [{ ...asthma, descendants: false }, [1, 2, 3, 4, 5, 8]],
    ],
    "systems=ctv3:Read,snomed:ICD10": [
      [of("ctv3", "H33..00"), [1, 2, 3, 4, 5, 8]],
      [of("snomed", "J45"), [1, 2, 3, 4, 5]],
    ],
  };
  for (const [options, lists] of Object.entries(ways)) {
    it(`find who they should with ${options || "nothing said"}`, () => {
      const asked = lists.map(([codelist, persons], i) => {
        return [`list_${i}`, [...events(codelist), flags(...persons)]] as const;
      });
      return holds(coded, Object.fromEntries(asked), options);
    });
  }

  it("find medicines of SNOMED CT in dm+d, and below an ingredient where that is asked", async () => {
    const drug = (person_id: number, source: number, standard: number) => ({
      drug_exposure_id: person_id,
      person_id,
      drug_source_concept_id: source,
      drug_concept_id: standard,
      drug_exposure_start_date: "2020-01-01",
    });
    const drugs = {
      drug_exposure: [
        drug(1, SALBUTAMOL_PACK, SALBUTAMOL),
        drug(2, 0, SALBUTAMOL),
        drug(3, ASTHMA, 0),
      ],
    };
    const taking = (codelist: object) => ["with_these_medications", { codelist }] as const;
    await holds(drugs, {
      pack: [...taking(of("snomed", "39113611000001102")), ["1", "1", "0"]],
      ingredient: [...taking({ ...of("rxnorm", "435"), descendants: true }), ["1", "1", "0"]],
      itself: [...taking(of("rxnorm", "435")), ["0", "0", "0"]],
    });
  });

  it("are refused with what can be done", async () => {
    const told: readonly (readonly [string, object, RegExp])[] = [
      ["", of("ctv3", "H33.."), /codelist of "ctv3", of which an OMOP database has no vocabulary/],
      ["", of("snomed", "1", "2"), /No code of the snomed codelist of column "x" is in "SNOMED"/],
      ["", of("omop", "0", "11"), /ids of OMOP concepts, but has "0"/],
      [
        "match=source",
        { ...asthma, descendants: true },
        /"x" .* with its descendants, but match source of/,
      ],
      ["", of("omop", "99"), /is a concept of the database/],
    ];
    for (const [options, codelist, message] of told) {
      const { message: found } = await stoppedIn(coded, { x: [...events(codelist)] }, options);
      assert.match(found, message);
    }
    const { code } = await stoppedIn({ ...coded, concept: [] }, { x: [...events(asthma)] });
    assert.equal(code, "vocabulary-empty");
    for (const options of [
      "match=source&descendants=true",
      "match=texts",
      "descendants=yes",
      "systems=ctv3",
    ]) {
      assert.equal((await stoppedIn(coded, {}, options)).code, "database-option-value");
    }
  });

  it("find values of all tables of events, ties going by kind and then by id", () =>
    holds(
      {
        measurement: [
          {
            measurement_id: 5,
            person_id: 1,
            measurement_concept_id: PRESSURE,
            measurement_date: "2020-01-01",
            value_as_number: 120.5,
            operator_concept_id: 4172704,
            range_low: 90,
          },
          {
            measurement_id: 4,
            person_id: 1,
            measurement_concept_id: PRESSURE,
            measurement_date: "2020-01-01",
            value_as_number: 130,
          },
        ],
        observation: [
          {
            observation_id: 1,
            person_id: 1,
            observation_concept_id: PRESSURE,
            observation_date: "2020-01-01",
            value_as_number: 140,
          },
          {
            observation_id: 2,
            person_id: 2,
            observation_concept_id: PRESSURE,
            observation_date: "2020-01-01",
            observation_datetime: "2020-01-01 09:00:00",
            value_as_number: 1,
          },
          {
            observation_id: 3,
            person_id: 2,
            observation_concept_id: PRESSURE,
            observation_date: "2020-01-01",
            observation_datetime: "2020-01-02 10:00:00",
            value_as_number: 2,
          },
        ],
      },
      {
        value: [...events(of("loinc", "8480-6"), { returning: "numeric_value" }), ["130.0", "1.0"]],
        sign: ["comparator_from", { source: "value" }, ["", ""]],
        low: ["reference_range_lower_bound_from", { source: "value" }, ["0.0", "0.0"]],
        mean: [
          "mean_recorded_value",
          { codelist: of("loinc", "8480-6"), on_most_recent_day_of_measurement: true },
          ["130.16666666666666", "1.5"],
        ],
      },
    ));

  it("of systems that only vocabularies have are refused by other records", async () => {
    const records = { Patient: [{ Patient_ID: 1 }] };
    const columns = { x: [...events(of("loinc", "8480-6"))] as const };
    const { code, message } = await stopped(records, { columns });
    assert.equal(code, "codelist-of-other-database");
    assert.match(message, /codelist of "loinc"; a TPP database has codes of "snomed", "ctv3", /);
  });
});
