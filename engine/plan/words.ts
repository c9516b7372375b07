/** Where the texts of a column can come from, so that they can be numbered before any row is read. */
import type { CohortPlan, PlanColumn } from "./model/cohort-plan.ts";
import type { Value } from "./model/value.ts";

export type WordSource =
  | { readonly kind: "constant"; readonly word: string }
  | { readonly kind: "answer"; readonly id: string; readonly take: string }
  | { readonly kind: "patient"; readonly name: string };

/** Every text that the column can hold, and perhaps more; null where that cannot be told. */
export function wordSources(column: PlanColumn, plan: CohortPlan): readonly WordSource[] | null {
  return column.type === "str" ? sourcesOf(column.value, plan) : null;
}

function sourcesOf(value: Value, plan: CohortPlan): readonly WordSource[] | null {
  switch (value.kind) {
    case "text":
      return [{ kind: "constant", word: value.value }];
    case "summary":
      return [{ kind: "answer", id: value.id, take: value.take }];
    case "patient":
      return [{ kind: "patient", name: value.name }];
    case "column": {
      const column = plan.columns.find(({ name }) => name === value.name);
      return column === undefined ? null : wordSources(column, plan);
    }
    case "or":
      return together([value.of, value.otherwise], plan);
    case "choose": {
      const values = value.cases.map(({ then }) => then);
      return together(value.otherwise === null ? values : [...values, value.otherwise], plan);
    }
    default:
      return null;
  }
}

function together(values: readonly Value[], plan: CohortPlan): readonly WordSource[] | null {
  const all = values.map((value) => sourcesOf(value, plan));
  return all.includes(null) ? null : all.flatMap((sources) => sources ?? []);
}
