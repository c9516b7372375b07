/** A sink whose bytes arrive gzipped. The same bytes in give the same bytes out. */
import { once } from "node:events";
import { createGzip } from "node:zlib";

import type { AtomicFile } from "../../files/atomic-file.ts";

export interface ByteSink {
  /** The bytes may be reused when the promise is fulfilled. */
  write(bytes: Uint8Array): Promise<void>;
  end(): Promise<void>;
}

/** Level 6; no name, time stamp or operating system in the header. */
export function gzipped(file: Pick<AtomicFile, "write">): ByteSink {
  const gzip = createGzip({ level: 6, chunkSize: 1 << 18 });
  const packed: Buffer[] = [];
  let first = true;
  gzip.on("data", (bytes: Buffer) => {
    if (first) bytes[OPERATING_SYSTEM] = UNKNOWN;
    first = false;
    packed.push(bytes);
  });
  const drain = async (): Promise<void> => {
    for (const bytes of packed.splice(0)) await file.write(bytes);
  };
  return {
    async write(bytes) {
      await new Promise<void>((resolve, reject) => {
        gzip.write(bytes, (error) => {
          if (error) reject(error);
          else resolve();
        });
      });
      await drain();
    },
    async end() {
      gzip.end();
      await once(gzip, "end");
      await drain();
    },
  };
}

/** RFC 1952: byte 9 of the header, which zlib fills with the system it was compiled for. */
const OPERATING_SYSTEM = 9;
const UNKNOWN = 255;
