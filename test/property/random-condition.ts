/** Random conditions over the columns that are known. */
import fc from "fast-check";
import { chosen } from "./random-window.ts";
import type { Before, Refers } from "./random-window.ts";

/** They print otherwise than conditions see them, or are a number in some records and a text in others. */
const APART = ["risk_group", "pseudo_id"];

/** Columns whose emptiness is beyond doubt. */
export function clearCut(before: readonly Before[]): readonly Before[] {
  return before.filter(({ args }) => !APART.includes(String(args["returning"])));
}

const comparison = fc.constantFrom("=", "!=", "<", "<=", ">", ">=");
const number = fc.constantFrom("0", "1", "2", "-1", "1.5", "18", "0.25", "70.25");
const text = fc.constantFrom("''", "'M'", "'south west'", '"O\'Brien ""the"" [2nd]; DROP"', "'A '");
const day = fc.constantFrom("''", "'2020-03-01'", "'2020'", "'2020-02-29'");

interface Leaf {
  readonly column: number;
  readonly other: number;
  readonly shape: number;
  readonly operator: string;
  readonly number: string;
  readonly text: string;
  readonly day: string;
}

const leaf: fc.Arbitrary<Refers<string>> = fc
  .record<Leaf>({
    column: fc.nat(99),
    other: fc.nat(99),
    shape: fc.nat(4),
    operator: comparison,
    number,
    text,
    day,
  })
  .map((parts) => (before) => {
    const column = chosen(clearCut(before), parts.column);
    return column === null ? "1 = 1" : leafText(column, before, parts);
  });

function leafText(column: Before, before: readonly Before[], leaf: Leaf): string {
  const { name, type } = column;
  const { shape, operator } = leaf;
  if (shape === 0) return name;
  const alike = clearCut(before).filter((each) => isNumber(each.type) === isNumber(type));
  const other = chosen(alike, leaf.other)?.name ?? name;
  if (isNumber(type)) return numberText(name, other, leaf);
  if (shape === 1) return `${name} ${operator} ${other}`;
  if (shape === 2) return `NOT ${name}`;
  return `${name} ${operator} ${type === "date" ? leaf.day : leaf.text}`;
}

/** Nothing is divided by what may be 0. */
function numberText(
  name: string,
  other: string,
  { shape, operator, number: wanted }: Leaf,
): string {
  switch (shape) {
    case 1:
      return `${name} ${operator} ${other}`;
    case 2:
      return `${name} - ${other} * 2 ${operator} ${wanted}`;
    case 3:
      return `(${name} + 1) / 2 ${operator} ${wanted}`;
    default:
      return `${name} ${operator} ${wanted}`;
  }
}

function isNumber(type: string): boolean {
  return type === "int" || type === "float" || type === "bool";
}

const joined = fc
  .tuple(leaf, leaf, leaf, fc.constantFrom("AND", "OR", "and", "or"), fc.nat(3))
  .map(([a, b, c, word, shape]): Refers<string> => (before) => {
    const [left, right, third] = [a(before), b(before), c(before)];
    if (shape === 0) return `${left} ${word} ${right}`;
    if (shape === 1) return `NOT (${left} ${word} ${right})`;
    if (shape === 2) return `${left} ${word} ${right} AND NOT ${third}`;
    return `(${left} OR ${third}) ${word} ${right} -- a remark`;
  });

export const randomCondition: fc.Arbitrary<Refers<string>> = fc.oneof(
  { weight: 2, arbitrary: leaf },
  { weight: 3, arbitrary: joined },
);
