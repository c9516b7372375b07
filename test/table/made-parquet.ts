/** Parquet files made page by page, with what no writer at hand lets one choose. */
import { gzipSync } from "node:zlib";

import { packZstd } from "../../engine/table/compression/zstd.ts";
import { bytes, int, list, long, struct, structBytes, text, varInt } from "./thrift-bytes.ts";
import { flag } from "./thrift-bytes.ts";
import type { Fields, Thrift } from "./thrift-bytes.ts";

/** A whole number is a bigint where it has 64 bits. */
export type Cell = boolean | number | bigint | string | null;

export interface MadePage {
  readonly cells: readonly Cell[];
  /** The newer kind of data page. */
  readonly newer: boolean;
  readonly coding: "plain" | "codes" | "runs";
}

export type Physical = "boolean" | "int32" | "int64" | "float" | "double" | "text";

export interface MadeColumn {
  readonly name: string;
  readonly physical: Physical;
  readonly converted?: number;
  readonly logical?: Thrift;
  readonly optional: boolean;
  readonly codec: Codec;
  /** Statistics of each row group, true or not; absent = none. */
  readonly claims?: Claims;
  /** The pages of each row group. */
  readonly groups: readonly (readonly MadePage[])[];
}

export interface Claims {
  readonly missing: number;
  readonly least: bigint;
  readonly most: bigint;
}

export type Codec = "none" | "snappy" | "gzip" | "zstd" | "lz4";

const physicals: Readonly<Record<Physical, number>> = {
  ...{ boolean: 0, int32: 1, int64: 2, float: 4, double: 5, text: 6 },
};

const codecs: Readonly<Record<Codec, number>> = { none: 0, snappy: 1, gzip: 2, zstd: 6, lz4: 7 };

/** To be awaited for zstd: `zstdReady`. */
export function parquetOf(columns: readonly MadeColumn[]): Buffer {
  const parts: Buffer[] = [Buffer.from("PAR1")];
  let place = 4;
  const groups = (columns[0]?.groups ?? []).map((_, group) => {
    const chunks = columns.map((column) => {
      const pages = chunkBytes(column, column.groups[group] ?? []);
      parts.push(pages);
      place += pages.length;
      return chunkFields(column, column.groups[group] ?? [], place - pages.length, pages.length);
    });
    const rows = rowsOf(columns[0]?.groups[group] ?? []);
    return struct({ 1: list(chunks), 2: long(place), 3: long(rows) });
  });
  const rows = (columns[0]?.groups ?? []).reduce((sum, pages) => sum + rowsOf(pages), 0);
  const root = struct({ 4: text("schema"), 5: int(columns.length) });
  const footer = Buffer.from(
    structBytes({
      ...{ 1: int(1), 2: list([root, ...columns.map(element)]) },
      ...{ 3: long(rows), 4: list(groups) },
    }),
  );
  const length = Buffer.alloc(4);
  length.writeUInt32LE(footer.length);
  return Buffer.concat([...parts, footer, length, Buffer.from("PAR1")]);
}

function rowsOf(pages: readonly MadePage[]): number {
  return pages.reduce((sum, { cells }) => sum + cells.length, 0);
}

function element({ name, physical, converted, logical, optional }: MadeColumn): Thrift {
  const meaning = converted === undefined ? undefined : int(converted);
  return struct({
    ...{ 1: int(physicals[physical]), 3: int(optional ? 1 : 0), 4: text(name) },
    ...{ 6: meaning, 10: logical },
  });
}

function chunkFields(
  { name, physical, codec, claims }: MadeColumn,
  pages: readonly MadePage[],
  from: number,
  length: number,
): Thrift {
  const coded = pages.some(({ coding }) => coding === "codes");
  return struct({
    2: long(from),
    3: struct({
      ...{ 1: int(physicals[physical]), 2: list([int(0), int(3), ...(coded ? [int(8)] : [])]) },
      ...{ 3: list([text(name)]), 4: int(codecs[codec]), 5: long(rowsOf(pages)) },
      ...{ 6: long(length), 7: long(length), 9: long(from) },
      ...(coded ? { 11: long(from) } : {}),
      12: claims === undefined ? undefined : statistics(claims),
    }),
  });
}

function statistics({ missing, least, most }: Claims): Thrift {
  const value = (whole: bigint): Thrift => bytes(Buffer.from(BigInt64Array.of(whole).buffer));
  return struct({ 3: long(missing), 5: value(most), 6: value(least) });
}

function chunkBytes(column: MadeColumn, pages: readonly MadePage[]): Buffer {
  const coded = pages.filter(({ coding }) => coding === "codes").flatMap(({ cells }) => cells);
  const words = [...new Set(coded.filter((cell) => cell !== null))];
  const parts = pages.map((page) => pageBytes(column, page, words));
  if (pages.some(({ coding }) => coding === "codes")) {
    const plain = plainBytes(column.physical, words);
    const packed = pack(column.codec, plain);
    const inner = struct({ 1: int(words.length), 2: int(0) });
    const fields = { 1: int(2), 2: int(plain.length), 3: int(packed.length), 7: inner };
    parts.unshift(Buffer.concat([Buffer.from(structBytes(fields)), packed]));
  }
  return Buffer.concat(parts);
}

const encodings = { plain: 0, runs: 3, codes: 8 } as const;

function pageBytes(
  { physical, optional, codec }: MadeColumn,
  { cells, newer, coding }: MadePage,
  words: readonly Cell[],
): Buffer {
  const present = cells.filter((cell) => cell !== null);
  const values = valueBytes(physical, coding, present, words);
  const bare = optional
    ? hybrid(
        cells.map((cell) => (cell === null ? 0 : 1)),
        1,
      )
    : [];
  if (newer) {
    const packed = pack(codec, values);
    const inner: Fields = {
      ...{ 1: int(cells.length), 2: int(cells.length - present.length), 3: int(cells.length) },
      ...{ 4: int(encodings[coding]), 5: int(bare.length), 6: int(0), 7: flag(true) },
    };
    const [whole, length] = [bare.length + values.length, bare.length + packed.length];
    const fields = { 1: int(3), 2: int(whole), 3: int(length), 8: struct(inner) };
    return Buffer.concat([Buffer.from(structBytes(fields)), Buffer.from(bare), packed]);
  }
  const levels = optional ? [...fourBytes(bare.length), ...bare] : [];
  const whole = Buffer.concat([Buffer.from(levels), values]);
  const packed = pack(codec, whole);
  const inner = { 1: int(cells.length), 2: int(encodings[coding]), 3: int(3), 4: int(3) };
  const fields = { 1: int(0), 2: int(whole.length), 3: int(packed.length), 5: struct(inner) };
  return Buffer.concat([Buffer.from(structBytes(fields)), packed]);
}

function valueBytes(
  physical: Physical,
  coding: MadePage["coding"],
  present: readonly Cell[],
  words: readonly Cell[],
): Buffer {
  switch (coding) {
    case "plain":
      return plainBytes(physical, present);
    case "runs": {
      const runs = hybrid(present.map(Number), 1);
      return Buffer.from([...fourBytes(runs.length), ...runs]);
    }
    case "codes": {
      const width = words.length < 2 ? 0 : 32 - Math.clz32(words.length - 1);
      return Buffer.from([
        width,
        ...hybrid(
          present.map((cell) => words.indexOf(cell)),
          width,
        ),
      ]);
    }
  }
}

/** Runs of the same where eight are the same, and otherwise eight side by side. */
export function hybrid(numbers: readonly number[], width: number): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < numbers.length;) {
    let same = 1;
    while (at + same < numbers.length && numbers[at + same] === numbers[at]) same++;
    const repeats = same >= 8 || at + same === numbers.length;
    bytes.push(...varInt(repeats ? 2 * same : 3));
    if (repeats) {
      for (let bit = 0; bit < width; bit += 8) bytes.push(((numbers[at] ?? 0) >> bit) & 255);
      at += same;
    } else {
      bytes.push(...sideBySide(numbers.slice(at, at + 8), width));
      at += 8;
    }
  }
  return bytes;
}

function sideBySide(numbers: readonly number[], width: number): number[] {
  const bytes = Array.from({ length: width }, () => 0);
  for (const [place, number] of numbers.entries()) {
    for (let bit = 0; bit < width; bit++) {
      const at = place * width + bit;
      bytes[at >> 3] = (bytes[at >> 3] ?? 0) | (((number >> bit) & 1) << (at & 7));
    }
  }
  return bytes;
}

function fourBytes(value: number): number[] {
  return [value & 255, (value >> 8) & 255, (value >> 16) & 255, value >>> 24];
}

export function plainBytes(physical: Physical, cells: readonly Cell[]): Buffer {
  switch (physical) {
    case "boolean":
      return Buffer.from(
        Array.from({ length: Math.ceil(cells.length / 8) }, (_, byte) =>
          cells
            .slice(8 * byte, 8 * byte + 8)
            .reduce<number>((sum, on, bit) => sum | (Number(on) << bit), 0),
        ),
      );
    case "int32":
      return Buffer.from(Int32Array.from(cells, Number).buffer);
    case "int64":
      return Buffer.from(BigInt64Array.from(cells, (cell) => BigInt(cell ?? 0)).buffer);
    case "float":
      return Buffer.from(Float32Array.from(cells, Number).buffer);
    case "double":
      return Buffer.from(Float64Array.from(cells, Number).buffer);
    case "text":
      return Buffer.concat(
        cells.map((cell) => {
          const bytes = Buffer.from(String(cell));
          return Buffer.concat([Buffer.from(fourBytes(bytes.length)), bytes]);
        }),
      );
  }
}

/** Snappy and lz4 without anything repeated. */
function pack(codec: Codec, bytes: Buffer): Uint8Array {
  switch (codec) {
    case "none":
      return bytes;
    case "gzip":
      return gzipSync(bytes);
    case "zstd":
      return packZstd(bytes);
    case "snappy": {
      const literal = [63 << 2, ...fourBytes(bytes.length - 1)];
      const head = [...varInt(bytes.length), ...(bytes.length === 0 ? [] : literal)];
      return Buffer.concat([Buffer.from(head), bytes]);
    }
    case "lz4": {
      const [full, rest] = [Math.floor((bytes.length - 15) / 255), (bytes.length - 15) % 255];
      const long = [0xf0, ...Array.from({ length: full }, () => 255), rest];
      return Buffer.concat([Buffer.from(bytes.length < 15 ? [bytes.length << 4] : long), bytes]);
    }
  }
}
