/** Which of the gathered values are missing: a bit each, 1 where there is a value. */

export interface Presence {
  bits: Uint8Array;
  missing: number;
}

export function noneMissing(size: number): Presence {
  return { bits: new Uint8Array(Math.ceil(size / 8)).fill(0xff), missing: 0 };
}

export function markMissing(presence: Presence, place: number): void {
  const { bits } = presence;
  bits[place >> 3] = (bits[place >> 3] ?? 0) & ~(1 << (place & 7));
  presence.missing++;
}

/** The bits of the first `length` values; from now on none is missing again. */
export function startAgain(presence: Presence, length: number): Uint8Array {
  const bits = presence.bits.slice(0, (length + 7) >> 3);
  if (length % 8 !== 0) bits[length >> 3] = (bits[length >> 3] ?? 0) & ((1 << (length & 7)) - 1);
  presence.bits.fill(0xff);
  presence.missing = 0;
  return bits;
}
