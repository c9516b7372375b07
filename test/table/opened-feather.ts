/** Feather files as Apache's own reader sees them. */
import * as arrow from "apache-arrow";

import { unpackZstd, zstdReady } from "../../engine/table/compression/zstd.ts";

export async function opened(bytes: Uint8Array): Promise<arrow.Table> {
  await zstdReady();
  // The reader hands over the bytes behind the length, and nobody tells the codec that.
  const decode = (packed: Uint8Array) => unpackZstd(packed, sizeInFrame(packed)) ?? packed;
  arrow.compressionRegistry.set(arrow.CompressionType.ZSTD, { decode });
  return arrow.tableFromIPC(bytes);
}

/** A zstd frame tells its unpacked size behind its header of four or five bytes. */
function sizeInFrame(packed: Uint8Array): number {
  const view = new DataView(packed.buffer, packed.byteOffset);
  const flags = packed[4] ?? 0;
  const single = (flags & 32) !== 0;
  const at = single ? 5 : 6;
  switch (flags >> 6) {
    case 0:
      return view.getUint8(at);
    case 1:
      return view.getUint16(at, true) + 256;
    default:
      return view.getUint32(at, true);
  }
}
