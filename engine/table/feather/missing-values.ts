/** Which rows of a column have no value. */
import { brokenFeather } from "./arrow-file.ts";
import { bufferOf } from "./batch-buffers.ts";
import type { ArrowBatch, FieldPlace } from "./batch-buffers.ts";
import { bitAt } from "../columns/fixed-values.ts";

/** Writes `missing` over the first `count` values, which are those from `from` on, where there is none. */
export type MarkMissing = (
  from: number,
  count: number,
  values: Float64Array | Int32Array,
  missing: number,
) => void;

/** Of a column in which every row has a value. */
export const nothingMissing: MarkMissing = () => undefined;

/** Problem: broken-table. */
export function missingValues(batch: ArrowBatch, place: FieldPlace, rows: number): MarkMissing {
  const node = batch.header.nodes[place.node];
  if (node?.length !== rows) return brokenFeather(batch.arrow.file);
  if (node.missing === 0) return nothingMissing;
  const bits = bufferOf(batch, place.region);
  // Without the buffer no value is missing, whatever was counted.
  if (bits.length === 0) return nothingMissing;
  if (bits.length * 8 < rows) return brokenFeather(batch.arrow.file);
  return (from, count, values, missing) => {
    for (let at = 0; at < count; at++) if (bitAt(bits, from + at) === 0) values[at] = missing;
  };
}
