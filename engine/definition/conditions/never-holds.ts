/** Tests that hold for nobody, whatever is recorded. */
import type { Condition } from "./condition.ts";
import type { ValuesOfColumn } from "./compare-as-numbers.ts";
import { plainText } from "./operand-family.ts";

type Compare = Extract<Condition, { kind: "compare" }>;

export interface NeverHolds {
  /** The test, as an author would write it. */
  readonly test: string;
  readonly reason: string;
}

/**
 * Comparisons with a text that the column never has, letter case aside, and tests joined by AND that
 * exclude one another: `age >= 65 AND age < 18`, `asthma AND NOT asthma`.
 */
export function neverHolds(condition: Condition, valuesOf: ValuesOfColumn): readonly NeverHolds[] {
  switch (condition.kind) {
    case "all": {
      const inside = condition.of.flatMap((each) => neverHolds(each, valuesOf));
      const excluded = excludedBounds(condition.of) ?? excludedFlag(condition.of);
      return excluded === null ? inside : [...inside, excluded];
    }
    case "any":
      return condition.of.flatMap((each) => neverHolds(each, valuesOf));
    case "compare":
      return strangeText(condition, valuesOf);
    case "not":
    case "is-set":
      return [];
  }
}

function strangeText(comparison: Compare, valuesOf: ValuesOfColumn): readonly NeverHolds[] {
  const { left, operator, right } = comparison;
  const [column, text] = left.kind === "column" ? [left, right] : [right, left];
  if (operator !== "=" || column.kind !== "column" || text.kind !== "text") return [];
  const values = valuesOf(column.name);
  if (values === null || values.some((value) => isSame(value, text.value))) return [];
  const listed = values.slice(0, 10).map((value) => `'${value}'`);
  const reason = `${column.name} is ${listed.join(", ")}${values.length > 10 ? ", …" : ""}`;
  return [{ test: plainText(comparison), reason }];
}

/** Databases fold letter case and trailing spaces. */
function isSame(one: string, other: string): boolean {
  return one.trimEnd().toLowerCase() === other.trimEnd().toLowerCase();
}

interface Bound {
  readonly value: number;
  /** Whether the value itself is excluded. */
  readonly open: boolean;
  readonly of: Compare;
}

function excludedBounds(tests: readonly Condition[]): NeverHolds | null {
  const low = new Map<string, Bound>();
  const high = new Map<string, Bound>();
  for (const test of tests) {
    const bounded = test.kind === "compare" ? boundOf(test) : null;
    if (bounded === null) continue;
    const { column, isLow, isHigh, bound } = bounded;
    const [below, above] = [low.get(column), high.get(column)];
    if (isLow && (below === undefined || bound.value > below.value)) low.set(column, bound);
    if (isHigh && (above === undefined || bound.value < above.value)) high.set(column, bound);
    const [from, to] = [low.get(column), high.get(column)];
    if (from === undefined || to === undefined || from.of === to.of) continue;
    if (from.value < to.value || (from.value === to.value && !from.open && !to.open)) continue;
    const both = `${plainText(from.of)} AND ${plainText(to.of)}`;
    return { test: both, reason: "no number is both" };
  }
  return null;
}

function boundOf(test: Compare) {
  const { left, operator, right } = test;
  const [column, number] = left.kind === "column" ? [left, right] : [right, left];
  if (column.kind !== "column" || number.kind !== "number" || operator === "!=") return null;
  const more = operator.startsWith(">") === (column === left);
  const bound: Bound = { value: number.value, open: !operator.includes("="), of: test };
  const equal = operator === "=";
  return { column: column.name, bound, isLow: equal || more, isHigh: equal || !more };
}

function excludedFlag(tests: readonly Condition[]): NeverHolds | null {
  const set = new Set(tests.flatMap((test) => (test.kind === "is-set" ? [test.name] : [])));
  for (const test of tests) {
    if (test.kind !== "not" || test.of.kind !== "is-set" || !set.has(test.of.name)) continue;
    const { name } = test.of;
    return { test: `${name} AND NOT ${name}`, reason: "the one excludes the other" };
  }
  return null;
}
