/** Risk groups of COVID-19 treatments: what is kept of free text. */

const KNOWN = [
  "downs syndrome",
  "haematologic malignancy",
  "haematological diseases",
  "hiv or aids",
  "imid",
  "immune-mediated inflammatory disorders (imid)",
  "liver disease",
  "primary immune deficiencies",
  "rare neurological conditions",
  "renal disease",
  "sickle cell disease",
  "solid cancer",
  "solid organ recipients",
  "solid organ transplant recipients",
  "stem cell transplant recipients",
];

export function withoutPhrases(cohort: string | null): string | null {
  if (cohort === null) return null;
  return cohort
    .replaceAll("Patients with a ", "")
    .replaceAll("Patients with ", "")
    .replaceAll(" and ", ",");
}

/** The cohorts that say something, as conditions see them. */
export function riskGroup(cohorts: readonly (string | null)[]): string {
  return cohorts.filter((each) => each !== null && each !== "").join(",");
}

/** As the cohort file shows it: what is not on the list of known groups is `other`. */
export function shownRiskGroup(group: string): string {
  const shown = group
    .split(",")
    .map((each) => (KNOWN.includes(each.toLowerCase()) ? each : "other"));
  return [...new Set(shown)].join(",");
}
