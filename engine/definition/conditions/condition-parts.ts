/** What the parser of conditions has read, and what it reads from. */
import { fail } from "../problems.ts";
import type { Arithmetic, Condition, Operand } from "./condition.ts";
import { conditionPlace } from "./condition-place.ts";
import type { ConditionPlace } from "./condition-place.ts";
import type { Token } from "./tokenise-condition.ts";

export interface TokenReader {
  readonly text: string;
  /** The last is of kind `end`. */
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
}

/** `age` may be a value or a test: what follows decides, so both travel in one type. */
export interface Part {
  readonly is: Operand | Condition;
  /** Offset where it begins. */
  readonly at: number;
  /** Levels of arithmetic in it. */
  readonly height: number;
}

/**
 * No condition that people write comes near. The parser and all that walk the tree later call
 * themselves once a level; at this depth none can run out of stack, in the sandbox either.
 */
export const deepestCondition = 200;

export function peek(reader: TokenReader): Token {
  return tokenAt(reader, reader.next);
}

export function take(reader: TokenReader): Token {
  const token = peek(reader);
  if (token.kind !== "end") reader.next += 1;
  return token;
}

/** Takes the next token if it is a keyword or symbol among `texts`, otherwise nothing. */
export function accept<Text extends string>(
  reader: TokenReader,
  texts: readonly Text[],
): { readonly text: Text; readonly at: number } | null {
  const token = peek(reader);
  if (token.kind !== "keyword" && token.kind !== "symbol") return null;
  const text = texts.find((each) => each === token.text);
  if (text === undefined) return null;
  reader.next += 1;
  return { text, at: token.at };
}

/** Reads what stands one level deeper. */
export function nested(
  reader: TokenReader,
  { at }: { readonly at: number },
  readOne: (reader: TokenReader) => Part,
): Part {
  if (reader.depth >= deepestCondition) refuseDepth(reader, at);
  reader.depth += 1;
  const part = readOne(reader);
  reader.depth -= 1;
  return part;
}

/** `left sign right` as arithmetic. */
export function joined(
  reader: TokenReader,
  sign: { readonly text: Arithmetic; readonly at: number },
  left: Part,
  right: Part,
): Part {
  const height = Math.max(left.height, right.height) + 1;
  if (height > deepestCondition) refuseDepth(reader, sign.at);
  const operands = { left: valueOf(reader, left, sign), right: valueOf(reader, right, sign) };
  return { is: { kind: "arithmetic", operator: sign.text, ...operands }, at: left.at, height };
}

/** The part as something that holds or not: a column alone asks whether it is set. */
export function testOf(reader: TokenReader, { is, at }: Part): Condition {
  switch (is.kind) {
    case "column":
      return { kind: "is-set", name: is.name };
    case "number":
    case "text":
    case "arithmetic":
      return refuseValue(reader, is, at);
    default:
      return is;
  }
}

/** The part as a value beside `sign`. */
export function valueOf(
  reader: TokenReader,
  { is }: Part,
  sign: { readonly text: string; readonly at: number },
): Operand {
  switch (is.kind) {
    case "column":
    case "number":
    case "text":
    case "arithmetic":
      return is;
    default:
      return fail("condition-not-a-value", { symbol: sign.text, at: placeOf(reader, sign.at) });
  }
}

export function placeOf({ text }: TokenReader, at: number): ConditionPlace {
  return conditionPlace(text, at);
}

export function tokenAt({ tokens, text }: TokenReader, index: number): Token {
  return tokens[index] ?? { kind: "end", text: "", at: text.length, end: text.length };
}

function refuseValue(reader: TokenReader, is: Operand, at: number): never {
  const what = { number: "A number", text: "A text", arithmetic: "A calculation", column: "" };
  const wayOut =
    is.kind === "text"
      ? "Compare it, sex = 'F'. If a column is meant, leave the quotes away."
      : "Compare it with something: age + 1 > 18.";
  return fail("condition-not-a-test", { what: what[is.kind], wayOut, at: placeOf(reader, at) });
}

function refuseDepth(reader: TokenReader, at: number): never {
  return fail("condition-too-deep", { limit: deepestCondition, at: placeOf(reader, at) });
}
