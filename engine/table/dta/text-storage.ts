/** Texts: as many bytes each as the longest has, or behind the rows where one is too long for that. */
import { failForType } from "../csv/cell-column.ts";
import { valueBytes } from "../columns/value-bytes.ts";
import type { ValueBytes } from "../columns/value-bytes.ts";
import { LONG_TEXT_HEADER } from "./long-text-bytes.ts";
import { LONGEST_STR } from "./storage-type.ts";
import { bytesOf, ownMemory } from "./stored-column.ts";
import type { CellPlaces, PackedColumn, StoredColumn } from "./stored-column.ts";
import { layout118 } from "./dta-layout.ts";

/** What decides how the texts are stored. All in bytes, of all rows so far. */
interface TextFacts {
  longest: number;
  /** Texts that are not empty. */
  count: number;
  total: number;
  /** Texts that hold a NUL, which ends a text in a row. */
  withNul: number;
}

export function textStorage(): PackedColumn {
  let codes: Uint32Array = new Uint32Array(0);
  let words = valueBytes([], (word) => word);
  let hasNul: readonly boolean[] = [];
  const facts: TextFacts = { longest: 0, count: 0, total: 0, withNul: 0 };
  return {
    use: (values) => {
      if (values.type !== "str") failForType("str");
      codes = values.codes;
      // A list may have grown since the last batch.
      if (words.values === values.values && hasNul.length === values.values.length) return;
      words = valueBytes(values.values, (word) => word);
      hasNul = values.values.map((word) => word.includes("\0"));
    },
    longest: () => words.longest + 4,
    pack: (first, count) => {
      const some = codes.subarray(first, first + count);
      for (const code of some) if (hasNul[code] === true) facts.withNul++;
      return packTexts(words, some, facts);
    },
    stored: () => {
      const long = facts.longest > LONGEST_STR || facts.withNul > 0;
      return long ? longTexts(facts) : shortTexts(Math.max(1, facts.longest));
    },
  };
}

/** Four bytes of length for each row, then the texts. */
function packTexts(
  { bytes, starts }: ValueBytes,
  codes: Uint32Array,
  facts: TextFacts,
): readonly Uint8Array[] {
  const lengths = new Uint32Array(codes.length);
  let total = 0;
  codes.forEach((code, row) => {
    const length = (starts[code + 1] ?? 0) - (starts[code] ?? 0);
    lengths[row] = length;
    total += length;
    if (length > 0) facts.count++;
    if (length > facts.longest) facts.longest = length;
  });
  facts.total += total;
  const texts = new Uint8Array(total);
  let at = 0;
  for (const code of codes) {
    const start = starts[code] ?? 0;
    const end = starts[code + 1] ?? 0;
    copyBytes({ bytes, start, end }, texts, at);
    at += end - start;
  }
  return [bytesOf(lengths), texts];
}

/** Above this, copying in one call is faster than byte by byte. */
const SHORT = 24;

interface ByteRange {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

function copyBytes({ bytes, start, end }: ByteRange, to: Uint8Array, place: number): void {
  if (end - start > SHORT) to.set(bytes.subarray(start, end), place);
  else for (let i = start; i < end; i++) to[place + i - start] = bytes[i] ?? 0;
}

function lengthsOf(packed: Uint8Array, count: number): Uint32Array {
  return new Uint32Array(ownMemory(packed.subarray(0, 4 * count)));
}

/** Each packed text, in the order of the rows; empty ones too. */
export function* unpackedTexts(packed: Uint8Array, count: number): Generator<Uint8Array> {
  const lengths = lengthsOf(packed, count);
  let at = 4 * count;
  for (const length of lengths) {
    yield packed.subarray(at, at + length);
    at += length;
  }
}

function shortTexts(width: number): StoredColumn {
  return {
    type: { kind: "str", bytes: width },
    displayFormat: `%${Math.max(9, width)}s`,
    longTextBytes: 0,
    put: (packed, { bytes, at, stride, count }) => {
      const lengths = lengthsOf(packed, count);
      let from = 4 * count;
      for (let row = 0, place = at; row < count; row++, place += stride) {
        const end = from + (lengths[row] ?? 0);
        copyBytes({ bytes: packed, start: from, end }, bytes, place);
        for (let i = place + end - from; i < place + width; i++) bytes[i] = 0;
        from = end;
      }
    },
  };
}

/** A cell refers to its text by its own column and row; an empty one to nothing. */
function longTexts({ count, total, withNul }: TextFacts): StoredColumn {
  return {
    type: { kind: "strL", bytes: 8 },
    displayFormat: "%9s",
    // Behind each text without a NUL stands one.
    longTextBytes: count * (LONG_TEXT_HEADER + 1) + total - withNul,
    put: putReferences,
  };
}

function putReferences(packed: Uint8Array, places: CellPlaces): void {
  const { bytes, view, at, stride, count, firstRow, column } = places;
  const lengths = lengthsOf(packed, count);
  for (let row = 0; row < count; row++) {
    const place = at + row * stride;
    bytes.fill(0, place, place + 8);
    if (lengths[row] === 0) continue;
    view.setUint16(place, column, true);
    view.setUint32(place + layout118.textColumn, (firstRow + row) % 2 ** 32, true);
    view.setUint16(place + 6, Math.floor((firstRow + row) / 2 ** 32), true);
  }
}
