/** Expressions with how strongly they bind, so that parentheses stand where they are needed. */
import type { Doc } from "./document.ts";
import { group, indent, line } from "./document.ts";
import { arrowDoc } from "./written-code.ts";

export interface Code {
  readonly doc: Doc;
  readonly level: number;
}

export const levels = {
  arrow: 0,
  conditional: 1,
  or: 2,
  and: 3,
  equality: 4,
  relation: 5,
  sum: 6,
  product: 7,
  unary: 8,
  postfix: 9,
  atom: 9,
} as const;

export function postfix(doc: Doc): Code {
  return { doc, level: levels.postfix };
}

export function atLeast(level: number, code: Code): Doc {
  return code.level >= level ? code.doc : ["(", code.doc, ")"];
}

export function binary(left: Doc, sign: string, right: Doc, level: number): Code {
  return { doc: group([left, ` ${sign}`, indent([line, right])]), level };
}

export function arrowOf(params: readonly Doc[], body: Doc): Code {
  return { doc: arrowDoc(params, body), level: levels.arrow };
}
