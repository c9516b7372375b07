/**
 * The distinct texts of a column, found again by their bytes: each is decoded once, in the order of
 * first appearance. An open-addressing hash table, because a Map would need a string for every cell.
 */

export interface TextDictionary {
  /** Grows while reading; whoever reads the column's codes looks here. */
  readonly texts: string[];
  /** Code + 1, or 0 for a free slot; the length is a power of two. */
  slots: Int32Array;
  hashes: Int32Array;
  /** The bytes of code c are those of `arena` from `offsets[c]` to `offsets[c + 1]`. */
  offsets: Float64Array;
  arena: Uint8Array;
}

export function textDictionary(texts: string[]): TextDictionary {
  return {
    texts,
    slots: new Int32Array(512),
    hashes: new Int32Array(256),
    offsets: new Float64Array(257),
    arena: new Uint8Array(4096),
  };
}

/** The code of the text whose bytes stand from `start` to `end`, or -1 if it is new. */
export function codeOf(
  dictionary: TextDictionary,
  bytes: Uint8Array,
  start: number,
  end: number,
): number {
  const { slots, hashes, offsets, arena } = dictionary;
  const hash = hashOf(bytes, start, end);
  const mask = slots.length - 1;
  for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
    const code = (slots[slot] ?? 0) - 1;
    if (code < 0) return -1;
    if (hashes[code] !== hash) continue;
    const offset = offsets[code] ?? 0;
    if ((offsets[code + 1] ?? 0) - offset !== end - start) continue;
    let at = start;
    while (at < end && bytes[at] === arena[offset + at - start]) at++;
    if (at === end) return code;
  }
}

/** Adds a text that `codeOf` did not find, and gives its code. */
export function addText(dictionary: TextDictionary, bytes: Uint8Array, text: string): number {
  const code = dictionary.texts.push(text) - 1;
  makeRoom(dictionary, code, bytes.length);
  const offset = dictionary.offsets[code] ?? 0;
  dictionary.arena.set(bytes, offset);
  dictionary.offsets[code + 1] = offset + bytes.length;
  dictionary.hashes[code] = hashOf(bytes, 0, bytes.length);
  putInSlot(dictionary, code);
  return code;
}

/** FNV-1a with the high bits mixed into the low ones, which choose the slot. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = -2_128_831_035;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 16_777_619);
  return hash ^ (hash >>> 15);
}

/** At most half of the slots are used, so that a free one soon ends a search. */
function makeRoom(dictionary: TextDictionary, code: number, length: number): void {
  const needed = (dictionary.offsets[code] ?? 0) + length;
  if (needed > dictionary.arena.length) {
    const arena = new Uint8Array(2 * needed);
    arena.set(dictionary.arena);
    dictionary.arena = arena;
  }
  if (code < dictionary.hashes.length) return;
  const { hashes, offsets } = dictionary;
  dictionary.hashes = new Int32Array(2 * hashes.length);
  dictionary.hashes.set(hashes);
  dictionary.offsets = new Float64Array(2 * hashes.length + 1);
  dictionary.offsets.set(offsets);
  dictionary.slots = new Int32Array(4 * hashes.length);
  for (let old = 0; old < code; old++) putInSlot(dictionary, old);
}

function putInSlot({ slots, hashes }: TextDictionary, code: number): void {
  const mask = slots.length - 1;
  let slot = (hashes[code] ?? 0) & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = code + 1;
}
