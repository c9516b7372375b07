/** The stretch of a file that is in memory: always whole rows, however the file arrives. */
import { fail } from "../problems.ts";
import type { ByteSource } from "./byte-source.ts";
import { SLACK } from "./text-dictionary.ts";

export interface ByteWindow {
  readonly file: string;
  bytes: Uint8Array;
  /** First byte not yet used. */
  from: number;
  /** Behind the last byte that was read. */
  to: number;
  /** Nothing follows `to` in the file. */
  last: boolean;
  /** Rows used so far: the header, blank lines and all. */
  row: number;
}

export const WINDOW_BYTES = 1 << 20;

/** Beyond it a row is no row but a quote never closed; without it one file could take all memory. */
export const LONGEST_ROW = 1 << 26;

export function byteWindow(file: string, size: number = WINDOW_BYTES): ByteWindow {
  return { file, bytes: bytesWithSlack(size), from: 0, to: 0, last: false, row: 0 };
}

/** The memory goes on behind the bytes, see `SLACK`. */
function bytesWithSlack(size: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(size + SLACK), 0, size);
}

/**
 * Keeps the unused bytes and reads until the window is full or the file ends. A row that did not fit
 * doubles the window, so a long row is scanned at most twice over. Problem: row-too-long.
 */
export async function refill(window: ByteWindow, source: ByteSource): Promise<void> {
  makeRoom(window);
  while (window.to < window.bytes.length) {
    const count = await source.read(window.bytes, window.to);
    window.to += count;
    if (count === 0) {
      window.last = true;
      return;
    }
  }
}

function makeRoom(window: ByteWindow): void {
  const { file, bytes, from, to, row } = window;
  if (from === 0 && to === bytes.length) {
    if (to >= LONGEST_ROW) fail("row-too-long", { file, row: row + 1, limit: "64 MiB" });
    window.bytes = bytesWithSlack(Math.min(2 * to, LONGEST_ROW));
    window.bytes.set(bytes);
    return;
  }
  bytes.copyWithin(0, from, to);
  window.from = 0;
  window.to = to - from;
}
