/** Whether a picture, page or table is of a form that people who check outputs can look through. */
import { extname } from "node:path";
import { decodedText, encodingOf } from "../../release/decoded-text.ts";
import { parsedJson } from "../../release/json-columns.ts";
import { markupColumns } from "../../release/markup-columns.ts";
import { holdsNhsNumbers, textHoldsNhsNumbers } from "../../release/nhs-number.ts";
import { isWholePicture } from "../../release/picture-bytes.ts";
import { textColumns } from "../../release/text-columns.ts";
import { activeParts } from "./active-markup.ts";
import { isAreaCode } from "./area-codes.ts";
import { MOST_BYTES, MOST_ROWS } from "./checker-limits.ts";
import { isLog } from "./log-text.ts";
import { singleValues } from "./single-values.ts";

const TABLES: ReadonlySet<string> = new Set([".csv", ".txt", ".json"]);
const PAGES: ReadonlySet<string> = new Set([".svg", ".html"]);
const PICTURES: ReadonlySet<string> = new Set([".png", ".jpg", ".jpeg"]);

export interface FigureForm {
  /** Why not to release it, without anything that stands in it. */
  readonly refused: readonly string[];
  /** Empty for pictures, and where nobody can read it. */
  readonly text: string;
  /** Its extension, in small letters. */
  readonly type: string;
}

export function figureForm(file: string, bytes: Uint8Array): FigureForm {
  const type = extname(file).toLowerCase();
  const refuse = (...refused: readonly string[]): FigureForm => ({ refused, text: "", type });
  if (!isPlainName(file))
    return refuse("has a name with other characters than letters, digits, blanks and . _ -");
  if (PICTURES.has(type)) {
    const isPicture = isWholePicture(type, bytes);
    return refuse(
      ...sizeOf(bytes),
      ...(isPicture ? [] : ["is not the picture that its name says, or has more in it"]),
    );
  }
  if (!TABLES.has(type) && !PAGES.has(type))
    return refuse("is of a type that checkers do not take");
  if (bytes.byteLength > MOST_BYTES) return refuse(...sizeOf(bytes));
  const text = encodingOf(bytes) === "utf-8" && !bytes.includes(0) ? decodedText(bytes) : null;
  if (text === null) return refuse("is not text in UTF-8, and nobody can look into it");
  return { refused: textFindings(file, type, text), text, type };
}

/** A name that looks like another on somebody's screen, or hides. */
function isPlainName(file: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$/.test(file) && !/[ .]$/.test(file);
}

function sizeOf({ byteLength }: Uint8Array): readonly string[] {
  return byteLength > MOST_BYTES ? ["is larger than 16 MiB"] : [];
}

function textFindings(file: string, type: string, text: string): readonly string[] {
  const holds = PAGES.has(type) ? activeParts(text) : [];
  const isNhs = textHoldsNhsNumbers(text) || textColumns(type, text).some(holdsNhsNumbers);
  return [
    ...singleValues(type, text),
    ...(isNhs ? ["holds NHS numbers"] : []),
    ...(namesAreas(type, text) ? ["names practices or areas smaller than a region"] : []),
    ...(type === ".json" && parsedJson(text) === null ? ["is not JSON"] : []),
    ...(rowsIn(type, text) > MOST_ROWS ? [`has more than ${MOST_ROWS} rows`] : []),
    ...(holds.length > 0 ? [`holds ${holds.join(", ")}`] : []),
    ...(isLog(file, text) ? ["looks like a log"] : []),
  ];
}

/** Lines of a picture are written with letters and digits too. */
function namesAreas(type: string, text: string): boolean {
  const columns = PAGES.has(type) ? markupColumns(text) : textColumns(type, text);
  return columns.some(({ values }) => values.some(isAreaCode));
}

function rowsIn(type: string, text: string): number {
  if (type === ".json") return longest(parsedJson(text), 0);
  if (PAGES.has(type)) return text.match(/<tr\b/gi)?.length ?? 0;
  return text.split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/).filter((line) => line !== "").length - 1;
}

const DEEPEST = 100;

/** Of all lists in it, and of all objects, which can have a name for each row. */
function longest(value: unknown, depth: number): number {
  if (typeof value !== "object" || value === null || depth > DEEPEST) return 0;
  const held: readonly unknown[] = Object.values(value);
  return held.reduce<number>((most, each) => Math.max(most, longest(each, depth + 1)), held.length);
}
