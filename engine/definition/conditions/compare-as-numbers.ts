/** A text column all of whose values are whole numbers, compared with a number: as numbers. */
import { unreachable } from "../../base/problems.ts";
import type { Comparison, Condition, Operand } from "./condition.ts";

type Compare = Extract<Condition, { kind: "compare" }>;

/** The values that a text column can have, where its definition lists them; null where any text may be. */
export type ValuesOfColumn = (name: string) => readonly string[] | null;

const WHOLE = /^[+-]?\d+$/;

/**
 * Tests of the column's values that hold exactly where the comparison of numbers does, so that no database
 * has to turn text into a number: `band > 1` is `band = '2' OR band = '3'`. Null where a value is no whole
 * number, since the text could then not be turned into one.
 */
export function compareAsNumbers(
  comparison: Compare,
  text: Extract<Operand, { kind: "column" }>,
  values: readonly string[],
): Condition | null {
  const exact = values.every((value) => WHOLE.test(value) && Number.isSafeInteger(Number(value)));
  if (!exact || values.length === 0) return null;
  const is = (value: string): Compare => ({
    ...{ kind: "compare", operator: "=", left: text },
    right: { kind: "text", value },
  });
  const number = comparison.left === text ? comparison.right : comparison.left;
  if (number.kind !== "number") {
    return anyOf(
      values.map((value) => ({
        kind: "all",
        of: [is(value), withNumber(comparison, text, value)],
      })),
    );
  }
  const holding = values.filter((value) => holds(withNumber(comparison, text, value)));
  return holding.length > 0 ? anyOf(holding.map(is)) : { kind: "not", of: anyOf(values.map(is)) };
}

function anyOf(of: readonly Condition[]): Condition {
  const [first, ...more] = of;
  return first !== undefined && more.length === 0 ? first : { kind: "any", of };
}

function withNumber(comparison: Compare, text: Operand, value: string): Compare {
  // Plus zero: -0 would be another value in a fingerprint.
  const number: Operand = { kind: "number", value: Number(value) + 0, integer: true };
  return comparison.left === text
    ? { ...comparison, left: number }
    : { ...comparison, right: number };
}

/** Whether a comparison of two written numbers holds. */
function holds({ left, operator, right }: Compare): boolean {
  if (left.kind !== "number" || right.kind !== "number") throw new Error("not two numbers");
  return compared(left.value, operator, right.value);
}

function compared(left: number, operator: Comparison, right: number): boolean {
  switch (operator) {
    case "=":
      return left === right;
    case "!=":
      return left !== right;
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
    default:
      return unreachable(operator);
  }
}
