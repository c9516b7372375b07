/** Makes the two sides of a comparison of one kind where the author's meaning is beyond doubt. */
import { compareAsNumbers } from "./compare-as-numbers.ts";
import type { ValuesOfColumn } from "./compare-as-numbers.ts";
import type { Condition, Operand } from "./condition.ts";
import { familyOf, plainText } from "./operand-family.ts";
import type { TypeOfColumn } from "./operand-family.ts";

type Compare = Extract<Condition, { kind: "compare" }>;
type Literal = Extract<Operand, { kind: "number" | "text" }>;

export type Aligned =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly wayOut: string };

/** What is known of the columns that a condition can name. */
export interface Columns {
  readonly typeOf: TypeOfColumn;
  readonly valuesOf: ValuesOfColumn;
}

const NUMERAL = /^[+-]?(?:\d+\.?\d*|\.\d+)$/;

/**
 * The reference's database turns text into a number when the two meet: `age > '50'` is `age > 50`,
 * `bmi != ''` is `bmi != 0`, and `ethnicity = 1` holds for the text '1' (and `= 0` for '' as well).
 * Those keep their meaning here, and so does any comparison of a text column all of whose values are whole
 * numbers. What would make its job fail for some patient's text is refused:
 * order of text against a number, and columns of different kind.
 */
export function alignComparison(comparison: Compare, { typeOf, valuesOf }: Columns): Aligned {
  const { left, right } = comparison;
  const families = [familyOf(left, typeOf), familyOf(right, typeOf)];
  if (families[0] === families[1] || families.includes("unknown")) {
    return { ok: true, condition: comparison };
  }
  const [text, number] = families[0] === "text" ? [left, right] : [right, left];
  const listed = text.kind === "column" && typeOf(text.name) === "str" ? valuesOf(text.name) : null;
  const asNumbers =
    text.kind === "column" && listed !== null ? compareAsNumbers(comparison, text, listed) : null;
  if (asNumbers !== null) return { ok: true, condition: asNumbers };
  const replaced = text.kind === "text" ? readAsNumber(comparison, text) : null;
  const condition = replaced ?? readAsText(comparison, text, number, typeOf);
  if (condition !== null) return { ok: true, condition };
  return { ok: false, wayOut: wayOut(comparison, text, number, typeOf) };
}

function readAsNumber(comparison: Compare, text: Literal & { kind: "text" }): Compare | null {
  const digits = text.value.trim();
  if (digits !== "" && !NUMERAL.test(digits)) return null;
  const value = Number(digits);
  const integer = /^[+-]?\d*$/.test(digits);
  if (integer && !Number.isSafeInteger(value)) return null;
  return replaced(comparison, text, { kind: "number", value, integer });
}

function readAsText(
  comparison: Compare,
  text: Operand,
  number: Operand,
  typeOf: TypeOfColumn,
): Condition | null {
  const { operator } = comparison;
  if (text.kind !== "column" || typeOf(text.name) !== "str") return null;
  if (number.kind !== "number" || !number.integer) return null;
  if (operator !== "=" && operator !== "!=") return null;
  const asText = (value: string): Compare => replaced(comparison, number, { kind: "text", value });
  const digits = asText(String(number.value));
  if (number.value !== 0) return digits;
  return { kind: operator === "=" ? "any" : "all", of: [digits, asText("")] };
}

function replaced(comparison: Compare, side: Operand, by: Literal): Compare {
  return comparison.left === side ? { ...comparison, left: by } : { ...comparison, right: by };
}

function wayOut(
  { left, operator, right }: Compare,
  text: Operand,
  number: Operand,
  typeOf: TypeOfColumn,
): string {
  if (text.kind === "text") {
    return typeOf(text.value) === undefined
      ? "Compare numbers with numbers, text with text."
      : `${plainText(text)} is the name of a column: leave the quotes away.`;
  }
  if (text.kind === "column" && typeOf(text.name) === "date") {
    return `Compare a date with another date column or with a day in quotes; ${text.name} alone asks whether there is one.`;
  }
  if (number.kind !== "number") return "Compare numbers with numbers, text with text.";
  const quoted = `'${plainText(number)}'`;
  const rewritten =
    left === number
      ? `${quoted} ${operator} ${plainText(right)}`
      : `${plainText(left)} ${operator} ${quoted}`;
  return operator === "=" || operator === "!="
    ? `Write the text in quotes: ${rewritten}.`
    : `Text is ordered letter by letter, '10' before '9'. If that is meant, write ${rewritten}.`;
}
