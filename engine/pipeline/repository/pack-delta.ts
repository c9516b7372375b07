/** How a pack tells one object by its difference to another. */

/** Seven bits to a byte, the lowest first. */
export function sizeAt(bytes: Buffer, start: number): { value: number; end: number } {
  let at = start;
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = bytes[at] ?? 0;
    at += 1;
    value += (byte & 127) * factor;
    factor *= 128;
    if (byte < 128) return { value, end: at };
  }
}

/** Null where the difference is none to this base, or makes more than `most` bytes. */
export function applyDelta(base: Buffer, delta: Buffer, most: number): Buffer | null {
  const from = sizeAt(delta, 0);
  const to = sizeAt(delta, from.end);
  if (from.value !== base.length || to.value > most) return null;
  const made = Buffer.alloc(to.value);
  let [at, length] = [to.end, 0];
  while (at < delta.length) {
    const word = delta[at] ?? 0;
    at += 1;
    if (word >= 128) {
      const copy = copyAt(delta, at, word);
      at = copy.end;
      if (copy.from + copy.length > base.length) return null;
      length += base.copy(made, length, copy.from, copy.from + copy.length);
    } else if (word === 0) return null;
    else {
      length += delta.copy(made, length, at, at + word);
      at += word;
    }
  }
  return length === to.value ? made : null;
}

/** Which bytes of place and length are there, each bit of the word says. */
function copyAt(
  delta: Buffer,
  start: number,
  word: number,
): { readonly from: number; readonly length: number; readonly end: number } {
  let at = start;
  const number = (firstBit: number, bytes: number): number => {
    let value = 0;
    for (let i = 0; i < bytes; i++) {
      if ((word & (1 << (firstBit + i))) === 0) continue;
      value += (delta[at] ?? 0) * 256 ** i;
      at += 1;
    }
    return value;
  };
  const from = number(0, 4);
  const length = number(4, 3);
  return { from, length: length === 0 ? 0x10000 : length, end: at };
}
