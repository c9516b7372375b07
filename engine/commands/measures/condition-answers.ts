/** For which answers to one question of a study a condition holds: only where that is exact. */
import { unreachable } from "../../base/problems.ts";
import { foldText } from "../../base/fold-text.ts";
import type { CheckedColumn } from "../../definition/checked-study.ts";
import type { Comparison, Condition, Operand } from "../../definition/conditions/condition.ts";
import { emptyNumber, emptyText } from "../../definition/empty-value.ts";
import {
  complementOf,
  intersectionOf,
  listedTexts,
  numbersBetween,
  unionOf,
} from "../../measures/value-set.ts";
import type { Turn, ValueSet } from "../../measures/value-set.ts";
import type { ColumnCut } from "../../measures/column-cut.ts";

/** A column as an answer to a question, or as what it makes of the answers. */
export interface Answers {
  readonly question: CheckedColumn;
  /** The same for the same question, whatever its name. */
  readonly base: string;
  readonly kind: ColumnCut["answers"];
  /** Which answers give each value; null where the column is the answer. */
  readonly values: readonly AnswersOfValue[] | null;
}

export interface AnswersOfValue {
  readonly value: number | string;
  readonly of: ValueSet;
}

export interface Holding {
  readonly of: Answers;
  readonly set: ValueSet;
}

type AnswersOf = (name: string) => Answers | null;

/** True or false where it holds always or never; null where it is of several questions, or asks what is not understood. */
export function holdingAnswers(condition: Condition, of: AnswersOf): Holding | boolean | null {
  switch (condition.kind) {
    case "all":
      return negated(joined(condition.of.map((each) => negated(holdingAnswers(each, of)))));
    case "any":
      return joined(condition.of.map((each) => holdingAnswers(each, of)));
    case "not":
      return negated(holdingAnswers(condition.of, of));
    case "is-set":
      return setAnswers(of(condition.name));
    case "compare":
      return comparedAnswers(condition, of);
    default:
      return unreachable(condition);
  }
}

function negated(holding: Holding | boolean | null): Holding | boolean | null {
  if (holding === null || typeof holding === "boolean") return holding === null ? null : !holding;
  return { ...holding, set: complementOf(holding.set) };
}

/** Where one of them holds. */
function joined(all: readonly (Holding | boolean | null)[]): Holding | boolean | null {
  let found: Holding | boolean = false;
  for (const each of all) {
    if (each === null) return null;
    if (found === true || each === false) continue;
    if (each === true || found === false) found = each;
    else if (found.of.base !== each.of.base) return null;
    else found = { of: found.of, set: unionOf(found.set, each.set) };
  }
  return found;
}

/** Its value differs from the empty one. */
function setAnswers(of: Answers | null): Holding | null {
  if (of === null) return null;
  if (of.values !== null) {
    return valuesWhere(of, (value) =>
      typeof value === "number" ? value !== 0 : foldText(value) !== "",
    );
  }
  const { question, kind } = of;
  const empty =
    kind === "text"
      ? listedTexts(["", emptyText(question)])
      : numbersWhere("=", emptyNumber(question), kind);
  return { of, set: complementOf(empty) };
}

const turned = {
  "=": "=",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
} as const satisfies Readonly<Record<Comparison, Comparison>>;

function comparedAnswers(
  { left, operator, right }: Extract<Condition, { kind: "compare" }>,
  of: AnswersOf,
): Holding | boolean | null {
  if (left.kind !== "column") {
    if (right.kind === "column")
      return comparedAnswers(
        { kind: "compare", left: right, operator: turned[operator], right: left },
        of,
      );
    const [a, b] = [constantOf(left), constantOf(right)];
    return a === null || b === null
      ? null
      : a.isExact && b.isExact
        ? holds(a.value, operator, b.value)
        : null;
  }
  const own = of(left.name);
  if (own === null) return null;
  if (right.kind === "text") return textAnswers(own, operator, right.value);
  const constant = constantOf(right);
  if (constant === null || (own.kind === "text" && own.values === null)) return null;
  const { value, isExact } = constant;
  // Databases calculate in other ways: where a whole number is compared that matters only close to another one.
  const isSure = isExact || (own.kind === "whole" && Math.abs(value - Math.round(value)) > 1e-6);
  if (!isSure) return null;
  if (own.values === null) return { of: own, set: numbersWhere(operator, value, own.kind) };
  if (own.values.some((each) => typeof each.value !== "number")) return null;
  return valuesWhere(own, (each) => typeof each === "number" && holds(each, operator, value));
}

/** Letters beyond ASCII are folded in other ways by other databases. */
function textAnswers(of: Answers, operator: Comparison, text: string): Holding | null {
  const isPlain = (each: string | number): boolean =>
    typeof each === "string" && /^[ -~]*$/.test(each);
  if ((operator !== "=" && operator !== "!=") || !isPlain(text)) return null;
  if (of.values !== null) {
    if (!of.values.every(({ value }) => isPlain(value))) return null;
    const isSame = (value: number | string): boolean => foldText(String(value)) === foldText(text);
    return valuesWhere(of, (value) => isSame(value) === (operator === "="));
  }
  if (of.kind !== "text") return null;
  const set = listedTexts([text]);
  return { of, set: operator === "=" ? set : complementOf(set) };
}

function valuesWhere(of: Answers, isOne: (value: number | string) => boolean): Holding {
  const none = of.kind === "text" ? listedTexts([]) : numbersWhere("=", NaN, of.kind);
  const sets = (of.values ?? []).filter(({ value }) => isOne(value)).map((each) => each.of);
  return { of, set: sets.reduce(unionOf, none) };
}

function numbersWhere(operator: Comparison, than: number, kind: ColumnCut["answers"]): ValueSet {
  if (Number.isNaN(than)) return { kind: "numbers", low: false, turns: [] };
  const before: Turn = [kind === "whole" ? Math.ceil(than) : than, 0];
  const behind: Turn = kind === "whole" ? [Math.floor(than) + 1, 0] : [than, 1];
  switch (operator) {
    case "=":
      return numbersBetween(before, behind);
    case "!=":
      return complementOf(numbersBetween(before, behind));
    case "<":
      return numbersBetween(null, before);
    case "<=":
      return numbersBetween(null, behind);
    case ">":
      return numbersBetween(behind, null);
    case ">=":
      return numbersBetween(before, null);
    default:
      return unreachable(operator);
  }
}

function holds(left: number, operator: Comparison, right: number): boolean {
  const at = numbersWhere(operator, right, "number");
  return !isDisjoint(at, numbersWhere("=", left, "number"));
}

function isDisjoint(a: ValueSet, b: ValueSet): boolean {
  const both = intersectionOf(a, b);
  return both.kind === "numbers" && !both.low && both.turns.length === 0;
}

interface Constant {
  readonly value: number;
  /** Whether every database has this number. */
  readonly isExact: boolean;
  readonly isWhole: boolean;
}

function constantOf(operand: Operand): Constant | null {
  if (operand.kind === "number")
    return { value: operand.value, isExact: true, isWhole: operand.integer };
  if (operand.kind !== "arithmetic") return null;
  const [a, b] = [constantOf(operand.left), constantOf(operand.right)];
  if (a === null || b === null || (operand.operator === "/" && b.value === 0)) return null;
  const isWhole = a.isWhole && b.isWhole;
  const value = calculated(a.value, operand.operator, b.value);
  if (!isWhole) return { value, isExact: false, isWhole };
  const whole = Math.trunc(value);
  return Number.isSafeInteger(whole)
    ? { value: whole, isExact: a.isExact && b.isExact, isWhole }
    : null;
}

function calculated(
  a: number,
  operator: Extract<Operand, { kind: "arithmetic" }>["operator"],
  b: number,
): number {
  switch (operator) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return unreachable(operator);
  }
}
