/** The words of a coded column in order of first appearance, whatever lists the batches bring. */
import { makeData, Utf8 } from "apache-arrow";
import type { Data } from "apache-arrow";

import { MISSING } from "./presence.ts";

export interface WordList {
  /** From now on codes are of this list. */
  use(words: readonly string[]): void;
  /** The code in the file of a code in the list; MISSING for the empty text (spec/cohort.md 7.3). */
  codeOf(code: number): number;
  /** All words that rows have. */
  data(): Data<Utf8>;
}

const NOT_SEEN = -2;

export function wordList(): WordList {
  const words: string[] = [];
  const codes = new Map<string, number>([["", MISSING]]);
  let list: readonly string[] = [];
  let known = new Int32Array(0);
  return {
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
    data: () => textData(words),
  };
}

function textData(words: readonly string[]): Data<Utf8> {
  const bytes = words.map((word) => Buffer.from(word));
  const valueOffsets = new Int32Array(words.length + 1);
  bytes.forEach(({ length }, word) => {
    valueOffsets[word + 1] = (valueOffsets[word] ?? 0) + length;
  });
  const type = new Utf8();
  const data = Buffer.concat(bytes);
  return makeData({ type, length: words.length, nullCount: 0, valueOffsets, data });
}
