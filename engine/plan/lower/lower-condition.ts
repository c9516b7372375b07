/** Conditions of authors as tests. */
import { unreachable } from "../../base/problems.ts";
import type { CategoryRule } from "../../definition/checked-study.ts";
import type { Condition, Operand } from "../../definition/conditions/condition.ts";
import type { ValueType } from "../../base/value-types.ts";
import { parseIsoDate } from "../../base/dates.ts";
import { all, any, compare, emptyValue, integer, not, isPresent, text } from "../model/value.ts";
import type { ComparedAs, Test, Value } from "../model/value.ts";

/** What a name in a condition stands for. */
export interface Term {
  readonly value: Value;
  readonly type: ValueType;
  /** What counts as nothing recorded, for numbers. */
  readonly emptyNumber: number;
  /** The same for text, besides "". */
  readonly emptyText?: string;
}

export type TermOf = (name: string) => Term;

export function lowerCondition(condition: Condition, termOf: TermOf): Test {
  switch (condition.kind) {
    case "all":
      return all(...condition.of.map((part) => lowerCondition(part, termOf)));
    case "any":
      return any(...condition.of.map((part) => lowerCondition(part, termOf)));
    case "not":
      return not(lowerCondition(condition.of, termOf));
    case "compare": {
      const { left, operator, right } = condition;
      const as = comparedAs([left, right], termOf);
      return compare(operand(left, termOf), operator, operand(right, termOf), as);
    }
    case "is-set":
      return isSet(termOf(condition.name));
    default:
      return unreachable(condition);
  }
}

/** The first rule that holds decides. A value that is a date is its day. */
export function lowerRules(rules: readonly CategoryRule[], termOf: TermOf): Value {
  const cases = rules.flatMap(({ value, when }) =>
    when === null ? [] : [{ when: lowerCondition(when, termOf), then: categoryValue(value) }],
  );
  const otherwise = rules.find(({ when }) => when === null);
  return {
    kind: "choose",
    cases,
    otherwise: otherwise === undefined ? null : categoryValue(otherwise.value),
  };
}

export function categoryValue(value: number | string): Value {
  if (typeof value === "number") {
    return Number.isInteger(value) ? integer(value) : { kind: "float", value };
  }
  const day = parseIsoDate(value);
  return day === null ? text(value) : { kind: "day", value: day };
}

/** Its value differs from the empty one. */
export function isSet({ value, type, emptyNumber, emptyText }: Term): Test {
  switch (type) {
    case "date":
      return isPresent(value.kind === "shown-date" ? value.of : value);
    case "str": {
      const some = compare(value, "!=", text(""), "folded");
      if (emptyText === undefined) return some;
      return all(some, compare(value, "!=", text(emptyText), "folded"));
    }
    default:
      return compare(value, "!=", emptyValue(type, emptyNumber));
  }
}

/** Dates are compared as the text that their formats show, which no letter case can change. */
function comparedAs(operands: readonly Operand[], termOf: TermOf): ComparedAs {
  const isText = operands.some(
    (each) =>
      each.kind === "text" ||
      (each.kind === "column" && ["str", "date"].includes(termOf(each.name).type)),
  );
  return isText ? "folded" : "number";
}

function operand(of: Operand, termOf: TermOf): Value {
  switch (of.kind) {
    case "column":
      return termOf(of.name).value;
    case "number":
      return of.integer ? integer(of.value) : { kind: "float", value: of.value };
    case "text":
      return text(of.value);
    case "arithmetic": {
      const [left, right] = [operand(of.left, termOf), operand(of.right, termOf)];
      const whole = isInteger(of.left, termOf) && isInteger(of.right, termOf);
      return { kind: "arithmetic", operator: of.operator, integer: whole, left, right };
    }
    default:
      return unreachable(of);
  }
}

function isInteger(of: Operand, termOf: TermOf): boolean {
  switch (of.kind) {
    case "column":
      return termOf(of.name).type !== "float";
    case "number":
      return of.integer;
    case "text":
      return false;
    case "arithmetic":
      return isInteger(of.left, termOf) && isInteger(of.right, termOf);
    default:
      return unreachable(of);
  }
}
