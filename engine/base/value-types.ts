/** The types a column can have, what stands for "nothing recorded", and how values print. */

export type ValueType = "bool" | "int" | "float" | "str" | "date";

export const valueTypes: readonly ValueType[] = ["bool", "int", "float", "str", "date"];

/** What a column holds for a patient without a match. IMD columns use -1 instead (`emptyImd`). */
export const emptyValues = { bool: 0, int: 0, float: 0, str: "", date: "" } as const satisfies {
  [T in ValueType]: number | string;
};

export const emptyImd = -1;

/**
 * A float as the reference prints it: shortest text that reads back as the same number, always with
 * a point or an exponent, exponent form from 1e16 and below 1e-4. `inf`, `-inf`, and "" for NaN.
 */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "";
  if (value === Infinity) return "inf";
  if (value === -Infinity) return "-inf";
  const size = Math.abs(value);
  if (size >= 1e16 || (size < 1e-4 && size > 0)) return exponentText(value);
  if (Number.isInteger(value)) return Object.is(value, -0) ? "-0.0" : `${value}.0`;
  return String(value);
}

/** Two digits at least in the exponent: 1e+16, 2.5e-05. */
function exponentText(value: number): string {
  const [digits = "", exponent = ""] = value.toExponential().split("e");
  const sign = exponent.startsWith("-") ? "-" : "+";
  return `${digits}e${sign}${exponent.replace(/^[+-]/, "").padStart(2, "0")}`;
}

/** Order by Unicode code point, the same in every locale; UTF-16 order differs above U+FFFF. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return codePointRank(x) - codePointRank(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for code points above every other UTF-16 unit. */
function codePointRank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
