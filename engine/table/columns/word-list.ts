/** The words of a coded column in order of first appearance, whatever lists the batches bring. */
import { MISSING_WORD } from "./typed-table.ts";

export interface WordList {
  /** All words that rows have had so far; the empty text is none. */
  readonly words: readonly string[];
  /** From now on codes are of this list. */
  use(list: readonly string[]): void;
  /** The code in `words` of a code in the list; MISSING_WORD for the empty text. */
  codeOf(code: number): number;
}

const NOT_SEEN = -2;

export function wordList(): WordList {
  const words: string[] = [];
  const codes = new Map<string, number>([["", MISSING_WORD]]);
  let list: readonly string[] = [];
  let known = new Int32Array(0);
  return {
    words,
    use: (next) => {
      if (next === list) return;
      list = next;
      known = new Int32Array(next.length).fill(NOT_SEEN);
    },
    codeOf: (code) => {
      const seen = known[code] ?? NOT_SEEN;
      if (seen !== NOT_SEEN) return seen;
      const word = list[code] ?? "";
      const added = codes.get(word) ?? words.push(word) - 1;
      codes.set(word, added);
      known[code] = added;
      return added;
    },
  };
}
