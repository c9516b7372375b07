/** A study whose windows have no lower end: first, last, count, ever, body mass index, latest value. */
import type { StudyFile } from "../engine/definition/model.ts";

const upTo = { on_or_before: "index_date" } as const;

/** `codes` and `measured` are SNOMED codes of the database. */
export function cumulativeStudy(codes: readonly string[], measured: readonly string[]): StudyFile {
  const codelist = { system: "snomed", codes };
  const events = (args: Readonly<Record<string, unknown>>) =>
    ({ function: "with_these_clinical_events", args: { codelist, ...upTo, ...args } }) as const;
  const columns = {
    ever: events({ returning: "binary_flag" }),
    count: events({ returning: "number_of_matches_in_period" }),
    first: events({
      returning: "date",
      find_first_match_in_period: true,
      date_format: "YYYY-MM-DD",
    }),
    last: events({ returning: "date", find_last_match_in_period: true, date_format: "YYYY-MM-DD" }),
    latest_value: events({
      codelist: { system: "snomed", codes: measured },
      returning: "numeric_value",
      find_last_match_in_period: true,
    }),
    bmi: { function: "most_recent_bmi", args: upTo },
  } as const;
  return {
    study: {
      index_date: "2020-01-01",
      default_expectations: null,
      population: { function: "registered_as_of", args: { reference_date: "index_date" } },
      columns,
      column_order: Object.keys(columns),
    },
    measures: [],
  };
}
