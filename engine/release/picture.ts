/** Pictures are let pass unseen; what only has a picture's name is not. */
const STARTS: Readonly<Record<string, readonly number[]>> = {
  ".png": [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
  ".jpg": [0xff, 0xd8, 0xff],
  ".jpeg": [0xff, 0xd8, 0xff],
};

export function isPicture(type: string, bytes: Uint8Array): boolean {
  const start = STARTS[type];
  return start?.every((byte, i) => bytes[i] === byte) === true;
}
