/**
 * The distinct texts of a column, found again by their bytes: each is decoded once, in the order of
 * first appearance. An open-addressing hash table, because a Map would need a string for every cell.
 */

/** Bytes are compared four at a time: behind a text the memory must go on for so many bytes. */
export const SLACK = 4;

export interface TextDictionary {
  /** Grows while reading; whoever reads the column's codes looks here. */
  readonly texts: string[];
  /** The bytes in which texts are looked for. */
  input: DataView;
  /** Code + 1, or 0 for a free slot; the length is a power of two, at least twice that of `hashes`. */
  slots: Int32Array;
  hashes: Int32Array;
  /** In bytes. */
  lengths: Int32Array;
  /** Where the whole words of each text, four bytes each, start in `words`. */
  starts: Int32Array;
  words: Int32Array;
  /** Bytes of all texts together. */
  total: number;
}

export function textDictionary(texts: string[]): TextDictionary {
  return {
    texts,
    input: new DataView(new ArrayBuffer(SLACK)),
    slots: new Int32Array(512),
    hashes: new Int32Array(256),
    lengths: new Int32Array(256),
    starts: new Int32Array(257),
    words: new Int32Array(1024),
    total: 0,
  };
}

/** The code of the text whose bytes stand in the input from `start` to `end`, or -1 if it is new. */
export function codeOf(dictionary: TextDictionary, start: number, end: number): number {
  const { input, slots, hashes, lengths } = dictionary;
  const hash = hashOf(input, start, end);
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const code = (slots[slot] ?? 0) - 1;
    if (code < 0) return -1;
    if (hashes[code] !== hash || lengths[code] !== end - start) continue;
    if (hasWords(dictionary, code, start, end)) return code;
  }
}

/**
 * Adds the text of those bytes, which `codeOf` did not find, and gives its code. Whoever adds texts holds `total`
 * to `mustFit`.
 */
export function addText(
  dictionary: TextDictionary,
  text: string,
  start: number,
  end: number,
): number {
  const { input } = dictionary;
  const code = dictionary.texts.push(text) - 1;
  dictionary.total += end - start;
  makeRoom(dictionary, code, end - start);
  let word = dictionary.starts[code] ?? 0;
  for (let at = start; at + 4 <= end; at += 4) {
    dictionary.words[word++] = input.getInt32(at, true);
  }
  dictionary.starts[code + 1] = word;
  dictionary.lengths[code] = end - start;
  dictionary.hashes[code] = hashOf(input, start, end);
  putInSlot(dictionary, code);
  return code;
}

/** The bits that are a text's own in its last word, of which it has 0, 1, 2 or 3 bytes. */
const OWN_BITS = Int32Array.of(0, 0xff, 0xffff, 0xffffff);

/** Multiplying carries bits up only, so the high ones are mixed down; the low ones choose the slot. */
function hashOf(input: DataView, start: number, end: number): number {
  let hash = end - start;
  let at = start;
  for (; at + 4 <= end; at += 4) {
    hash = Math.imul(hash ^ input.getInt32(at, true), 0x9e3779b1);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash ^ (input.getInt32(at, true) & (OWN_BITS[end - at] ?? 0)), 0x85ebca6b);
  return hash ^ (hash >>> 15);
}

/**
 * Whether a text of the same length and hash is the same. Only its whole words are compared: where
 * those agree, every step of the hash that follows maps different last bytes to different hashes.
 */
function hasWords(dictionary: TextDictionary, code: number, start: number, end: number): boolean {
  const { input, words, starts } = dictionary;
  let word = starts[code] ?? 0;
  for (let at = start; at + 4 <= end; at += 4) {
    if (words[word++] !== input.getInt32(at, true)) return false;
  }
  return true;
}

/** At most half of the slots are used, so that a free one soon ends a search. */
function makeRoom(dictionary: TextDictionary, code: number, length: number): void {
  const wordsNeeded = (dictionary.starts[code] ?? 0) + length / 4;
  if (wordsNeeded > dictionary.words.length)
    dictionary.words = longer(dictionary.words, wordsNeeded);
  if (code < dictionary.hashes.length) return;
  dictionary.hashes = longer(dictionary.hashes, code);
  dictionary.lengths = longer(dictionary.lengths, code);
  const starts = new Int32Array(dictionary.hashes.length + 1);
  starts.set(dictionary.starts);
  dictionary.starts = starts;
  dictionary.slots = new Int32Array(2 * dictionary.hashes.length);
  for (let old = 0; old < code; old++) putInSlot(dictionary, old);
}

/** A copy of twice the length that is needed. */
function longer(values: Int32Array, needed: number): Int32Array {
  const copy = new Int32Array(2 * Math.ceil(needed));
  copy.set(values);
  return copy;
}

function putInSlot({ slots, hashes }: TextDictionary, code: number): void {
  const mask = slots.length - 1;
  let slot = (hashes[code] ?? 0) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = code + 1;
}
