/** The conditions that an AND joins, as their author wrote them. */
import { tokeniseCondition } from "./tokenise-condition.ts";
import type { Token } from "./tokenise-condition.ts";

/**
 * In order, without comments, and without parentheses around a whole one; blanks of any kind are one blank.
 * `a AND (b AND c)` joins three, as `parseCondition` reads it; one that contains an OR outside of parentheses
 * is one condition. The text is one that `parseCondition` takes.
 */
export function joinedConditions(text: string): readonly string[] {
  const tokens = tokeniseCondition(text).filter(({ kind }) => kind !== "end");
  return conditionsIn(tokens).map((condition) => textOf(condition, text));
}

function conditionsIn(given: readonly Token[]): readonly (readonly Token[])[] {
  const tokens = withoutParentheses(given);
  const [ands, ors] = [placesOf(tokens, "AND"), placesOf(tokens, "OR")];
  if (ands.length === 0 || ors.length > 0) return [tokens];
  const cuts = [-1, ...ands, tokens.length];
  return cuts.slice(1).flatMap((end, i) => conditionsIn(tokens.slice((cuts[i] ?? 0) + 1, end)));
}

function withoutParentheses(tokens: readonly Token[]): readonly Token[] {
  const depths = depthsOf(tokens);
  const isEnclosed = tokens.length > 2 && depths.slice(0, -1).every((depth) => depth > 0);
  return isEnclosed ? withoutParentheses(tokens.slice(1, -1)) : tokens;
}

/** Where the keyword stands outside of parentheses. */
function placesOf(tokens: readonly Token[], keyword: "AND" | "OR"): readonly number[] {
  const depths = depthsOf(tokens);
  return tokens.flatMap(({ kind, text }, i) =>
    kind === "keyword" && text === keyword && depths[i] === 0 ? [i] : [],
  );
}

/** How many parentheses are open after each token. */
function depthsOf(tokens: readonly Token[]): readonly number[] {
  let depth = 0;
  return tokens.map(({ kind, text }) => {
    if (kind === "symbol" && text === "(") depth++;
    if (kind === "symbol" && text === ")") depth--;
    return depth;
  });
}

function textOf(tokens: readonly Token[], text: string): string {
  let end = tokens[0]?.at ?? 0;
  const written = tokens.map((token) => {
    const blank = token.at > end ? " " : "";
    end = token.end;
    return blank + text.slice(token.at, token.end).replace(/\s+/g, " ");
  });
  return written.join("");
}
