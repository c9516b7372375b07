import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { pieceReader } from "../../engine/backend/postgresql/binary-rows.ts";
import type { ColumnChunk } from "../../engine/backend/database/session.ts";
import { PostgresqlFault } from "../../engine/backend/postgresql/postgresql-error.ts";

type Cell = string | number | bigint | null;
type Row = readonly [Cell, Cell, Cell, Cell, Cell];

const [INT8, INT2, INT4, FLOAT8, TEXT] = [20, 21, 23, 701, 25];
const types = [INT8, INT2, INT4, FLOAT8, TEXT];

/** As COPY sends them. */
function bytesOf(rows: readonly Row[]): Buffer {
  const parts: Buffer[] = [Buffer.alloc(19)];
  for (const row of rows) {
    const head = Buffer.alloc(2);
    head.writeInt16BE(row.length);
    parts.push(head);
    for (const [place, cell] of row.entries()) {
      const bytes = cell === null ? Buffer.alloc(0) : cellBytes(cell, types[place] ?? 0);
      const size = Buffer.alloc(4);
      size.writeInt32BE(cell === null ? -1 : bytes.length);
      parts.push(size, bytes);
    }
  }
  return Buffer.concat([...parts, Buffer.from([0xff, 0xff])]);
}

function cellBytes(cell: Exclude<Cell, null>, type: number): Buffer {
  const bytes = Buffer.alloc({ [INT8]: 8, [INT2]: 2, [INT4]: 4, [FLOAT8]: 8 }[type] ?? 0);
  if (type === INT8) bytes.writeBigInt64BE(BigInt(cell));
  else if (type === INT2) bytes.writeInt16BE(Number(cell));
  else if (type === INT4) bytes.writeInt32BE(Number(cell));
  else if (type === FLOAT8) bytes.writeDoubleBE(Number(cell));
  else return Buffer.from(String(cell));
  return bytes;
}

/** Read in parts that end anywhere. */
function read(rows: readonly Row[], size: number): Cell[][] {
  const bytes = bytesOf(rows);
  const reader = pieceReader(types);
  const found: Cell[][] = [];
  const take = (chunks: Iterable<ColumnChunk>): void => {
    for (const chunk of chunks) {
      const columns = types.map((_, place) => chunk.values(place) as readonly Cell[]);
      for (let row = 0; row < chunk.rows; row++)
        found.push(columns.map((each) => each[row] ?? null));
    }
  };
  for (let at = 0; at < bytes.length; at += size) take(reader.read(bytes.subarray(at, at + size)));
  take(reader.end());
  return found;
}

const orMissing = <T extends Cell>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });
const row = fc.tuple(
  orMissing(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n })),
  orMissing(fc.integer({ min: -32768, max: 32767 })),
  orMissing(fc.integer()),
  orMissing(fc.double({ noNaN: true })),
  orMissing(fc.oneof(fc.constantFrom("", "F", "ß", "North"), fc.string({ unit: "binary" }))),
);

describe("rows that PostgreSQL sends in binary", () => {
  it("come with every digit, wherever the bytes are cut", () => {
    const holds = fc.property(fc.array(row), fc.integer({ min: 1, max: 300 }), (rows, size) => {
      const exact = rows.map((each) =>
        each.map((cell) =>
          typeof cell === "bigint" && Number.isSafeInteger(Number(cell)) ? Number(cell) : cell,
        ),
      );
      assert.deepEqual(read(rows, size), exact);
    });
    fc.assert(holds, { seed: 7, numRuns: 150 });
  });

  it("come in pieces, which do not keep what the rows before them had", () => {
    const rows = Array.from({ length: 5000 }, (_, i): Row => {
      const isThere = i < 2100;
      return isThere ? [i, 1, i, i / 2, `t${i}`] : [null, null, null, null, null];
    });
    assert.deepEqual(
      read(rows, 1000),
      rows.map((each) => [...each]),
    );
  });

  it("are refused as numbers where a double does not hold one", () => {
    for (const [number, isHeld] of [
      [2n ** 53n - 1n, true],
      [-(2n ** 53n) + 1n, true],
      [2n ** 53n, false],
      [-(2n ** 53n), false],
      [-(2n ** 63n), false],
    ] as const) {
      const reader = pieceReader([INT8]);
      const bytes = bytesOf([[number] as unknown as Row]);
      const [chunk] = [...reader.read(bytes), ...reader.end()];
      const numbers = (): Float64Array | undefined => chunk?.raw(0, Float64Array);
      if (isHeld) assert.equal(numbers()?.[0], Number(number));
      else assert.throws(numbers, PostgresqlFault);
    }
  });
});
