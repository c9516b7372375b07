/** Categories: their values, their conditions, and the type the values give the column. */
import { parseIsoDate } from "../../base/dates.ts";
import { problem } from "../problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { CategoryRule } from "../checked-study.ts";
import { parseCondition } from "../conditions/parse-condition.ts";
import type { Checking, Draft } from "./draft.ts";
import { inColumn } from "./read-dates.ts";

type Category = readonly [value: unknown, expression: unknown];

/**
 * The rules of `satisfying`, `categorised_as` and `care_home_status_as_of` in the author's order, or
 * null for other functions.
 */
export function categoryRules(draft: Draft, checking: Checking): readonly CategoryRule[] | null {
  const categories = categoriesOf(draft);
  if (categories === null) return null;
  const defaults = categories.filter(([, expression]) => expression === "DEFAULT").length;
  if (defaults !== 1) {
    const facts = { study: checking.study, column: draft.name, count: defaults };
    checking.report(problem("category-default-count", facts, draft.place));
  }
  return categories.map(([value, expression]) => ruleOf(value, expression, draft, checking));
}

function ruleOf(
  value: unknown,
  expression: unknown,
  draft: Draft,
  checking: Checking,
): CategoryRule {
  const kept = value as number | string;
  if (expression === "DEFAULT") return { value: kept, when: null };
  const parsed = parseCondition(typeof expression === "string" ? expression : "");
  if (parsed.ok) return { value: kept, when: parsed.condition };
  checking.report(inColumn(parsed.problem, draft, checking));
  return { value: kept, when: null };
}

function categoriesOf({ function: name, args }: Draft): readonly Category[] | null {
  switch (name) {
    case "satisfying":
      return [
        [1, args["expression"]],
        [0, "DEFAULT"],
      ];
    case "categorised_as":
      return pairsOf(args["category_definitions"]);
    case "care_home_status_as_of":
      return pairsOf(args["categorised_as"] ?? { $pairs: DEFAULT_CARE_HOME });
    default:
      return null;
  }
}

const DEFAULT_CARE_HOME: readonly Category[] = [
  [1, "IsPotentialCareHome"],
  [0, "DEFAULT"],
];

function pairsOf(value: unknown): readonly Category[] {
  if (typeof value !== "object" || value === null) return [];
  const pairs = (value as { readonly $pairs?: unknown }).$pairs;
  return (Array.isArray(pairs) ? pairs : Object.entries(value)) as Category[];
}

/** All values of one kind; 0 and 1 together are yes and no. */
export function categoryType(
  rules: readonly CategoryRule[],
  draft: Draft,
  checking: Checking,
): ValueType | null {
  const kinds = new Set(rules.map(({ value }) => kindOf(value)));
  // 0.0 is written 0 in JSON and in TypeScript: beside a fraction a whole number is a float too.
  if (kinds.has("float")) kinds.delete("int");
  const [kind] = kinds;
  if (kinds.size === 1 && kind !== undefined && kind !== "other") {
    return kind === "int" && isYesNo(rules) ? "bool" : kind;
  }
  const sentence =
    rules.length === 0
      ? "there are no categories"
      : `its categories are of different or unusable kinds (${[...kinds].join(", ")})`;
  const facts = { study: checking.study, column: draft.name, sentence };
  checking.report(problem("category-types", facts, draft.place));
  return null;
}

function isYesNo(rules: readonly CategoryRule[]): boolean {
  const values = new Set(rules.map(({ value }) => value));
  return values.size === 2 && values.has(0) && values.has(1);
}

/** Text that begins like a date must be one, whole. */
function kindOf(value: unknown): "int" | "float" | "str" | "date" | "other" {
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (typeof value !== "string") return "other";
  if (!/^\d{4}-\d{2}-\d{2}/.test(value)) return "str";
  return parseIsoDate(value) === null ? "other" : "date";
}
