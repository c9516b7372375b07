/** The codelists that the three studies share. */
import { codelistFromCsv } from "cohortline";

export function concepts(name: string) {
  return codelistFromCsv(`codelists/${name}.csv`, { system: "snomed", column: "code" });
}

export function diagnoses(name: string) {
  return codelistFromCsv(`codelists/${name}-icd10.csv`, { system: "icd10", column: "code" });
}

export function medicines(name: string) {
  return codelistFromCsv(`codelists/${name}.csv`, { system: "snomed", column: "dmd_id" });
}

/** Each code with its category: S smokes, E used to, N never did. */
export const smokingCodes = codelistFromCsv("codelists/smoking.csv", {
  system: "snomed",
  column: "code",
  categoryColumn: "status",
});
