import type { CheckedStudy } from "../../definition/checked-study.ts";
import type { ColumnKind } from "../../measures/published-facts.ts";

/** What is known of the values that a measure can add up, by column. */
export function columnKinds({ columns }: CheckedStudy): Readonly<Record<string, ColumnKind>> {
  return Object.fromEntries(
    columns.flatMap(({ name, type }): readonly (readonly [string, ColumnKind])[] => {
      if (type === "bool") return [[name, "flag"]];
      if (type === "int") return [[name, "count"]];
      return type === "float" ? [[name, "number"]] : [];
    }),
  );
}
