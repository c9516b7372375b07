import type { TextColumn } from "./text-column.ts";

/** Ten digits, the last one a checksum that one in eleven other numbers passes. */
export function isNhsNumber(text: string): boolean {
  const digits = text.replace(/[\s"'-]/g, "");
  if (!/^\d{10}$/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let i = 0; i < 9; i++) sum += Number(digits[i]) * (10 - i);
  return (11 - (sum % 11)) % 11 === Number(digits[9]);
}

/** Different numbers; by chance four of four are one in 14,641. */
const FEWEST = 4;
/** Cells, where one number is repeated. */
const FEWEST_CELLS = 10;

/** At least half of a column: of its different values, or of its cells. */
export function holdsNhsNumbers({ values }: Pick<TextColumn, "values">): boolean {
  const filled = values.filter((value) => value.trim() !== "");
  const valid = filled.filter(isNhsNumber);
  const [all, right] = [new Set(filled).size, new Set(valid).size];
  return (
    (right >= FEWEST && right * 2 >= all) ||
    (valid.length >= FEWEST_CELLS && valid.length * 2 >= filled.length)
  );
}

const TEN_DIGITS = /(?<![\d-]|\d\.)(?:\d{10}|\d{3}[ -]\d{3}[ -]\d{4})(?![\d-]|\.\d)/g;

/** At least half of the numbers of ten digits that stand anywhere in the text. */
export function textHoldsNhsNumbers(text: string): boolean {
  const found = new Set(Array.from(text.matchAll(TEN_DIGITS), ([digits]) => digits));
  const right = [...found].filter(isNhsNumber).length;
  return right >= FEWEST && right * 2 >= found.size;
}
