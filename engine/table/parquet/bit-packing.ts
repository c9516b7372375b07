/** Numbers of a fixed width in bits, side by side, the lowest bit of a byte first. */

/** Where they begin. */
export interface BitPlace {
  readonly byte: number;
  /** Bits of that byte which belong to numbers before. */
  readonly bit: number;
  /** Of a number. */
  readonly width: number;
}

/** Where they go. */
export interface NumberPlaces {
  readonly out: Int32Array;
  readonly at: number;
  readonly count: number;
}

/** A number of at most so many bits lies within four bytes, wherever it begins. */
const NARROW = 25;

/** Eight of at most so many bits are had from two times four bytes. */
const NARROWEST = 8;

/**
 * Puts `count` numbers of up to 32 bits into their places; those of 32 come out as signed. The bytes must have
 * all of them.
 */
export function unpackBits(bytes: DataView, from: BitPlace, to: NumberPlaces): void {
  let done = 0;
  if (from.bit === 0 && from.width <= NARROWEST) done = unpackEights(bytes, from, to);
  if (from.width <= NARROW) done = unpackNarrow(bytes, from, to, done);
  unpackAny(bytes, from, to, done);
}

/** Whole eights, as long as four bytes can be read at a time. Says how many numbers are done. */
function unpackEights(
  bytes: DataView,
  { byte, width }: BitPlace,
  { out, at, count }: NumberPlaces,
) {
  const mask = (1 << width) - 1;
  // The last four begin in the bytes `up` from the first, behind `rest` bits.
  const up = Math.max(0, width - 4);
  const rest = 4 * width - 8 * up;
  const inReach = Math.floor((bytes.byteLength - byte - up - 4) / width) + 1;
  const eights = Math.max(0, Math.min(count >> 3, inReach));
  let from = byte;
  for (let place = at, end = at + 8 * eights; place < end; place += 8, from += width) {
    const low = bytes.getInt32(from, true);
    out[place] = low & mask;
    out[place + 1] = (low >>> width) & mask;
    out[place + 2] = (low >>> (2 * width)) & mask;
    out[place + 3] = (low >>> (3 * width)) & mask;
    const high = bytes.getInt32(from + up, true);
    out[place + 4] = (high >>> rest) & mask;
    out[place + 5] = (high >>> (rest + width)) & mask;
    out[place + 6] = (high >>> (rest + 2 * width)) & mask;
    out[place + 7] = (high >>> (rest + 3 * width)) & mask;
  }
  return 8 * eights;
}

/** As long as four bytes can be read at a time. Says how many numbers are done. */
function unpackNarrow(
  bytes: DataView,
  { byte, bit, width }: BitPlace,
  { out, at, count }: NumberPlaces,
  done: number,
): number {
  const mask = (1 << width) - 1;
  const last = bytes.byteLength - 4;
  for (let number = done; number < count; number++) {
    const first = bit + number * width;
    const from = byte + (first >>> 3);
    if (from > last) return number;
    out[at + number] = (bytes.getInt32(from, true) >>> (first & 7)) & mask;
  }
  return count;
}

function unpackAny(
  bytes: DataView,
  { byte, bit, width }: BitPlace,
  { out, at, count }: NumberPlaces,
  done: number,
): void {
  for (let number = done; number < count; number++) {
    const first = bit + number * width;
    const from = byte + (first >>> 3);
    let value = 0;
    for (let next = Math.min(from + 4, bytes.byteLength - 1); next >= from; next--) {
      value = value * 256 + bytes.getUint8(next);
    }
    out[at + number] = Math.floor(value / 2 ** (first & 7)) % 2 ** width;
  }
}
