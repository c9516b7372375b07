/** Studies for tests, through the real check. */
import { checkStudy } from "../../engine/definition/check/check-study.ts";
import type { CheckedStudy } from "../../engine/definition/checked-study.ts";
import type { ColumnDefinition } from "../../engine/definition/model.ts";

export interface StudyFacts {
  readonly columns: Readonly<Record<string, ColumnDefinition>>;
  readonly defaults?: unknown;
  readonly indexDate?: string;
  readonly dummyData?: "derived";
}

/** Throws what the check finds. */
export function studyOf({ columns, defaults, indexDate, dummyData }: StudyFacts): CheckedStudy {
  const check = checkStudy("study_definition", {
    study: {
      index_date: indexDate ?? null,
      default_expectations: defaults ?? null,
      ...(dummyData === undefined ? {} : { dummy_data: dummyData }),
      population: { function: "all", args: {} },
      columns,
      column_order: Object.keys(columns),
    },
    measures: [],
  });
  if (!check.ok) throw new Error(check.problems.map(({ message }) => message).join("\n"));
  return check.study;
}

const codelist = { system: "ctv3", codes: ["X"] };

/** A column of clinical events; `args` over the usual ones. */
export function events(args: Readonly<Record<string, unknown>>): ColumnDefinition {
  return { function: "with_these_clinical_events", args: { codelist, ...args } };
}

export function column(
  name: ColumnDefinition["function"],
  args: Readonly<Record<string, unknown>> = {},
): ColumnDefinition {
  return { function: name, args };
}

/** A flag, a count and a date of clinical events, with these expectations. */
export const flag = (own: unknown): ColumnDefinition => events({ return_expectations: own });
export const count = (own: unknown): ColumnDefinition =>
  events({ returning: "number_of_matches_in_period", return_expectations: own });
export const day = (own: unknown, args: Readonly<Record<string, unknown>> = {}): ColumnDefinition =>
  events({ returning: "date", date_format: "YYYY-MM-DD", return_expectations: own, ...args });
