/** The words of a text column as csv fields, made once for each list of words. */
import { quotedField } from "./quoted-field.ts";

/** Word w is `bytes` from `offsets[w]` to `offsets[w + 1]`. */
export interface WordBytes {
  readonly words: readonly string[];
  readonly bytes: Uint8Array;
  readonly offsets: Float64Array;
  readonly longest: number;
}

const encoder = new TextEncoder();

export function wordBytes(words: readonly string[]): WordBytes {
  const fields = words.map((word) => encoder.encode(quotedField(word)));
  const offsets = new Float64Array(words.length + 1);
  let longest = 0;
  fields.forEach(({ length }, word) => {
    offsets[word + 1] = (offsets[word] ?? 0) + length;
    longest = Math.max(longest, length);
  });
  const bytes = new Uint8Array(offsets[words.length] ?? 0);
  fields.forEach((field, word) => {
    bytes.set(field, offsets[word]);
  });
  return { words, bytes, offsets, longest };
}
