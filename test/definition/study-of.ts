/** Small studies for tests of the checker, written as the canonical form has them. */
import { checkStudy } from "../../engine/definition/check/check-study.ts";
import type { StudyCheck } from "../../engine/definition/check/check-study.ts";
import type { CheckedColumn, CheckedStudy } from "../../engine/definition/checked-study.ts";
import { studyFileFromJson } from "../../engine/definition/json/study-json.ts";

export type Call = readonly [name: string, args?: Readonly<Record<string, unknown>>];
export type Calls = Readonly<Record<string, Call>>;

export const coded = { system: "ctv3", codes: ["X1", "X2"] };
export const grouped = {
  system: "ctv3",
  codes: [
    ["X1", "A"],
    ["X2", "B"],
  ],
};

/** Parts of definitions that many tests share. */
export const events = (args: object = {}) =>
  ["with_these_clinical_events", { codelist: coded, ...args }] as const;
export const age = ["age_as_of", { reference_date: "2020-01-01" }] as const;
export const date = (format: string) => events({ returning: "date", date_format: format });
export const measure = (parts: object) => ({
  id: "m",
  numerator: "x",
  denominator: "population",
  group_by: null,
  small_number_suppression: false,
  ...parts,
});
export const snomed = { system: "snomed", codes: ["1"] };

export interface Parts {
  readonly columns?: Calls;
  readonly population?: Call;
  readonly measures?: readonly unknown[];
  readonly index_date?: string | null;
}

export function check(parts: Parts): StudyCheck {
  const { columns = {}, population = ["all"], measures = [], index_date = null } = parts;
  const study = {
    index_date,
    default_expectations: null,
    population: definition(population),
    columns: definitions(columns),
    column_order: Object.keys(columns),
  };
  return checkStudy("study_definition", studyFileFromJson({ study, measures }));
}

export function checked(columns: Calls, population?: Call): CheckedStudy {
  const result = check(population === undefined ? { columns } : { columns, population });
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join("\n"));
  return result.study;
}

export function columnOf(study: CheckedStudy, name: string): CheckedColumn {
  const column = study.columns.find((each) => each.name === name);
  if (column === undefined) throw new Error(`no column ${name}`);
  return column;
}

/** Codes and messages of what is wrong; none when the study is in order. */
export function problemsOf(parts: Parts): readonly { code: string; message: string }[] {
  const result = check(parts);
  return result.ok
    ? []
    : result.problems.map(({ code, message, hint }) => ({ code, message: `${message} ${hint}` }));
}

function definitions(calls: Calls): Record<string, unknown> {
  return Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, definition(call)]));
}

/** Extra columns may be written as calls too. */
function definition([name, args = {}]: Call): unknown {
  const extra = args["extra_columns"] as Calls | undefined;
  const rest = extra === undefined ? args : { ...args, extra_columns: definitions(extra) };
  return { function: name, args: rest };
}
