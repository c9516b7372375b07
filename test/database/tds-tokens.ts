/** What a SQL Server says to a client, in the Tabular Data Stream protocol (7.4): tokens of an answer. */

export type ColumnKind =
  "bigint" | "tinyint" | "float" | "nvarchar" | "nvarchar(max)" | "date" | "datetime2";

export interface Column {
  readonly name: string;
  readonly kind: ColumnKind;
}

export const DONE = { final: 0, error: 2, counted: 0x10, cancelled: 0x20 } as const;

/** Western European code page, letter case and accents told apart by sort order 52. */
const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

function bytes(...values: readonly number[]): Buffer {
  return Buffer.from(values);
}

function two(value: number): Buffer {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
}

function wide(text: string): Buffer {
  return Buffer.from(text, "utf16le");
}

function shortText(text: string): Buffer {
  return Buffer.concat([bytes(text.length), wide(text)]);
}

function sized(token: number, body: Buffer): Buffer {
  return Buffer.concat([bytes(token), two(body.length), body]);
}

/** What a server tells of itself before a login; `encryption` 1 on, 2 not there. */
export function prelogin(encryption: number): Buffer {
  const options = [
    [0, bytes(14, 0, 0x0b, 0xb8, 0, 0)],
    [1, bytes(encryption)],
    [2, bytes(0)],
    [3, Buffer.alloc(0)],
    [4, bytes(0)],
  ] as const;
  let offset = options.length * 5 + 1;
  const table = options.map(([option, data]) => {
    const entry = Buffer.alloc(5);
    entry[0] = option;
    entry.writeUInt16BE(offset, 1);
    entry.writeUInt16BE(data.length, 3);
    offset += data.length;
    return entry;
  });
  return Buffer.concat([...table, bytes(0xff), ...options.map(([, data]) => data)]);
}

export function loggedIn(database: string, packet: number): Buffer {
  const changed = (type: number, now: string, before: string): Buffer =>
    sized(0xe3, Buffer.concat([bytes(type), shortText(now), shortText(before)]));
  const version = bytes(14, 0, 0x0b, 0xb8);
  const program = shortText("Microsoft SQL Server");
  return Buffer.concat([
    changed(1, database, "master"),
    sized(0xe3, Buffer.concat([bytes(7, 5), COLLATION, bytes(0)])),
    changed(4, String(packet), "4096"),
    sized(0xad, Buffer.concat([bytes(1, 0x74, 0, 0, 4), program, version])),
    done(DONE.final, 0),
  ]);
}

export function done(status: number, rows: number): Buffer {
  const buffer = Buffer.alloc(13);
  buffer[0] = 0xfd;
  buffer.writeUInt16LE(status, 1);
  buffer.writeUInt16LE(0xc1, 3);
  buffer.writeBigUInt64LE(BigInt(rows), 5);
  return buffer;
}

export function refused(number: number, severity: number, message: string): Buffer {
  const head = Buffer.alloc(6);
  head.writeInt32LE(number, 0);
  head[4] = 1;
  head[5] = severity;
  const shown = message.slice(0, 2000);
  const where = [shortText("test"), shortText(""), bytes(1, 0, 0, 0)];
  return sized(0xaa, Buffer.concat([head, two(shown.length), wide(shown), ...where]));
}

const described: { readonly [K in ColumnKind]: Buffer } = {
  bigint: bytes(0x26, 8),
  tinyint: bytes(0x26, 1),
  float: bytes(0x6d, 8),
  nvarchar: Buffer.concat([bytes(0xe7), two(8000), COLLATION]),
  "nvarchar(max)": Buffer.concat([bytes(0xe7), two(0xffff), COLLATION]),
  date: bytes(0x28),
  datetime2: bytes(0x2a, 7),
};

export function columnsToken(columns: readonly Column[]): Buffer {
  const all = columns.map(({ name, kind }) =>
    Buffer.concat([bytes(0, 0, 0, 0, 9, 0), described[kind], shortText(name.slice(0, 128))]),
  );
  return Buffer.concat([bytes(0x81), two(columns.length), ...all]);
}

type CellValue = string | number | bigint | boolean | null;

export function rowToken(columns: readonly Column[], row: readonly unknown[]): Buffer {
  return Buffer.concat([
    bytes(0xd1),
    ...columns.map(({ kind }, i) => cellBytes(kind, (row[i] ?? null) as CellValue)),
  ]);
}

function cellBytes(kind: ColumnKind, value: CellValue): Buffer {
  if (value === null && kind === "nvarchar(max)") return Buffer.alloc(8, 0xff);
  if (value === null) return kind === "nvarchar" ? two(0xffff) : bytes(0);
  switch (kind) {
    case "bigint": {
      const buffer = Buffer.alloc(9);
      buffer[0] = 8;
      buffer.writeBigInt64LE(BigInt(String(value)), 1);
      return buffer;
    }
    case "tinyint":
      return bytes(1, Number(value));
    case "float": {
      const buffer = Buffer.alloc(9);
      buffer[0] = 8;
      buffer.writeDoubleLE(Number(value), 1);
      return buffer;
    }
    case "nvarchar": {
      const text = wide(String(value).slice(0, 4000));
      return Buffer.concat([two(text.length), text]);
    }
    case "nvarchar(max)": {
      const text = wide(String(value));
      const sizes = Buffer.alloc(12);
      sizes.writeBigUInt64LE(BigInt(text.length));
      sizes.writeUInt32LE(text.length, 8);
      // Of an empty text there is no part.
      return Buffer.concat([
        ...(text.length === 0 ? [sizes.subarray(0, 8)] : [sizes, text]),
        Buffer.alloc(4),
      ]);
    }
    case "date":
      return Buffer.concat([bytes(3), dayBytes(String(value))]);
    case "datetime2": {
      const [day = "", time = "00:00:00"] = String(value).split(/[T ]/);
      const [hours = 0, minutes = 0, seconds = 0] = time.split(":").map(Number);
      const ticks = Buffer.alloc(8);
      ticks.writeBigUInt64LE(BigInt(Math.round(((hours * 60 + minutes) * 60 + seconds) * 1e7)));
      return Buffer.concat([bytes(8), ticks.subarray(0, 5), dayBytes(day)]);
    }
  }
}

/** Days since the first of the calendar. */
function dayBytes(day: string): Buffer {
  const number = Math.round(Date.parse(`${day.slice(0, 10)}T00:00:00Z`) / 86_400_000) + 719_162;
  return bytes(number & 255, (number >> 8) & 255, (number >> 16) & 255);
}
