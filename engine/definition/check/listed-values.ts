/** Text columns whose definition lists all the values that they can have. */
import type { ValuesOfColumn } from "../conditions/compare-as-numbers.ts";
import { sourcesOf } from "./column-reads.ts";
import type { Parsed } from "./column-reads.ts";

/** What `patients.sex` can be; "" where it is not recorded. */
const SEXES = ["F", "M", "I", "U", ""];

/** Of columns in an order in which each stands after all that it reads; null for every other column. */
export function listedValues(ordered: readonly Parsed[]): ValuesOfColumn {
  const listed = new Map<string, readonly string[]>();
  for (const column of ordered) {
    const values = valuesOf(column, listed);
    if (values !== null) listed.set(column.draft.name, values);
  }
  return (name) => listed.get(name) ?? null;
}

function valuesOf(
  { draft, rules }: Parsed,
  listed: ReadonlyMap<string, readonly string[]>,
): readonly string[] | null {
  switch (draft.function) {
    case "categorised_as":
      return textsOnly((rules ?? []).map(({ value }) => value));
    case "fixed_value":
      return textsOnly([draft.args["value"]]);
    case "sex":
      return SEXES;
    case "minimum_of":
    case "maximum_of":
      return valuesOfSources(sourcesOf(draft), listed);
    default:
      return null;
  }
}

/** Empty values are left out of account, so that one of the others is chosen where there is any. */
function valuesOfSources(
  sources: readonly string[],
  listed: ReadonlyMap<string, readonly string[]>,
): readonly string[] | null {
  const all = sources.map((source) => listed.get(source) ?? null);
  return all.some((values) => values === null) ? null : [...new Set(all.flatMap((v) => v ?? []))];
}

function textsOnly(values: readonly unknown[]): readonly string[] | null {
  const texts = values.filter((value) => typeof value === "string");
  return texts.length === values.length && texts.length > 0 ? [...new Set(texts)] : null;
}
