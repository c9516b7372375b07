/** Texts of an Arrow column where they stand, by their place. */
import type { TextType } from "./arrow-schema.ts";
import { bufferOf } from "./batch-buffers.ts";
import type { ArrowBatch, FieldPlace } from "./batch-buffers.ts";
import { brokenFeather } from "./arrow-file.ts";
import { view } from "../columns/fixed-values.ts";

/** The bytes of the text at a place; they may be shared with others. */
export type TextAt = (at: number) => Uint8Array;

/** Problem: broken-table, here or when a text lies outside the bytes. */
export function textValues(
  batch: ArrowBatch,
  place: FieldPlace,
  type: TextType,
  rows: number,
): TextAt {
  const { file } = batch.arrow;
  const first = bufferOf(batch, place.region + 1);
  if (type.kind === "text-view") return viewTexts(batch, place, first, rows);
  const bytes = bufferOf(batch, place.region + 2);
  const wide = type.kind === "large-text";
  const size = wide ? 8 : 4;
  // A column without rows may leave out its only offset.
  if (rows === 0) return () => bytes.subarray(0, 0);
  if (first.length < (rows + 1) * size) return brokenFeather(file);
  // Of a 64-bit offset the lower half is enough: a buffer is shorter than 2^32.
  const offsets = view(first, Uint32Array, ((rows + 1) * size) / 4);
  const step = wide ? 2 : 1;
  return (at) => {
    const start = offsets[at * step] ?? 0;
    const end = offsets[(at + 1) * step] ?? 0;
    if (start > end || end > bytes.length) return brokenFeather(file);
    return bytes.subarray(start, end);
  };
}

/** Texts of that many bytes at most stand in the view itself. */
const INLINE = 12;

function viewTexts(batch: ArrowBatch, place: FieldPlace, views: Uint8Array, rows: number): TextAt {
  const { file } = batch.arrow;
  if (views.length < rows * 16) return brokenFeather(file);
  const words = new DataView(views.buffer, views.byteOffset, views.byteLength);
  const buffers = Array.from({ length: place.regions - 2 }, (_, buffer) =>
    bufferOf(batch, place.region + 2 + buffer),
  );
  return (at) => {
    const start = at * 16;
    const length = words.getUint32(start, true);
    if (length <= INLINE) return views.subarray(start + 4, start + 4 + length);
    const buffer = buffers[words.getUint32(start + 8, true)];
    const offset = words.getUint32(start + 12, true);
    if (buffer === undefined || offset + length > buffer.length) return brokenFeather(file);
    return buffer.subarray(offset, offset + length);
  };
}
