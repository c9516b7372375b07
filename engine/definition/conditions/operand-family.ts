/** What kind of value an operand of a condition has, and how a problem speaks of it. */
import { unreachable } from "../../base/problems.ts";
import type { ValueType } from "../../base/value-types.ts";
import type { Condition, Operand } from "./condition.ts";
import { formatCondition } from "./format-condition.ts";

export type TypeOfColumn = (name: string) => ValueType | undefined;

/** Values of one family can be compared; `unknown` is a column that does not exist. */
export type Family = "number" | "text" | "unknown";

const families = {
  bool: "number",
  int: "number",
  float: "number",
  str: "text",
  date: "text",
} as const satisfies { [T in ValueType]: Family };

export function familyOf(operand: Operand, typeOf: TypeOfColumn): Family {
  switch (operand.kind) {
    case "column": {
      const type = typeOf(operand.name);
      return type === undefined ? "unknown" : families[type];
    }
    case "text":
      return "text";
    case "number":
    case "arithmetic":
      return "number";
    default:
      return unreachable(operand);
  }
}

/** `the str column "sex"`. */
export function describeOperand(operand: Operand, typeOf: TypeOfColumn): string {
  switch (operand.kind) {
    case "column":
      return `the ${typeOf(operand.name) ?? "unknown"} column ${JSON.stringify(operand.name)}`;
    case "text":
      return `the text ${plainText(operand)}`;
    case "number":
      return `the number ${plainText(operand)}`;
    case "arithmetic":
      return `the calculation ${plainText(operand)}`;
    default:
      return unreachable(operand);
  }
}

/** As an author would write it, cut where it is long. */
export function plainText(node: Condition | Operand): string {
  const text = formatCondition(node, { column: (name) => name, emptyValue: () => 0 });
  return text.length > 100 ? `${text.slice(0, 97)}...` : text;
}
