/** Pictures are let pass unseen; what only has a picture's name is not. */

const STARTS: Readonly<Record<string, readonly number[]>> = {
  ".png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ".jpg": [0xff, 0xd8, 0xff],
  ".jpeg": [0xff, 0xd8, 0xff],
};

/** `type` is its extension in small letters. */
export function isPicture(type: string, bytes: Uint8Array): boolean {
  const start = STARTS[type];
  return start?.every((byte, i) => bytes[i] === byte) === true;
}

/** The same, and nothing stands behind the picture: neither a table nor another file. */
export function isWholePicture(type: string, bytes: Uint8Array): boolean {
  if (!isPicture(type, bytes)) return false;
  const { length } = bytes;
  if (type === ".png") return endOfPng(bytes) === length;
  return bytes[length - 2] === 0xff && bytes[length - 1] === 0xd9;
}

/** Length, name, content and checksum of each chunk; `IEND` is the last. -1 where it has none. */
function endOfPng(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const isLast = view.getUint32(at + 4) === 0x49454e44;
    at += 12 + view.getUint32(at);
    if (isLast) return at;
  }
  return -1;
}
