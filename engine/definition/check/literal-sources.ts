import { parseIsoDate } from "../../base/dates.ts";
import type { Draft } from "./draft.ts";

/**
 * `minimum_of("a", "2020-01-01")`: the literal becomes a hidden column `fixed_value_N`, N the first
 * number not taken. A literal that is no existing day stays, and is then an
 * unknown column.
 */
export function nameLiteralSources(
  draft: Draft,
  taken: ReadonlyMap<string, unknown>,
): { readonly draft: Draft; readonly literals: readonly Draft[] } {
  const names = draft.args["column_names"];
  if (!Array.isArray(names)) return { draft, literals: [] };
  const literals: Draft[] = [];
  const named = names.map((name: unknown) => {
    const date = typeof name === "string" ? parseIsoDate(name) : null;
    if (date === null) return name;
    const literal = freeName(taken, literals.length);
    literals.push(fixedValue(literal, date));
    return literal;
  });
  return { draft: { ...draft, args: { ...draft.args, column_names: named } }, literals };
}

function freeName(taken: ReadonlyMap<string, unknown>, skip: number): string {
  let skipped = 0;
  for (let n = 1; ; n++) {
    const name = `fixed_value_${n}`;
    if (!taken.has(name) && skipped++ === skip) return name;
  }
}

function fixedValue(name: string, value: string): Draft {
  return { name, function: "fixed_value", args: { value }, hidden: true, expectations: null };
}
