/**
 * The one way by which the guest asks its host for anything but files: a frame of bytes goes in, another comes
 * back. The thread that runs the guest waits; the process answers.
 */
import { receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort } from "node:worker_threads";
import { memoryOf } from "../../wasi/web-assembly.ts";
import type { WasmImports, WasmInstance } from "../../wasi/web-assembly.ts";

export interface DoorPort {
  readonly port: MessagePort;
  /** One word: 1 once an answer is there. */
  readonly bell: Int32Array;
}

/** As the guest wrote it; it may be anything. */
export interface DoorQuestion {
  readonly asked: string;
}

export interface DoorAnswer {
  readonly answer: Uint8Array;
}

const DONE = 0;
const FAULT = -2;
const HEAD_BYTES = 4;
/** Charts and tables as text; no frame needs more. */
const MOST_BYTES = 268_435_456;

type Alloc = (length: number) => number;

/** `bind` gives it the program's memory, once there is one. */
export function guestDoor(door: DoorPort): {
  readonly imports: WasmImports;
  readonly bind: (instance: WasmInstance) => void;
} {
  let bound: WasmInstance | null = null;
  const call = (at: number, length: number, answerAt: number, lengthAt: number): number => {
    if (bound === null) return FAULT;
    const memory = memoryOf(bound);
    const frame = Buffer.from(memory.buffer, at >>> 0, length >>> 0);
    const question = questionIn(frame);
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

function questionIn(frame: Buffer): DoorQuestion | null {
  if (frame.length < HEAD_BYTES || frame.length > MOST_BYTES) return null;
  const end = HEAD_BYTES + frame.readUInt32LE(0);
  return end > frame.length ? null : { asked: frame.toString("utf8", HEAD_BYTES, end) };
}

function answered({ port, bell }: DoorPort, question: DoorQuestion): Uint8Array {
  Atomics.store(bell, 0, 0);
  port.postMessage(question);
  Atomics.wait(bell, 0, 0);
  const { message } = receiveMessageOnPort(port) as { readonly message: DoorAnswer };
  return message.answer;
}
