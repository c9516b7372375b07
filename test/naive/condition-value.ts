/** Whether a condition holds for a patient. Missing values make it unknown. */
import { unreachable } from "../../engine/base/problems.ts";
import { byCodePoint } from "../../engine/base/value-types.ts";
import type { ValueType } from "../../engine/base/value-types.ts";
import type { CheckedColumn } from "../../engine/definition/checked-study.ts";
import type {
  Arithmetic,
  Comparison,
  Condition,
  Operand,
} from "../../engine/definition/conditions/condition.ts";
import { fold } from "./fold-text.ts";
import { Refused } from "./refused.ts";

/** A name inside a condition; `value` null only for what a care home's record does not tell. */
export interface Term {
  readonly value: string | number | null;
  readonly type: ValueType;
  /** What a name standing alone is compared with. */
  readonly empty: string | number;
}

type Terms = (name: string) => Term;
type Truth = boolean | null;

/** The value of the first rule that holds, else that of the DEFAULT, wherever it stands. */
export function chooseCategory(column: CheckedColumn, terms: Terms): string | number | null {
  const rules = column.rules ?? [];
  const chosen =
    rules.find(({ when }) => when !== null && truth(when, { terms, column }) === true) ??
    rules.find(({ when }) => when === null);
  return chosen?.value ?? null;
}

interface Scope {
  readonly terms: Terms;
  readonly column: CheckedColumn;
}

function truth(condition: Condition, scope: Scope): Truth {
  switch (condition.kind) {
    case "all":
      return allOf(condition.of, scope);
    case "any": {
      const negated = condition.of.map((of): Condition => ({ kind: "not", of }));
      return not(allOf(negated, scope));
    }
    case "not":
      return not(truth(condition.of, scope));
    case "is-set": {
      const { value, empty } = scope.terms(condition.name);
      return compared("!=", reading(value), reading(empty));
    }
    case "compare":
      return compared(
        condition.operator,
        operand(condition.left, scope),
        operand(condition.right, scope),
      );
    default:
      return unreachable(condition);
  }
}

/** False as soon as one is, unknown when any is unknown and none false. */
function allOf(conditions: readonly Condition[], scope: Scope): Truth {
  let result: Truth = true;
  for (const each of conditions) {
    const holds = truth(each, scope);
    if (holds === false) return false;
    if (holds === null) result = null;
  }
  return result;
}

function not(holds: Truth): Truth {
  return holds === null ? null : !holds;
}

interface Reading {
  readonly value: string | number | null;
  /** Whether `/` must drop the fraction. */
  readonly whole: boolean;
}

function reading(value: string | number | null, whole = false): Reading {
  return { value, whole };
}

function compared(operator: Comparison, { value: a }: Reading, { value: b }: Reading): Truth {
  if (a === null || b === null) return null;
  const order =
    typeof a === "number" && typeof b === "number"
      ? a - b
      : byCodePoint(fold(String(a)), fold(String(b)));
  switch (operator) {
    case "=":
      return order === 0;
    case "!=":
      return order !== 0;
    case "<":
      return order < 0;
    case "<=":
      return order <= 0;
    case ">":
      return order > 0;
    case ">=":
      return order >= 0;
    default:
      return unreachable(operator);
  }
}

function operand(node: Operand, scope: Scope): Reading {
  switch (node.kind) {
    case "column": {
      const { value, type } = scope.terms(node.name);
      return reading(value, type === "int" || type === "bool");
    }
    case "number":
      return reading(node.value, node.integer);
    case "text":
      return reading(node.value);
    case "arithmetic":
      return calculate(node.operator, operand(node.left, scope), operand(node.right, scope), scope);
    default:
      return unreachable(node);
  }
}

function calculate(
  operator: Arithmetic,
  { value: left, whole: leftWhole }: Reading,
  { value: right, whole: rightWhole }: Reading,
  scope: Scope,
): Reading {
  const [a, b] = [Number(left), Number(right)];
  const whole = leftWhole && rightWhole;
  switch (operator) {
    case "+":
      return reading(a + b, whole);
    case "-":
      return reading(a - b, whole);
    case "*":
      return reading(a * b, whole);
    case "/":
      if (b === 0) throw new Refused("division-by-zero", scope.column.name);
      return reading(whole ? Math.trunc(a / b) : a / b, whole);
    default:
      return unreachable(operator);
  }
}
