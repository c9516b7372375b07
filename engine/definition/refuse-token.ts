/** Says why a token cannot stand where it stands in a condition. */
import { fail } from "../base/problems.ts";
import { placeOf, peek, tokenAt } from "./condition-parts.ts";
import type { TokenReader } from "./condition-parts.ts";
import { foreignWordHint } from "./foreign-words.ts";
import type { Token } from "./tokenise-condition.ts";

const EXAMPLE = "A whole condition looks like age >= 18 AND has_asthma.";

/** Stops because `token`, just taken, cannot begin a value. */
export function refuseStart(reader: TokenReader, token: Token): never {
  const at = placeOf(reader, token.at);
  const wayOut = EXAMPLE;
  if (token.kind === "word") return refuseWord(reader, token);
  if (token.kind === "end") {
    const sentence = `The condition ends where ${expected(reader)} is expected`;
    return fail("condition-incomplete", { sentence, wayOut, at });
  }
  if (token.text === ")" && tokenAt(reader, reader.next - 2).text === "(") {
    return fail("condition-incomplete", { sentence: "The parentheses are empty", wayOut, at });
  }
  if (token.text === "NOT") {
    const sentence = "NOT stands where a value is expected";
    return fail("condition-incomplete", { sentence, wayOut: "It goes before a whole comparison: NOT age > 18.", at });
  }
  const sentence = `A value or a column is missing before ${token.text}`;
  return fail("condition-incomplete", { sentence, wayOut, at });
}

/** Stops because the next token cannot follow what has been read. */
export function refuseToken(reader: TokenReader): never {
  const token = peek(reader);
  const at = placeOf(reader, token.at);
  if (token.text === ")" && token.kind === "symbol") {
    const sentence = "A parenthesis closes that was never opened";
    return fail("condition-incomplete", { sentence, wayOut: "Take it away, or open it before.", at });
  }
  const afterNot = token.text === "NOT" ? tokenAt(reader, reader.next + 1) : token;
  const hint = afterNot.kind === "word" ? foreignWordHint(afterNot.text) : null;
  if (hint !== null) {
    return fail("condition-word", { word: afterNot.text, wayOut: hint, at: placeOf(reader, afterNot.at) });
  }
  const sentence = `AND, OR or a sign is missing before ${shown(token)}`;
  return fail("condition-incomplete", { sentence, wayOut: EXAMPLE, at });
}

function refuseWord(reader: TokenReader, word: Token): never {
  const at = placeOf(reader, word.at);
  const wayOut = foreignWordHint(word.text);
  if (wayOut === null) return fail("condition-function", { name: word.text, at });
  return fail("condition-word", { word: word.text, wayOut, at });
}

function expected(reader: TokenReader): string {
  const last = tokenAt(reader, reader.next - 1);
  return last.kind === "keyword" ? "something to test" : "a value";
}

function shown({ kind, text }: Token): string {
  return kind === "text" ? JSON.stringify(text) : text;
}
