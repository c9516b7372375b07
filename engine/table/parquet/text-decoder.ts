/** Texts of a parquet column as codes that stay the same for the whole file. */
import { fail } from "../../base/problems.ts";
import { textOrNull } from "../csv/cell-bytes.ts";
import { addText, codeOf, SLACK, textDictionary } from "../csv/text-dictionary.ts";
import type { TextDictionary } from "../csv/text-dictionary.ts";
import { LONGEST_TEXT, mustBeShort, mustFit } from "../csv/text-limits.ts";
import { MISSING_WORD } from "../columns/typed-table.ts";
import type { TextOf } from "../columns/typed-table.ts";
import { PLAIN, PLAIN_DICTIONARY, RUNS_OF_CODES } from "./encodings.ts";
import { endOfRuns, readRuns } from "./hybrid-runs.ts";
import { codeRuns } from "./value-decoder.ts";
import type { DictionaryBytes, PageValues, ValueDecoder } from "./value-decoder.ts";

/** Whose texts they are. */
export interface ColumnName {
  readonly file: string;
  readonly column: string;
}

interface TextColumn {
  readonly about: ColumnName;
  readonly out: Int32Array;
  readonly dictionary: TextDictionary;
  /** Codes of bytes that are no text, of which a problem is told where a row has them. */
  readonly damaged: Set<number>;
  /** Codes of texts that are too long, likewise. */
  readonly long: Set<number>;
  /** Bytes of texts are looked up here, because memory must go on behind them. */
  room: DataView;
}

/**
 * Each distinct text of the file is decoded once, each of a row group's dictionary looked up once. Problem:
 * not-utf8-text, of the first row that has it.
 */
export function textDecoder(about: ColumnName, size: number): ValueDecoder {
  const column = textColumn(about, size);
  const { out, dictionary, damaged, long } = column;
  const textOf: TextOf = (code, place) => {
    if (long.has(code)) mustBeShort(Infinity, LONGEST_TEXT, place);
    return damaged.has(code) ? fail("not-utf8-text", place()) : (dictionary.texts[code] ?? "");
  };
  let codes: Int32Array = NO_CODES;
  let page: PageValues | null = null;
  return {
    ...{ typed: { kind: "word", codes: out, textOf }, out, missing: MISSING_WORD },
    useDictionary: (next) => {
      codes = next === null ? NO_CODES : dictionaryCodes(column, next);
    },
    usePage: (encoding, bytes) => {
      page = pageCodes(column, encoding, bytes, codes);
    },
    read: (at, count) => page?.read(at, count),
    moved: () => undefined,
    used: () => page?.used() ?? NaN,
  };
}

function textColumn(about: ColumnName, size: number): TextColumn {
  return {
    about,
    out: new Int32Array(size),
    dictionary: textDictionary([]),
    damaged: new Set(),
    long: new Set(),
    room: new DataView(new ArrayBuffer(SLACK)),
  };
}

const NO_CODES = new Int32Array(0);

/** Every text has a length of four bytes. */
function dictionaryCodes(column: TextColumn, { bytes, entries }: DictionaryBytes): Int32Array {
  if (entries * 4 > bytes.length) throw new RangeError("a dictionary that cannot be");
  const codes = new Int32Array(entries);
  const plain = { bytes: withSlack(column, bytes), end: bytes.length, at: 0 };
  readTexts(column, plain, codes);
  if (plain.at !== plain.end) throw new RangeError("a dictionary of another length");
  return codes;
}

function pageCodes(
  column: TextColumn,
  encoding: number,
  bytes: Uint8Array,
  known: Int32Array,
): PageValues {
  if (encoding === PLAIN) return plainTexts(column, bytes);
  const coded = encoding === RUNS_OF_CODES || encoding === PLAIN_DICTIONARY;
  if (!coded) throw new RangeError("an encoding that the footer does not name");
  return codedTexts(column, bytes, known);
}

function plainTexts(column: TextColumn, bytes: Uint8Array): PageValues {
  const plain = { bytes: withSlack(column, bytes), end: bytes.length, at: 0 };
  return {
    read: (at, count) => {
      readTexts(column, plain, column.out.subarray(at, at + count));
    },
    used: () => plain.at,
  };
}

function codedTexts({ out }: TextColumn, bytes: Uint8Array, known: Int32Array): PageValues {
  const runs = codeRuns(bytes);
  return {
    read: (at, count) => {
      readRuns(runs, out, at, count);
      replaceCodes(out, at, at + count, known);
    },
    used: () => endOfRuns(runs),
  };
}

/** The loop sees nothing but arrays of numbers, and so is compiled once for all columns. */
function replaceCodes(out: Int32Array, from: number, to: number, known: Int32Array): void {
  const { length } = known;
  for (let place = from; place < to; place++) {
    const code = out[place] ?? 0;
    if (code < 0 || code >= length) throw new RangeError("a code without a text");
    out[place] = known[code] ?? 0;
  }
}

/** The bytes in memory that goes on behind them, until the next ones. */
function withSlack(column: TextColumn, bytes: Uint8Array): DataView {
  const needed = bytes.length + SLACK;
  if (column.room.byteLength < needed) column.room = new DataView(new ArrayBuffer(needed));
  new Uint8Array(column.room.buffer).set(bytes);
  return column.room;
}

interface PlainTexts {
  readonly bytes: DataView;
  readonly end: number;
  at: number;
}

function readTexts(column: TextColumn, plain: PlainTexts, out: Int32Array): void {
  const { dictionary } = column;
  dictionary.input = plain.bytes;
  for (let place = 0; place < out.length; place++) {
    const start = plain.at + 4;
    if (start > plain.end) throw new RangeError("too few texts");
    const end = start + plain.bytes.getUint32(plain.at, true);
    if (end > plain.end) throw new RangeError("a text beyond its page");
    const known = codeOf(dictionary, start, end);
    out[place] = known >= 0 ? known : addedCode(column, start, end);
    plain.at = end;
  }
}

function addedCode(column: TextColumn, start: number, end: number): number {
  const { about, dictionary, damaged, long, room } = column;
  mustFit(dictionary.total, () => about);
  const isLong = end - start > LONGEST_TEXT;
  const text = isLong ? "" : textOrNull(new Uint8Array(room.buffer, start, end - start));
  const code = addText(dictionary, text ?? "", start, end);
  if (text === null) damaged.add(code);
  if (isLong) long.add(code);
  return code;
}
