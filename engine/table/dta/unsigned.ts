/** Whole numbers of one to eight bytes, in either byte order. */

/** Exact up to 2^53; beyond, near enough to be refused. */
export function unsigned(bytes: Uint8Array, littleEndian: boolean): number {
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    value = value * 256 + (bytes[littleEndian ? bytes.length - 1 - i : i] ?? 0);
  }
  return value;
}

/** Little-endian. */
export function unsignedBytes(value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = 0; i < length; i++) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return bytes;
}
