/**
 * The one way by which the guest asks its host for anything but files: a frame of bytes goes in, another comes
 * back. The thread that runs the guest waits; the process answers.
 */
import { receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { isRecord } from "../../base/is-record.ts";
import { frameIn } from "../tables/frame.ts";
import { memoryOf } from "../../wasi/web-assembly.ts";
import type { WasmImports, WasmInstance } from "../../wasi/web-assembly.ts";

export interface DoorPort {
  readonly port: MessagePort;
  /** One word: 1 once an answer is there. */
  readonly bell: Int32Array;
}

export interface DoorQuestion {
  /** A frame (tables/frame.ts) as the guest wrote it; it may be anything. */
  readonly frame: Uint8Array;
  /** Where the machine has the file that the frame names; null where it names none that the guest has. */
  readonly real: string | null;
}

export interface DoorAnswer {
  readonly answer: Uint8Array;
}

const DONE = 0;
const FAULT = -2;
/** Charts, and columns of tables; no frame needs more. */
const MOST_BYTES = 268_435_456;

type Alloc = (length: number) => number;

/** `bind` gives it the program's memory, once there is one. */
export function guestDoor(
  door: DoorPort,
  realOf: (path: string) => string | null,
): {
  readonly imports: WasmImports;
  readonly bind: (instance: WasmInstance) => void;
} {
  let bound: WasmInstance | null = null;
  const call = (at: number, length: number, answerAt: number, lengthAt: number): number => {
    if (bound === null) return FAULT;
    const memory = memoryOf(bound);
    const frame = Buffer.from(memory.buffer, at >>> 0, length >>> 0);
    const question = questionIn(frame, realOf);
    if (question === null) return FAULT;
    const answer = answered(door, question);
    const place = (bound.exports["host_alloc"] as Alloc)(answer.length) >>> 0;
    // The memory may have grown, and then it is another buffer.
    const bytes = Buffer.from(memory.buffer);
    if (place === 0 || place + answer.length > bytes.length) return FAULT;
    bytes.set(answer, place);
    bytes.writeUInt32LE(place, answerAt >>> 0);
    bytes.writeUInt32LE(answer.length, lengthAt >>> 0);
    return DONE;
  };
  const guarded = (...words: readonly [number, number, number, number]): number => {
    try {
      return call(...words);
    } catch (error) {
      if (error instanceof RangeError) return FAULT;
      throw error;
    }
  };
  return {
    imports: { host: { call: guarded } },
    bind: (instance) => {
      bound = instance;
    },
  };
}

function questionIn(
  bytes: Uint8Array,
  realOf: (path: string) => string | null,
): DoorQuestion | null {
  const frame = bytes.length > MOST_BYTES ? null : frameIn(bytes);
  if (frame === null) return null;
  const named = isRecord(frame.head) ? frame.head["file"] : undefined;
  const real = typeof named === "string" ? realOf(named) : null;
  // A copy: the guest's memory is its own again as soon as it is answered.
  return { frame: Uint8Array.from(bytes), real };
}

function answered({ port, bell }: DoorPort, question: DoorQuestion): Uint8Array {
  Atomics.store(bell, 0, 0);
  port.postMessage(question);
  Atomics.wait(bell, 0, 0);
  const { message } = receiveMessageOnPort(port) as { readonly message: DoorAnswer };
  return message.answer;
}
