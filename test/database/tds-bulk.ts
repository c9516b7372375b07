/** Rows of a bulk load, as a client sends them: the types that are used for codelists and files of values. */

export interface Loaded {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const MAX = 0xffff;

class Reader {
  readonly #body: Buffer;
  at = 0;

  constructor(body: Buffer) {
    this.#body = body;
  }

  get isAtRow(): boolean {
    return this.at < this.#body.length && this.#body[this.at] === 0xd1;
  }

  byte(): number {
    return this.#body[this.at++] ?? 0;
  }

  two(): number {
    this.at += 2;
    return this.#body.readUInt16LE(this.at - 2);
  }

  four(): number {
    this.at += 4;
    return this.#body.readUInt32LE(this.at - 4);
  }

  take(length: number): Buffer {
    this.at += length;
    return this.#body.subarray(this.at - length, this.at);
  }
}

interface LoadedColumn {
  readonly name: string;
  readonly type: number;
  readonly length: number;
}

export function readBulk(body: Buffer): Loaded {
  const reader = new Reader(body);
  // The client gave up before its first row.
  if (reader.byte() !== 0x81) return { columns: [], rows: [] };
  const columns = Array.from({ length: reader.two() }, () => readColumn(reader));
  const rows: (string | number | null)[][] = [];
  while (reader.isAtRow) {
    reader.byte();
    rows.push(columns.map((column) => readCell(reader, column)));
  }
  return { columns: columns.map(({ name }) => name), rows };
}

function readColumn(reader: Reader): LoadedColumn {
  reader.take(6);
  const type = reader.byte();
  let length = 0;
  if (type === 0xe7 || type === 0xa7) {
    length = reader.two();
    reader.take(5);
  } else if (type !== 0x28) length = reader.byte();
  const name = reader.take(reader.byte() * 2).toString("utf16le");
  return { name, type, length };
}

function readCell(reader: Reader, { type, length }: LoadedColumn): string | number | null {
  if (type === 0xe7 || type === 0xa7) {
    const text = length === MAX ? readParts(reader) : readShort(reader);
    return text === null ? null : text.toString(type === 0xe7 ? "utf16le" : "latin1");
  }
  const size = reader.byte();
  if (size === 0) return null;
  const cell = reader.take(size);
  if (type === 0x26) return size === 8 ? Number(cell.readBigInt64LE()) : cell.readIntLE(0, size);
  if (type === 0x6d) return size === 8 ? cell.readDoubleLE() : cell.readFloatLE();
  const day = cell.readUIntLE(0, 3) - 719_162;
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

function readShort(reader: Reader): Buffer | null {
  const size = reader.two();
  return size === MAX ? null : reader.take(size);
}

function readParts(reader: Reader): Buffer | null {
  const [low, high] = [reader.four(), reader.four()];
  if (low === 0xffffffff && high === 0xffffffff) return null;
  const parts: Buffer[] = [];
  for (let size = reader.four(); size > 0; size = reader.four()) parts.push(reader.take(size));
  return Buffer.concat(parts);
}
