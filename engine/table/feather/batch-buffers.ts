/** The buffers of one column in one batch, unpacked. */
import { fail } from "../problems.ts";
import type { ArrowBlock, ArrowField, ArrowType } from "./arrow-schema.ts";
import { brokenFeather, bytesOf, decoded } from "./arrow-file.ts";
import type { ArrowFile } from "./arrow-file.ts";
import type { BatchHeader, Codec, Region } from "./arrow-message.ts";
import { unpackLz4 } from "../compression/lz4-frame.ts";
import { unpackZstd } from "../compression/zstd.ts";

/** A batch whose message has been read. */
export interface ArrowBatch {
  readonly arrow: ArrowFile;
  readonly block: ArrowBlock;
  readonly header: BatchHeader;
}

/** Where a column's part of a batch begins in its lists. */
export interface FieldPlace {
  readonly node: number;
  readonly region: number;
  /** How many regions are its own. */
  readonly regions: number;
}

/** The places of all columns of a batch; children stand behind their parents. */
export function fieldPlaces(
  { arrow, header }: ArrowBatch,
  fields: readonly ArrowField[],
): readonly FieldPlace[] {
  let [node, region, view] = [0, 0, 0];
  const pass = (field: ArrowField): FieldPlace => {
    const type = field.dictionary?.index ?? field.type;
    const views = type.kind === "text-view" ? (header.viewBuffers[view++] ?? 0) : 0;
    const regions = regionsOf(type, arrow.file, field.name) + views;
    const place = { node, region, regions };
    node++;
    region += regions;
    if (field.dictionary === null) field.children.forEach(pass);
    return place;
  };
  const places = fields.map(pass);
  if (node > header.nodes.length || region > header.regions.length) brokenFeather(arrow.file);
  return places;
}

function regionsOf(type: ArrowType, file: string, column: string): number {
  switch (type.kind) {
    case "null":
      return 0;
    case "text":
    case "large-text":
      return 3;
    case "other":
      // Without their number, the buffers of the columns behind it cannot be found either.
      return Number.isNaN(type.buffers)
        ? fail("unsupported-column-type", { file, column, type: type.name })
        : type.buffers;
    default:
      return 2;
  }
}

/** A buffer longer than this is not read: nobody writes batches of so many rows. */
const LONGEST = 1 << 29;

/**
 * The bytes of a region; none where the batch has none. Problems: broken-table,
 * unsupported-compression, batch-too-large.
 */
export function bufferOf({ arrow, block, header }: ArrowBatch, region: number): Uint8Array {
  const { offset, length } = header.regions[region] ?? brokenFeather(arrow.file);
  if (length === 0) return new Uint8Array(0);
  if (offset < 0 || offset + length > block.body) return brokenFeather(arrow.file);
  const { codec } = header;
  const place: Region = { offset: block.offset + block.metadata + offset, length };
  mustBeBounded(arrow.file, length);
  const bytes = bytesOf(arrow, place.offset, place.length);
  return codec === "none" ? bytes : unpacked(arrow.file, bytes, codec);
}

function mustBeBounded(file: string, length: number): void {
  if (length > LONGEST) fail("unsupported-table", { file, what: "batches above 512 MiB a column" });
}

/** In front of a packed buffer stands its unpacked length; -1 means that it is not packed. */
const NOT_PACKED = -1n;

function unpacked(file: string, bytes: Uint8Array, codec: Codec): Uint8Array {
  const length = decoded(file, () => new DataView(bytes.buffer).getBigInt64(0, true));
  const packed = bytes.subarray(8);
  if (length === NOT_PACKED) return packed;
  if (length < 0n) return brokenFeather(file);
  mustBeBounded(file, Number(length));
  switch (codec) {
    case "zstd":
      return unpackZstd(packed, Number(length)) ?? brokenFeather(file);
    case "lz4": {
      const out = new Uint8Array(Number(length));
      return unpackLz4(packed, out) ? out : brokenFeather(file);
    }
    default:
      return fail("unsupported-table", { file, what: "a compression other than lz4 and zstd" });
  }
}
