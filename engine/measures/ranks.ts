/** The order of a group_by column's values in a measure file. */
import { byCodePoint } from "../base/value-types.ts";

export interface Ranked {
  /** The values in the order of the file. */
  readonly words: readonly string[];
  /** Place of each code in that order. */
  readonly ranks: Uint32Array;
}

/**
 * Text by code point, so ages read as text come as 10, 100, 9 and the empty text first; a column that
 * is a number somewhere in the study by value.
 */
export function rankWords(words: readonly string[], numeric: boolean): Ranked {
  const order = words.map((word, code) => ({ word, code }));
  if (numeric) order.sort((a, b) => Number(a.word) - Number(b.word) || byCodePoint(a.word, b.word));
  else order.sort((a, b) => byCodePoint(a.word, b.word));
  const ranks = new Uint32Array(words.length);
  order.forEach(({ code }, rank) => {
    ranks[code] = rank;
  });
  return { words: order.map(({ word }) => word), ranks };
}
