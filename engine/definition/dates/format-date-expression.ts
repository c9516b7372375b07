/** A date expression as text again. */
import { unreachable } from "../../base/problems.ts";
import type { DateBase, DateExpression, DateOffset } from "./date-expression.ts";

/** Text that parses to the same expression: `first_day_of_month(index_date) - 15 days`. */
export function formatDateExpression(expression: DateExpression): string {
  if (expression.kind === "literal") return expression.date;
  const { base, apply, offset } = expression;
  const name = baseName(base);
  return `${apply === null ? name : `${apply}(${name})`}${offset === null ? "" : offsetText(offset)}`;
}

function baseName(base: DateBase): string {
  switch (base.kind) {
    case "index-date":
      return "index_date";
    case "today":
      return "today";
    case "column":
      return base.name;
    default:
      return unreachable(base);
  }
}

function offsetText({ amount, unit }: DateOffset): string {
  const size = Math.abs(amount);
  return ` ${amount < 0 ? "-" : "+"} ${size} ${size === 1 ? unit.slice(0, -1) : unit}`;
}
