/** The first bytes of a DuckDB file: what it is, where DuckDB itself only says that it cannot open it. */
import { closeSync, openSync, readSync } from "node:fs";

export interface DatabaseHeader {
  /** Of the way in which the file is stored, which is not the version of DuckDB. */
  readonly storage: number;
  /** Of the DuckDB that wrote it, as "v1.5.6"; null where it does not say. */
  readonly writtenBy: string | null;
}

/** The newest that the library reads. See test/database "a newer version". */
export const NEWEST_STORAGE = 68;

const MAGIC_AT = 8;
const STORAGE_AT = 12;
const WRITER_AT = 52;
const WRITER_LENGTH = 32;

/** Null for a file that is no DuckDB database. Throws what the file system answers. */
export function databaseHeader(path: string): DatabaseHeader | null {
  const bytes = firstBytes(path, WRITER_AT + WRITER_LENGTH);
  if (bytes.toString("latin1", MAGIC_AT, STORAGE_AT) !== "DUCK") return null;
  const writer = bytes.toString("latin1", WRITER_AT, WRITER_AT + WRITER_LENGTH);
  return {
    storage: Number(bytes.readBigUInt64LE(STORAGE_AT)),
    writtenBy: /^v\d+\.\d+\.\d+/.exec(writer)?.[0] ?? null,
  };
}

function firstBytes(path: string, length: number): Buffer {
  const file = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(length);
    readSync(file, bytes, 0, length, 0);
    return bytes;
  } finally {
    closeSync(file);
  }
}
