/** A condition as text again. */
import { unreachable } from "../../base/problems.ts";
import { floatText } from "../../base/value-types.ts";
import type { Condition, Operand } from "./condition.ts";

/** How columns are called in the text, and what stands for "nothing recorded" in each. */
export interface ConditionNames {
  readonly column: (name: string) => string;
  readonly emptyValue: (name: string) => string | number;
}

/** How tightly each kind binds; an operand that binds less tightly goes in parentheses. */
const ANY = 1;
const ALL = 2;
const NOT = 3;
const COMPARE = 4;
const SUM = 5;
const PRODUCT = 6;
const SINGLE = 7;

/**
 * `(foo != 0) AND (bar > 3 OR baz = 'hello')`: parentheses only where needed, except that the test of
 * a column alone always has them. Parsed again it gives the same condition, with those tests written
 * out. A value alone is printed too.
 */
export function formatCondition(node: Condition | Operand, names: ConditionNames): string {
  switch (node.kind) {
    case "any":
      return node.of.map((each) => within(each, ANY, names)).join(" OR ");
    case "all":
      return node.of.map((each) => within(each, ALL, names)).join(" AND ");
    case "not":
      return `NOT ${within(node.of, NOT, names)}`;
    case "is-set":
      return `(${names.column(node.name)} != ${literal(names.emptyValue(node.name))})`;
    case "compare":
      return sides(node, COMPARE, names);
    case "arithmetic":
      return sides(node, bindingOf(node), names);
    case "column":
      return names.column(node.name);
    case "number":
      return node.integer ? String(node.value) : floatText(node.value);
    case "text":
      return literal(node.value);
    default:
      return unreachable(node);
  }
}

/** The right side of a chain needs parentheses of its own: 10 - (4 - 3). */
function sides(
  node: Extract<Condition | Operand, { operator: string }>,
  binding: number,
  names: ConditionNames,
): string {
  const left = within(node.left, binding, names);
  return `${left} ${node.operator} ${within(node.right, binding + 1, names)}`;
}

function within(node: Condition | Operand, binding: number, names: ConditionNames): string {
  const text = formatCondition(node, names);
  return bindingOf(node) < binding ? `(${text})` : text;
}

function bindingOf(node: Condition | Operand): number {
  switch (node.kind) {
    case "any":
      return ANY;
    case "all":
      return ALL;
    case "not":
      return NOT;
    case "compare":
      return COMPARE;
    case "arithmetic":
      return node.operator === "+" || node.operator === "-" ? SUM : PRODUCT;
    default:
      return SINGLE;
  }
}

function literal(value: string | number): string {
  return typeof value === "number" ? String(value) : `'${value.replaceAll("'", "''")}'`;
}
