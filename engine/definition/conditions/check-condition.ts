/** Whether the columns of a condition exist and their types fit together. */
import { nearestNames } from "../../base/nearest.ts";
import type { Problem } from "../../base/problems.ts";
import { unreachable } from "../../base/problems.ts";
import { problem } from "../problems.ts";
import { alignComparison } from "./align-comparison.ts";
import type { Columns } from "./align-comparison.ts";
import type { ValuesOfColumn } from "./compare-as-numbers.ts";
import type { Condition, Operand } from "./condition.ts";
import { conditionReads } from "./condition-reads.ts";
import { describeOperand, familyOf, plainText } from "./operand-family.ts";
import type { TypeOfColumn } from "./operand-family.ts";

export interface CheckedCondition {
  /** The condition with literals turned to the type of what they are compared with. */
  readonly condition: Condition;
  /** Columns in order of first mention, unknown ones among them. */
  readonly reads: readonly string[];
  /** Empty when the condition can be used. */
  readonly problems: readonly Problem[];
}

interface Check extends Columns {
  readonly problems: Problem[];
}

/**
 * Finds every unknown column and every comparison or calculation of things that do not go together.
 * Numbers are bool, int and float; text is str and date. `names` are offered for misspelt columns.
 * A name whose type is not known (its column has a problem of its own) goes with anything.
 * A number compared with text of a number counts as that number, and a text column equal to a whole
 * number as equal to its digits (real studies write `ethnicity = 1`); see alignComparison.
 */
export function checkCondition(
  condition: Condition,
  typeOf: TypeOfColumn,
  names: Iterable<string>,
  valuesOf: ValuesOfColumn = () => null,
): CheckedCondition {
  const reads = conditionReads(condition);
  const known = names instanceof Set ? (names as ReadonlySet<string>) : new Set(names);
  const unknown = reads.filter((name) => !known.has(name));
  const problems = unknown.map((name) =>
    problem("condition-unknown-column", { name, nearest: nearestNames(name, known) }),
  );
  return { condition: checkTest(condition, { typeOf, valuesOf, problems }), reads, problems };
}

function checkTest(condition: Condition, check: Check): Condition {
  switch (condition.kind) {
    case "all":
    case "any":
      return { ...condition, of: condition.of.map((each) => checkTest(each, check)) };
    case "not":
      return { ...condition, of: checkTest(condition.of, check) };
    case "is-set":
      return condition;
    case "compare":
      checkCalculation(condition.left, check);
      checkCalculation(condition.right, check);
      return checkComparison(condition, check);
    default:
      return unreachable(condition);
  }
}

function checkComparison(
  condition: Extract<Condition, { kind: "compare" }>,
  { problems, ...columns }: Check,
): Condition {
  const { typeOf } = columns;
  const aligned = alignComparison(condition, columns);
  if (aligned.ok) return aligned.condition;
  problems.push(
    problem("condition-mixes-types", {
      comparison: plainText(condition),
      left: describeOperand(condition.left, typeOf),
      right: describeOperand(condition.right, typeOf),
      wayOut: aligned.wayOut,
    }),
  );
  return condition;
}

/** Every operand of a calculation must be a number. */
function checkCalculation(operand: Operand, check: Check): void {
  if (operand.kind !== "arithmetic") return;
  for (const side of [operand.left, operand.right]) {
    checkCalculation(side, check);
    if (familyOf(side, check.typeOf) !== "text") continue;
    check.problems.push(
      problem("condition-reckons-with-text", {
        calculation: plainText(operand),
        what: describeOperand(side, check.typeOf),
        wayOut: calculationHint(side, check.typeOf),
      }),
    );
  }
}

function calculationHint(operand: Operand, typeOf: TypeOfColumn): string {
  if (operand.kind === "text") {
    return typeOf(operand.value) === undefined
      ? "Numbers are written without quotes."
      : "That is the name of a column: leave the quotes away.";
  }
  return operand.kind === "column" && typeOf(operand.name) === "date"
    ? 'Calculate with dates where a date is asked for: onOrAfter: "diagnosis + 30 days".'
    : "Only bool, int and float columns can be calculated with.";
}
