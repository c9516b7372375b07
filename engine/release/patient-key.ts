/** One form for a patient's number however it is written, so that 17, 017, 17.0 and P17 are one. */

const EDGES = /^[\s"'`\u200b-\u200f\u2060\ufeff]+|[\s"'`\u200b-\u200f\u2060\ufeff]+$/g;
const GROUPED = /^\D*\d{1,3}(?:[,' \u00a0\u202f]\d{3})+(?:\.0+)?\D*$/;
const EXPONENT = /^[+-]?\d(?:\.\d+)?[eE]\+?\d{1,2}$/;
/** One run of digits, with nothing but zeros behind a point, and with other characters around it. */
const ONE_NUMBER = /^\D*?0*(\d+)(?:\.0*)?\D*$/;
const LONGEST = 200;

/** The digits of a cell with one whole number; the text of any other cell; null for an empty one. */
export function patientKey(cell: string): string | null {
  if (isPlainNumber(cell)) return cell;
  const text = cell.normalize("NFKC").replace(EDGES, "");
  if (text === "") return null;
  if (text.length > LONGEST) return text;
  if (EXPONENT.test(text)) return wholeNumber(text);
  const joined = GROUPED.test(text) ? text.replace(/[,' \u00a0\u202f](?=\d)/g, "") : text;
  return ONE_NUMBER.exec(joined)?.[1] ?? text;
}

/** Most cells are of this kind, and need no further look. */
function isPlainNumber(cell: string): boolean {
  const length = cell.length;
  if (length === 0 || length > 20 || (length > 1 && cell.charCodeAt(0) === 48)) return false;
  for (let i = 0; i < length; i++) {
    const digit = cell.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}

function wholeNumber(text: string): string {
  const value = Math.abs(Number(text));
  return Number.isSafeInteger(value) ? String(value) : text;
}

export function isNumberKey(key: string): boolean {
  return isPlainNumber(key);
}

const DATA_ADDRESS = /data:[a-z0-9.+/-]+;base64,[A-Za-z0-9+/=\s]+/gi;
const WORD = /[A-Za-z0-9_.]+/g;
const NUMBER_WORD = /^[A-Za-z_]*0*(\d{1,20})(?:\.0*)?$/;

/** Every whole number in a text, as keys; pictures inside pages, and parts of long hashes, are none. */
export function numbersIn(text: string): Set<string> {
  const keys = new Set<string>();
  for (const [word] of text.replace(DATA_ADDRESS, " ").matchAll(WORD)) {
    const digits = NUMBER_WORD.exec(word)?.[1];
    if (digits !== undefined) keys.add(digits);
  }
  for (const [grouped] of text.matchAll(/(?<![\d,])\d{1,3}(?:,\d{3})+(?![\d,])/g)) {
    keys.add(grouped.replaceAll(",", ""));
  }
  return keys;
}
