/** Where the texts of a column can come from, so that they can be numbered before any row is read. */
import type { PlanColumn } from "./model/cohort-plan.ts";
import type { Value } from "./model/value.ts";

export type WordSource =
  | { readonly kind: "constant"; readonly word: string }
  | { readonly kind: "answer"; readonly id: string; readonly take: string }
  | { readonly kind: "patient"; readonly name: string };

export type ColumnsByName = ReadonlyMap<string, { readonly column: PlanColumn }>;

/** Every text that the column can hold, and perhaps more; null where that cannot be reported. */
export function wordSources(
  column: PlanColumn,
  columns: ColumnsByName,
): readonly WordSource[] | null {
  return column.type === "str" ? sourcesOf(column.value, columns) : null;
}

function sourcesOf(value: Value, columns: ColumnsByName): readonly WordSource[] | null {
  switch (value.kind) {
    case "text":
      return [{ kind: "constant", word: value.value }];
    case "summary":
      return [{ kind: "answer", id: value.id, take: value.take }];
    case "patient":
      return [{ kind: "patient", name: value.name }];
    case "column": {
      const column = columns.get(value.name)?.column;
      return column === undefined ? null : wordSources(column, columns);
    }
    case "coalesce":
      return together([value.of, value.otherwise], columns);
    case "choose": {
      const values = value.cases.map(({ then }) => then);
      return together(value.otherwise === null ? values : [...values, value.otherwise], columns);
    }
    default:
      return null;
  }
}

function together(values: readonly Value[], columns: ColumnsByName): readonly WordSource[] | null {
  const all = values.map((value) => sourcesOf(value, columns));
  return all.includes(null) ? null : all.flatMap((sources) => sources ?? []);
}
