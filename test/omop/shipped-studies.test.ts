import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isoDateOf } from "../../engine/base/dates.ts";
import { ProblemError } from "../../engine/base/problems.ts";
import { plannedFor } from "../../engine/backend/database/concepts/lower-with-concepts.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import { NOTHING_DECLARED } from "../../engine/schema/omop/declared.ts";
import { omop } from "../../engine/schema/omop/omop-provider.ts";
import { projectStudies } from "../fixtures/project-studies.ts";

/** All that a site can say. */
const site = omop({
  ...NOTHING_DECLARED,
  vocabularies: { ...NOTHING_DECLARED.vocabularies, systems: { ctv3: ["CTV3"] } },
  consultations: [9202],
  outpatients: [9202],
  columns: {
    "practice.region": "location.county",
    "practice.stp": "location.state",
    "practice.msoa": "location.zip",
    "address.msoa": "location.zip",
    "address.imd": "location.address_1",
    "address.rural_urban": "location.city",
    ethnicity: "person.race_source_value",
  },
  historyIsComplete: true,
});

/** The columns that OMOP records cannot answer, as `check` tells them. */
function refusedIn(study: CheckedStudy): readonly string[] {
  const today = isoDateOf("2024-01-01");
  try {
    plannedFor({ provider: site }, { study, today, previousProductIds: [], provider: site });
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return error.problems.flatMap(({ message }) =>
      [...message.matchAll(/"(\w+)" \(/g)].map(([, column = ""]) => column),
    );
  }
}

describe("the shipped studies on OMOP records", () => {
  it("are answered, all but the columns that the page of those records names", async () => {
    const studies = await projectStudies();
    const refused = studies.map((study) => [study.name, ...refusedIn(study)].join(" "));
    assert.deepEqual(refused, [
      "study_definition",
      "study_definition",
      "study_definition care_home first_dose_date",
      "study_definition_candidates positive_test_date",
      "study_definition_cases positive_test_date",
      "study_definition_comparators",
      "study_definition outpatient_appointments first_appointments cardiology_appointments",
      "study_definition_ethnicity",
    ]);
  });
});
