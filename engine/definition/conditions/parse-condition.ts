/**
 * Reads a condition of `satisfying` or `categorised_as`. From loosest to tightest: OR, AND, NOT, one
 * comparison, + and -, * and /, sign, parentheses.
 */
import type { Problem } from "../../base/problems.ts";
import { fail } from "../problems.ts";
import { attempt } from "../dates/attempt.ts";
import type { Arithmetic, Comparison, Condition, Operand } from "./condition.ts";
import type { Part, TokenReader } from "./condition-parts.ts";
import { accept, joined, nested, peek, placeOf, take, testOf, valueOf } from "./condition-parts.ts";
import { foreignWordHint } from "./foreign-words.ts";
import { refuseStart, refuseToken } from "./refuse-token.ts";
import { tokeniseCondition } from "./tokenise-condition.ts";
import type { Token } from "./tokenise-condition.ts";

export type ParsedCondition =
  | { readonly ok: true; readonly condition: Condition }
  | { readonly ok: false; readonly problem: Problem };

const comparisons = ["=", "!=", "<", "<=", ">", ">="] as const satisfies readonly Comparison[];
const sums = ["+", "-"] as const satisfies readonly Arithmetic[];
const products = ["*", "/"] as const satisfies readonly Arithmetic[];

/** The condition, or the first thing that keeps the text from being one, with its line and column. */
export function parseCondition(text: string): ParsedCondition {
  const read = attempt(() => readWhole(text));
  return read.ok ? { ok: true, condition: read.value } : read;
}

function readWhole(text: string): Condition {
  const tokens = tokeniseCondition(text);
  if (tokens.length === 1) return fail("condition-empty", {});
  const reader: TokenReader = { text, tokens, next: 0, depth: 0 };
  const part = readAny(reader);
  if (peek(reader).kind !== "end") return refuseToken(reader);
  return testOf(reader, part);
}

function readAny(reader: TokenReader): Part {
  return readJoined(reader, "OR", readAll);
}

function readAll(reader: TokenReader): Part {
  return readJoined(reader, "AND", readNot);
}

/** `(a OR b) OR c` gives one list of three, so that long conditions do not become deep ones. */
function readJoined(
  reader: TokenReader,
  word: "AND" | "OR",
  readOne: (reader: TokenReader) => Part,
): Part {
  const first = readOne(reader);
  if (accept(reader, [word]) === null) return first;
  const kind = word === "AND" ? "all" : "any";
  const of = [testOf(reader, first)];
  do of.push(testOf(reader, readOne(reader)));
  while (accept(reader, [word]) !== null);
  const flat = of.flatMap((each) => (each.kind === kind ? each.of : [each]));
  return { is: { kind, of: flat }, at: first.at, height: 0 };
}

function readNot(reader: TokenReader): Part {
  const not = accept(reader, ["NOT"]);
  if (not === null) return readComparison(reader);
  const of = testOf(reader, nested(reader, not, readNot));
  return { is: { kind: "not", of }, at: not.at, height: 0 };
}

function readComparison(reader: TokenReader): Part {
  const left = readSum(reader);
  const sign = accept(reader, comparisons);
  if (sign === null) return left;
  const right = readSum(reader);
  const operands = { left: valueOf(reader, left, sign), right: valueOf(reader, right, sign) };
  refuseChain(reader, left, right);
  return { is: { kind: "compare", operator: sign.text, ...operands }, at: left.at, height: 0 };
}

/** `18 <= age < 65` is read as two comparisons by people and as nonsense by SQL. */
function refuseChain(reader: TokenReader, left: Part, right: Part): void {
  const sign = peek(reader);
  const second = accept(reader, comparisons);
  if (second === null) return;
  const middle = reader.text.slice(right.at, sign.at).trim();
  const first = reader.text.slice(left.at, right.at).trim();
  const wayOut = `Write two, joined by AND: ${first} ${middle} AND ${middle} ${second.text} …`;
  fail("condition-chained", { wayOut, at: placeOf(reader, sign.at) });
}

function readSum(reader: TokenReader): Part {
  return readChain(reader, sums, readProduct);
}

function readProduct(reader: TokenReader): Part {
  return readChain(reader, products, readSigned);
}

/** Grouped from the left: 10 - 4 - 3 is 3. */
function readChain(
  reader: TokenReader,
  operators: readonly Arithmetic[],
  readOne: (reader: TokenReader) => Part,
): Part {
  let part = readOne(reader);
  for (;;) {
    const sign = accept(reader, operators);
    if (sign === null) return part;
    part = joined(reader, sign, part, readOne(reader));
  }
}

/** A minus before a number is part of it; before anything else it takes from zero. */
function readSigned(reader: TokenReader): Part {
  const sign = accept(reader, sums);
  if (sign === null) return readSingle(reader);
  const part = nested(reader, sign, readSigned);
  const value = valueOf(reader, part, sign);
  if (sign.text === "+") return { ...part, is: value };
  if (value.kind === "number") {
    return { ...part, at: sign.at, is: { ...value, value: 0 - value.value } };
  }
  const zero: Part = { is: { kind: "number", value: 0, integer: true }, at: sign.at, height: 0 };
  return joined(reader, { text: "-", at: sign.at }, zero, part);
}

function readSingle(reader: TokenReader): Part {
  const token = take(reader);
  switch (token.kind) {
    case "word":
      return readColumn(reader, token);
    case "number":
      return { is: numberOf(reader, token), at: token.at, height: 0 };
    case "text":
      return { is: { kind: "text", value: token.text }, at: token.at, height: 0 };
    default:
      return token.text === "(" ? readParentheses(reader, token) : refuseStart(reader, token);
  }
}

function readColumn(reader: TokenReader, token: Token): Part {
  if (peek(reader).text === "(" && peek(reader).kind === "symbol") refuseStart(reader, token);
  if (foreignWordHint(token.text) !== null) refuseStart(reader, token);
  return { is: { kind: "column", name: token.text }, at: token.at, height: 0 };
}

function readParentheses(reader: TokenReader, open: Token): Part {
  const part = nested(reader, open, readAny);
  if (accept(reader, [")"]) !== null) return part;
  if (peek(reader).kind !== "end") return refuseToken(reader);
  const at = placeOf(reader, open.at);
  return fail("condition-unclosed", { what: "The parenthesis", close: ")", at });
}

/** Whole numbers above 2^53 would silently become their neighbours. */
function numberOf(reader: TokenReader, { text, at }: Token): Operand {
  const value = Number(text);
  const integer = /^\d+$/.test(text);
  if (integer ? Number.isSafeInteger(value) : Number.isFinite(value)) {
    return { kind: "number", value, integer };
  }
  const wayOut = "It is too large to be exact. A code is text: write it in quotes.";
  return fail("condition-number", { number: text, wayOut, at: placeOf(reader, at) });
}
