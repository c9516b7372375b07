/** The words of a column as bytes, made once for each list of words. */

/** Word w is `bytes` from `starts[w]` to `starts[w + 1]`. */
export interface WordBytes {
  readonly words: readonly string[];
  readonly bytes: Uint8Array;
  readonly starts: Int32Array;
  /** In bytes. */
  readonly longest: number;
}

const encoder = new TextEncoder();

/** UTF-8 of what `written` makes of each word. */
export function wordBytes(words: readonly string[], written: (word: string) => string): WordBytes {
  const fields = words.map((word) => encoder.encode(written(word)));
  const starts = new Int32Array(words.length + 1);
  let longest = 0;
  fields.forEach(({ length }, word) => {
    starts[word + 1] = (starts[word] ?? 0) + length;
    longest = Math.max(longest, length);
  });
  const bytes = new Uint8Array(starts[words.length] ?? 0);
  fields.forEach((field, word) => {
    bytes.set(field, starts[word]);
  });
  return { words, bytes, starts, longest };
}
