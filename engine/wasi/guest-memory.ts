/** The program's memory as its host reads and writes it. */
import { refuse } from "./errno.ts";
import type { WasmMemory } from "./web-assembly.ts";

/** A stretch of the memory. */
export interface Stretch {
  readonly start: number;
  readonly length: number;
}

/** Each call looks at the memory anew: it moves when it grows. Numbers have their lowest byte first. */
export interface GuestMemory {
  readonly bytes: (start: number, length: number) => Uint8Array;
  /** Refused where it is not UTF-8. */
  readonly text: (start: number, length: number) => string;
  readonly readByte: (at: number) => number;
  readonly readWord: (at: number) => number;
  readonly readLong: (at: number) => bigint;
  readonly writeByte: (at: number, value: number) => void;
  readonly writeShort: (at: number, value: number) => void;
  readonly writeWord: (at: number, value: number) => void;
  readonly writeLong: (at: number, value: bigint) => void;
  /** The stretches that a list of them at `at` names. */
  readonly stretches: (at: number, count: number) => readonly Stretch[];
}

export function guestMemory(memory: () => WasmMemory): GuestMemory {
  const view = (): DataView => new DataView(memory().buffer);
  const bytes = (start: number, length: number): Uint8Array =>
    new Uint8Array(memory().buffer, start >>> 0, length >>> 0);
  return {
    bytes,
    text: (start, length) => textOf(bytes(start, length)),
    readByte: (at) => view().getUint8(at),
    readWord: (at) => view().getUint32(at, true),
    readLong: (at) => view().getBigUint64(at, true),
    writeByte: (at, value) => {
      view().setUint8(at, value);
    },
    writeShort: (at, value) => {
      view().setUint16(at, value, true);
    },
    writeWord: (at, value) => {
      view().setUint32(at, value, true);
    },
    writeLong: (at, value) => {
      view().setBigUint64(at, value, true);
    },
    stretches: (at, count) =>
      Array.from({ length: count }, (_, i) => ({
        start: view().getUint32(at + 8 * i, true),
        length: view().getUint32(at + 8 * i + 4, true),
      })),
  };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse("illegalBytes");
  }
}
