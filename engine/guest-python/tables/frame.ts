/** Frames of the door: JSON behind its length, then bytes. */

export interface Frame {
  readonly head: unknown;
  readonly bytes: Uint8Array;
}

const HEAD_BYTES = 4;

export function frameOf(head: unknown, pieces: readonly Uint8Array[] = []): Uint8Array {
  const text = Buffer.from(JSON.stringify(head));
  const length = Buffer.alloc(HEAD_BYTES);
  length.writeUInt32LE(text.length, 0);
  return Buffer.concat([length, text, ...pieces]);
}

/** Null where the bytes are none. The head may be anything, and is null where it is no JSON; the bytes are those of the frame. */
export function frameIn(frame: Uint8Array): Frame | null {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  if (bytes.length < HEAD_BYTES) return null;
  const end = HEAD_BYTES + bytes.readUInt32LE(0);
  if (end > bytes.length) return null;
  return { head: parsed(bytes.toString("utf8", HEAD_BYTES, end)), bytes: frame.subarray(end) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
