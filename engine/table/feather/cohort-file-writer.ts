/** Apache's own writer of Arrow files, with what a cohort written in one pass needs. */
import { Message, RecordBatchFileWriter } from "apache-arrow";
import type { Data, Schema } from "apache-arrow";

/** Stands for the length of a buffer that packing would have made longer. */
const NOT_PACKED = -1n;

/**
 * Differs in three ways, all as the format has them. The schema also stands at the start, for readers of
 * streams. Dictionaries are written when all batches are, and so are complete: their values are not known
 * before, and a file needs no order among its parts; dictionaries in pieces, which the writer would make,
 * are refused by Polars. In front of a packed buffer stands its unpacked length: version 21.2 puts the
 * packed one there, which only itself can read. See test/foreign.
 */
export class CohortFileWriter extends RecordBatchFileWriter {
  private readonly chunks: Uint8Array[] = [];

  /** What was written since the last call. */
  take(): readonly Uint8Array[] {
    return this.chunks.splice(0);
  }

  writeValues(id: number, values: Data): void {
    super._writeDictionaryBatch(values, id);
  }

  protected override _writeSchema(schema: Schema): this {
    super._writeSchema(schema);
    return this._writeMessage(Message.from(schema));
  }

  protected override _compressBodyBuffers(buffers: ArrayBufferView[]) {
    const packed = super._compressBodyBuffers(buffers);
    buffers.forEach(({ byteLength }, at) => {
      const prefix = packed.buffers[2 * at];
      if (prefix?.byteLength !== 8) return;
      const length = new DataView(prefix.buffer, prefix.byteOffset, 8);
      if (length.getBigInt64(0, true) !== NOT_PACKED) {
        length.setBigInt64(0, BigInt(byteLength), true);
      }
    });
    return packed;
  }

  protected override _writeDictionaries(): this {
    return this;
  }

  protected override _write(chunk: ArrayBufferView): this {
    const { buffer, byteOffset, byteLength } = chunk;
    if (byteLength > 0) this.chunks.push(new Uint8Array(buffer, byteOffset, byteLength));
    this._position += byteLength;
    return this;
  }
}
