import assert from "node:assert/strict";
import { describe, it } from "node:test";

import fc from "fast-check";

import { unpackLz4 } from "../../engine/table/compression/lz4-frame.ts";

/** New bytes, then bytes repeated from so far back. */
interface Sequence {
  readonly literals: readonly number[];
  readonly distance: number;
  readonly length: number;
}

const sequence = fc.record({
  literals: fc.array(fc.nat(255), { minLength: 1, maxLength: 300 }),
  distance: fc.integer({ min: 1, max: 70_000 }),
  length: fc.integer({ min: 4, max: 700 }),
});

/** A length of 15 or more goes on in bytes of 255 and a last one. */
function rest(length: number): readonly number[] {
  if (length < 15) return [];
  const full = Math.floor((length - 15) / 255);
  return [...Array.from({ length: full }, () => 255), (length - 15) % 255];
}

/** The sequences packed, and what they stand for, by the published format. */
function blockOf(sequences: readonly Sequence[], before: readonly number[]) {
  const packed: number[] = [];
  const plain = [...before];
  sequences.forEach(({ literals, distance, length }, at) => {
    const last = at === sequences.length - 1;
    const back = Math.min(distance, plain.length + literals.length, 65_535);
    const repeated = last ? 0 : Math.min(length - 4, 15);
    packed.push((Math.min(literals.length, 15) << 4) | repeated, ...rest(literals.length));
    packed.push(...literals);
    plain.push(...literals);
    if (last) return;
    packed.push(back & 255, back >> 8, ...rest(length - 4));
    for (let i = 0; i < length; i++) plain.push(plain[plain.length - back] ?? 0);
  });
  return { packed, plain };
}

const little = (word: number): number[] => [0, 8, 16, 24].map((shift) => (word >>> shift) & 255);

interface Shape {
  readonly size: boolean;
  readonly checksums: boolean;
}

function frameOf(blocks: readonly (readonly Sequence[])[], { size, checksums }: Shape) {
  const flags = 0x40 | (size ? 8 : 0) | (checksums ? 16 : 0);
  const header = [0x04, 0x22, 0x4d, 0x18, flags, 0x70];
  let plain: readonly number[] = [];
  const body = blocks.flatMap((sequences) => {
    const block = blockOf(sequences, plain);
    plain = block.plain;
    return [...little(block.packed.length), ...block.packed, ...(checksums ? [1, 2, 3, 4] : [])];
  });
  const length = size ? [...little(plain.length), 0, 0, 0, 0] : [];
  const packed = [...header, ...length, 0, ...body, 0, 0, 0, 0];
  return { packed: Uint8Array.from(packed), plain: Uint8Array.from(plain) };
}

const frame = fc
  .tuple(
    fc.array(fc.array(sequence, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
    fc.record({ size: fc.boolean(), checksums: fc.boolean() }),
  )
  .map(([blocks, shape]) => frameOf(blocks, shape));

describe("unpacking an lz4 frame", () => {
  it("gives what its sequences stand for, across blocks", () => {
    const property = fc.property(frame, ({ packed, plain }) => {
      const out = new Uint8Array(plain.length);
      assert.ok(unpackLz4(packed, out));
      assert.deepEqual(out, plain);
    });
    fc.assert(property, { numRuns: 200 });
  });

  it("takes a block that is not packed as it is", () => {
    const packed = [0x04, 0x22, 0x4d, 0x18, 0x40, 0x70, 0, 2, 0, 0, 0x80, 7, 9, 0, 0, 0, 0];
    const out = new Uint8Array(2);
    assert.ok(unpackLz4(Uint8Array.from(packed), out));
    assert.deepEqual([...out], [7, 9]);
  });

  it("refuses a frame that was cut, or is of another length, without writing beyond", () => {
    const property = fc.property(frame, fc.nat(), ({ packed, plain }, at) => {
      const cut = packed.subarray(0, at % packed.length);
      assert.equal(unpackLz4(cut, new Uint8Array(plain.length)), false);
      assert.equal(unpackLz4(packed, new Uint8Array(plain.length + 1)), false);
      if (plain.length > 0) {
        assert.equal(unpackLz4(packed, new Uint8Array(plain.length - 1)), false);
      }
    });
    fc.assert(property, { numRuns: 200 });
  });
});
