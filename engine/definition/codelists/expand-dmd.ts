/** Adds to a dm+d codelist the ids that its products had before or have since. */
import { byCodePoint } from "../../base/value-types.ts";
import { areCategorised, makeCodelist } from "./make-codelist.ts";
import type { CategorisedCode } from "./make-codelist.ts";
import type { Codelist } from "../model.ts";

/**
 * One walk over the pairs in their order: whichever id of a pair is in the list brings in the other, a
 * chain as far as the order allows. An id brought in takes its partner's category, also from a later
 * pair. Sorted by code, each once.
 */
export function expandDmdCodelist(
  { system, codes }: Codelist,
  pairs: Iterable<readonly [current: string, previous: string]>,
): Codelist {
  const categorised = areCategorised(codes);
  const categories = new Map<string, string>(
    categorised ? codes : codes.map((code) => [code, ""] as const),
  );
  for (const [current, previous] of pairs) {
    const ofCurrent = categories.get(current);
    const ofPrevious = categories.get(previous);
    if (ofCurrent !== undefined) categories.set(previous, ofCurrent);
    else if (ofPrevious !== undefined) categories.set(current, ofPrevious);
  }
  const sorted: CategorisedCode[] = [...categories].sort(([a], [b]) => byCodePoint(a, b));
  return makeCodelist(categorised ? sorted : sorted.map(([code]) => code), system, null);
}

/** Ids that the same walk brings in, each with the code of the list that it stands for. */
export function dmdStandIns(
  { codes }: Codelist,
  pairs: Iterable<readonly [current: string, previous: string]>,
): readonly (readonly [id: string, code: string])[] {
  const own = areCategorised(codes) ? codes.map(([code]) => code) : codes;
  const codeOf = new Map(own.map((code) => [code, code] as const));
  const brought = new Map<string, string>();
  for (const [current, previous] of pairs) {
    const known = codeOf.get(current);
    const [id, code] = known === undefined ? [current, codeOf.get(previous)] : [previous, known];
    if (code === undefined || codeOf.has(id)) continue;
    codeOf.set(id, code);
    brought.set(id, code);
  }
  return [...brought];
}
