/** What database URLs say that only records in OMOP are asked for. */
export const OMOP_OPTIONS = [
  ...["layout", "match", "descendants", "systems", "allow_empty", "data_until"],
  ...["consultations", "outpatients", "columns", "absent", "history"],
  "within_observation",
] as const;
