/** Cuts the text of a condition into words, values and symbols. */
import { parseIsoDate } from "../../base/dates.ts";
import { fail } from "../problems.ts";
import { conditionPlace } from "./condition-place.ts";
import { foreignCompound, foreignSymbolAt } from "./foreign-words.ts";

export interface Token {
  readonly kind: "word" | "keyword" | "number" | "text" | "symbol" | "end";
  /** As written; a keyword in upper case; of a text its value, without the quotes. */
  readonly text: string;
  /** Offset of its first character, in UTF-16 units. */
  readonly at: number;
  /** Offset after its last. */
  readonly end: number;
}

const BLANK = /(?:\s+|#[^\r\n]*|--[^\r\n]*|\/\*[^]*?\*\/)+/y;
/** A doubled quote inside stands for itself. */
const TEXT = /'([^']*(?:''[^']*)*)'|"([^"]*(?:""[^"]*)*)"/y;
const DATE = /\d{4}-\d{2}-\d{2}(?![\d.])/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_]*/uy;
const STUCK = /[\p{L}\p{M}\p{N}_.]+/uy;
/** The comma has no use; the parser refuses it where it knows what the author was about to write. */
const SYMBOL = /!=|<=|>=|[=<>+\-*/(),]/y;

const keywords: ReadonlySet<string> = new Set(["AND", "OR", "NOT"]);

/** The tokens, the last of kind `end`. Stops with a problem at the first thing that is none. */
export function tokeniseCondition(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0);
  while (at < text.length) {
    const token = tokenAt(text, at);
    tokens.push(token);
    at = skipBlank(text, token.end);
  }
  return [...tokens, { kind: "end", text: "", at: text.length, end: text.length }];
}

function skipBlank(text: string, from: number): number {
  const end = from + (match(BLANK, text, from)?.[0].length ?? 0);
  if (!text.startsWith("/*", end)) return end;
  const at = conditionPlace(text, end);
  return fail("condition-unclosed", { what: "The comment", close: "*/", at });
}

function tokenAt(text: string, at: number): Token {
  return textAt(text, at) ?? numberAt(text, at) ?? wordAt(text, at) ?? symbolAt(text, at);
}

function textAt(text: string, at: number): Token | null {
  const quote = text.charAt(at);
  if (quote !== "'" && quote !== '"') return null;
  const found = match(TEXT, text, at);
  if (found === null) {
    const place = conditionPlace(text, at);
    return fail("condition-unclosed", { what: "The text", close: quote, at: place });
  }
  const value = (found[1] ?? found[2] ?? "").replaceAll(quote + quote, quote);
  return { kind: "text", text: value, at, end: at + found[0].length };
}

function numberAt(text: string, at: number): Token | null {
  const found = match(NUMBER, text, at)?.[0];
  if (found === undefined) return null;
  const date = match(DATE, text, at)?.[0] ?? "";
  if (parseIsoDate(date) !== null) {
    return fail("condition-date-unquoted", { date, at: conditionPlace(text, at) });
  }
  const end = at + found.length;
  const stuck = match(STUCK, text, end)?.[0] ?? "";
  if (stuck !== "") refuseNumber(text, at, found + stuck);
  return { kind: "number", text: found, at, end };
}

function refuseNumber(text: string, at: number, number: string): never {
  const wayOut = /^0[xX][\da-fA-F]+$/.test(number)
    ? `Write it in decimal: ${BigInt(number)}.`
    : "Leave a space after a number. The name of a column begins with a letter; text stands in quotes.";
  return fail("condition-number", { number, wayOut, at: conditionPlace(text, at) });
}

function wordAt(text: string, at: number): Token | null {
  const found = match(WORD, text, at)?.[0];
  if (found === undefined) return null;
  const upper = found.toUpperCase();
  const end = at + found.length;
  return keywords.has(upper)
    ? { kind: "keyword", text: upper, at, end }
    : { kind: "word", text: found, at, end };
}

function symbolAt(text: string, at: number): Token {
  const foreign = match(foreignCompound, text, at) !== null;
  const symbol = foreign ? undefined : match(SYMBOL, text, at)?.[0];
  if (symbol === undefined) {
    return fail("condition-symbol", { ...foreignSymbolAt(text, at), at: conditionPlace(text, at) });
  }
  return { kind: "symbol", text: symbol, at, end: at + symbol.length };
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
