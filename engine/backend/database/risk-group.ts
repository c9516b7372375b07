/** Risk groups of treatments as the cohort file may show them. */

const SHOWN = new Set([
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
]);

/** Groups that are not on the list become `other`, and so does no record; each stands once, in order. */
export function shownRiskGroups(recorded: string): string {
  const groups = recorded
    .split(",")
    .map((group) => (SHOWN.has(group.toLowerCase()) ? group : "other"));
  return [...new Set(groups)].join(",");
}
