import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { unpackSnappy } from "../../engine/table/compression/snappy.ts";
import { varInt } from "./thrift-bytes.ts";

type Piece =
  | { readonly kind: "new"; readonly bytes: readonly number[]; readonly width: number }
  | {
      readonly kind: "repeat";
      readonly distance: number;
      readonly length: number;
      readonly width: 1 | 2 | 4;
    };

const byte = fc.nat(255);
const piece: fc.Arbitrary<Piece> = fc.oneof(
  fc.record({
    kind: fc.constant("new" as const),
    bytes: fc.oneof(
      fc.array(byte, { minLength: 1, maxLength: 60 }),
      fc.array(byte, { minLength: 200, maxLength: 300 }),
    ),
    width: fc.constantFrom(0, 1, 2, 3, 4),
  }),
  fc.record({
    kind: fc.constant("repeat" as const),
    distance: fc.integer({ min: 1, max: 3000 }),
    length: fc.integer({ min: 1, max: 64 }),
    width: fc.constantFrom(1, 2, 4),
  }),
);

function lowBytes(value: number, width: number): readonly number[] {
  return Array.from({ length: width }, (_, at) => (value >>> (8 * at)) & 255);
}

/** The pieces packed, and what they stand for, by the published format. */
function packedOf(pieces: readonly Piece[]) {
  const [packed, plain]: [number[], number[]] = [[], []];
  for (const each of pieces) {
    if (each.kind === "new") {
      const rest = each.bytes.length - 1;
      const width = Math.max(each.width, rest < 60 ? 0 : rest < 256 ? 1 : 2);
      packed.push((width === 0 ? rest : 59 + width) << 2, ...lowBytes(rest, width), ...each.bytes);
      plain.push(...each.bytes);
    } else if (plain.length > 0) {
      const near = each.width === 1;
      const distance = Math.min(each.distance, plain.length, near ? 2047 : Infinity);
      const length = near ? 4 + (each.length % 8) : each.length;
      if (near) packed.push(1 | ((length - 4) << 2) | ((distance >> 8) << 5), distance & 255);
      else
        packed.push(
          (each.width === 2 ? 2 : 3) | ((length - 1) << 2),
          ...lowBytes(distance, each.width),
        );
      for (let i = 0; i < length; i++) plain.push(plain[plain.length - distance] ?? 0);
    }
  }
  return { packed: Uint8Array.from([...varInt(plain.length), ...packed]), plain };
}

describe("unpacking snappy", () => {
  it("gives the bytes that were packed, whatever the pieces", () => {
    const property = fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), (pieces) => {
      const { packed, plain } = packedOf(pieces);
      const length = plain.length;
      assert.deepEqual([...(unpackSnappy(packed, length) ?? [])], plain);
      assert.equal(unpackSnappy(packed, length + 1), null);
      if (length > 0) assert.equal(unpackSnappy(packed.subarray(0, -1), length), null);
    });
    fc.assert(property);
  });

  it("ends, and writes nothing beside its place, whatever the bytes", () => {
    const property = fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.nat(300),
      (packed, length) => {
        const bytes = unpackSnappy(Uint8Array.from([...varInt(length), ...packed]), length);
        assert.ok(bytes === null || bytes.length === length);
      },
    );
    fc.assert(property, { numRuns: 1000 });
  });

  it("does not go back in the input, however long new bytes are said to be", () => {
    const packed = Uint8Array.of(5, 63 << 2, 0xfa, 0xff, 0xff, 0xff, 0, 0, 0);
    assert.equal(unpackSnappy(packed, 5), null);
  });
});
