/** What a reader would see of a file: its text, in whatever encoding. */
import { gunzipSync } from "node:zlib";

const MOST_UNPACKED = 64 * 1024 * 1024;

/** Null where it is not text, so that nobody can look into it. */
export function decodedText(bytes: Uint8Array): string | null {
  const plain = isGzip(bytes) ? unpacked(bytes) : bytes;
  if (plain === null) return null;
  const encoding = encodingOf(plain);
  if (encoding === null) return null;
  const text = new TextDecoder(encoding).decode(plain);
  // A byte 0 shows nothing, and most programs read on behind it.
  return text.replaceAll("\0", "");
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function unpacked(bytes: Uint8Array): Uint8Array | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_UNPACKED });
  } catch {
    return null;
  }
}

const SAMPLE = 1 << 16;

export function encodingOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  const sample = bytes.subarray(0, SAMPLE);
  const zeros = [0, 1].map((odd) => sample.filter((byte, i) => byte === 0 && i % 2 === odd).length);
  const [even = 0, odd = 0] = zeros;
  if (odd * 4 > sample.length && even * 20 < sample.length) return "utf-16le";
  if (even * 4 > sample.length && odd * 20 < sample.length) return "utf-16be";
  if (sample.filter(isControl).length * 50 > sample.length) return null;
  return isUtf8(bytes) ? "utf-8" : "windows-1252";
}

/** Of the bytes that no text has; byte 0 is looked over. */
function isControl(byte: number): boolean {
  return (byte > 0 && byte < 9) || (byte > 13 && byte < 32 && byte !== 27);
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}
