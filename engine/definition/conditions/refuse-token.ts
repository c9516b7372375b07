/** Says why a token cannot stand where it stands in a condition. */
import { fail } from "../problems.ts";
import { peek, placeOf, tokenAt } from "./condition-parts.ts";
import type { TokenReader } from "./condition-parts.ts";
import { foreignSymbolAt, foreignWordHint } from "./foreign-words.ts";
import type { Token } from "./tokenise-condition.ts";

const EXAMPLE = "A whole condition looks like age >= 18 AND has_asthma.";

/** Stops because `token`, just taken, cannot begin a value. */
export function refuseStart(reader: TokenReader, token: Token): never {
  if (token.kind === "word") return refuseWord(reader, token);
  if (token.text === ",") return refuseComma(reader, token);
  if (token.kind === "end") {
    const before = tokenAt(reader, reader.next - 1);
    const expected = before.kind === "keyword" ? "something to test" : "a value";
    return incomplete(reader, token, `The condition ends where ${expected} is expected`);
  }
  const before = tokenAt(reader, reader.next - 2);
  if (token.text === ")" && before.kind === "symbol" && before.text === "(") {
    return incomplete(reader, token, "The parentheses are empty");
  }
  return token.text === "NOT"
    ? incomplete(reader, token, "NOT stands where a value is expected", "Write NOT age > 18.")
    : incomplete(reader, token, `A value or a column is missing before ${token.text}`);
}

/** Stops because the next token cannot follow what has been read. */
export function refuseToken(reader: TokenReader): never {
  const token = peek(reader);
  const afterNot = token.text === "NOT" ? tokenAt(reader, reader.next + 1) : token;
  if (afterNot.kind === "word" && foreignWordHint(afterNot.text) !== null) {
    return refuseWord(reader, afterNot);
  }
  if (token.kind === "text") {
    return incomplete(reader, token, "AND, OR or a sign is missing before a text");
  }
  if (token.text === ",") return refuseComma(reader, token);
  return token.text === ")"
    ? incomplete(reader, token, "A parenthesis closes that was never opened", "Take it away.")
    : incomplete(reader, token, `AND, OR or a sign is missing before ${token.text}`);
}

/** A word of SQL that conditions lack, or else the name of a function. */
function refuseWord(reader: TokenReader, { text: word, at }: Token): never {
  const wayOut = foreignWordHint(word);
  const place = placeOf(reader, at);
  if (wayOut === null) return fail("condition-function", { name: word, at: place });
  return fail("condition-word", { word, wayOut, at: place });
}

function refuseComma(reader: TokenReader, { at }: Token): never {
  return fail("condition-symbol", {
    ...foreignSymbolAt(reader.text, at),
    at: placeOf(reader, at),
  });
}

function incomplete(
  reader: TokenReader,
  { at }: Token,
  sentence: string,
  wayOut: string = EXAMPLE,
): never {
  return fail("condition-incomplete", { sentence, wayOut, at: placeOf(reader, at) });
}
